import type { FileEntry, FileType } from './files.ts'
import { encodeName } from './raw-name.ts'

/**
 * Lists a folder in one run: `$1` is the folder, `$2` a word that nobody can guess, which begins every record; so no name,
 * whatever it holds, can pass for a record. Works with GNU, BusyBox and Toybox; `find` is not in every image, then the shell's
 * own patterns do, a hundred names at a time; without `stat` nothing is told (91). Each name is looked at as often as `ls -l` does.
 * Records, those of a link in any order: `<word>E<mode in hex> <size> <mtime> <uid> <gid> ./<name>`; for links also where they
 * point, as `<word>L./<name><word>N'./<name>' -> 'where'`, the quotes being those of each program, and what that leads to as
 * `<word>T<mode in hex> ./<name>`; `<word>.` when all has been told.
 */
export const listScript = [
  'LC_ALL=C; QUOTING_STYLE=literal; export LC_ALL QUOTING_STYLE',
  'exec 2>/dev/null',
  'cd -- "$1" || exit 91',
  'w=$2; e="$2E%f %s %Y %u %g %n"; l="$2L%n$2N%N"; t="$2T%f %n"',
  'if [ "$(find . -maxdepth 0 -exec stat -c %n {} +)" = . ]; then',
  '  find . -mindepth 1 -maxdepth 1 -exec stat -c "$e" {} + -type l -exec stat -c "$l" {} + -exec stat -L -c "$t" {} +',
  'elif [ "$(stat -c %n .)" = . ]; then',
  '  tell() {',
  '    stat -c "$e" "$@"',
  '    for f; do shift; [ ! -h "$f" ] || set -- "$@" "$f"; done',
  '    [ $# -eq 0 ] || { stat -c "$l" "$@"; stat -L -c "$t" "$@"; }',
  '  }',
  '  set --',
  '  for f in ./.[!.]* ./..?* ./*; do',
  '    if [ -e "$f" ] || [ -h "$f" ]; then set -- "$@" "$f"; fi',
  '    [ $# -lt 100 ] || { tell "$@"; set --; }',
  '  done',
  '  [ $# -eq 0 ] || tell "$@"',
  'else exit 91',
  'fi',
  'printf "%s." "$w"',
].join('\n')

const types: Readonly<Record<number, FileType>> = {
  0x1: 'fifo',
  0x2: 'device',
  0x4: 'directory',
  0x6: 'device',
  0x8: 'file',
  0xa: 'symlink',
  0xc: 'socket',
}

export const typeOfMode = (mode: number): FileType => types[mode >> 12] ?? 'file'

/** What the script printed; undefined when it did not come to its end. Bytes that are no UTF-8 are private characters, see `raw-name.ts`. */
export function parseListing(output: string, word: string): readonly FileEntry[] | undefined {
  const entries = new Map<string, FileEntry>()
  const links = new Map<string, Partial<FileEntry>>()
  const more = (name: string, facts: Partial<FileEntry>): void => {
    links.set(name, { ...links.get(name), ...facts })
  }
  let pointing = ''
  let owner = { uid: 0, gid: 0 }
  let at = output.indexOf(word)
  for (;;) {
    if (at < 0) return undefined
    const start = at + word.length
    at = output.indexOf(word, start)
    if (at < 0) break
    switch (output[start]) {
      case 'E': {
        const numbers = numbersAt(output, start + 1)
        if (numbers === undefined || !isNamed(output, numbers.end, at)) return undefined
        const { mode, size, mtime, uid, gid, end } = numbers
        const name = output.slice(end + 2, at - 1)
        // Most files of a folder have one owner.
        if (owner.uid !== uid || owner.gid !== gid) owner = { uid, gid }
        entries.set(name, {
          name,
          type: typeOfMode(mode),
          size,
          mode: mode & 0o7777,
          mtime: mtime * 1000,
          owner,
        })
        break
      }
      case 'T': {
        const space = output.indexOf(' ', start)
        if (!isNamed(output, space + 1, at)) return undefined
        const bits = parseInt(output.slice(start + 1, space), 16)
        if (Number.isNaN(bits)) return undefined
        more(output.slice(space + 3, at - 1), { target: typeOfMode(bits) })
        break
      }
      case 'L':
        pointing = output.slice(start + 3, at)
        break
      case 'N': {
        const link = pointsTo(output.slice(start + 1, at), pointing)
        if (link !== undefined) more(pointing, { link })
        break
      }
      default:
        return undefined
    }
  }
  if (!output.endsWith(`${word}.`)) return undefined
  for (const [name, facts] of links) {
    const entry = entries.get(name)
    if (entry !== undefined) entries.set(name, { ...entry, ...facts, ...plainLink(facts.link, entry.size) })
  }
  return [...entries.values()]
}

/** Toybox quotes where a link points, but not its name. A link is as long as what it says, wherever that tells its size. */
const plainLink = (link: string | undefined, size: number): Pick<FileEntry, 'link'> =>
  link !== undefined && /^'[^]*'$/.test(link) && encodeName(link).length !== size
    ? { link: link.slice(1, -1) }
    : {}

/** Whether a name begins there, as `./name`, and a line ends before `next`. */
const isNamed = (output: string, at: number, next: number): boolean =>
  output.startsWith('./', at) && output.charCodeAt(next - 1) === 10 && at + 3 <= next

interface Numbers {
  readonly mode: number
  readonly size: number
  readonly mtime: number
  readonly uid: number
  readonly gid: number
  /** Behind the space after them. */
  readonly end: number
}

/** `<mode in hex> <size> <mtime> <uid> <gid> `, read digit by digit: of a large folder it is most of the work. */
function numbersAt(output: string, start: number): Numbers | undefined {
  let at = start
  const next = (base: number): number => {
    const isBelowZero = output.charCodeAt(at) === 45
    if (isBelowZero) at++
    let value = 0
    const from = at
    for (; ; at++) {
      const code = output.charCodeAt(at)
      const digit = code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : base
      if (digit >= base) break
      value = value * base + digit
    }
    if (at === from || output.charCodeAt(at) !== 32) return Number.NaN
    at++
    return isBelowZero ? -value : value
  }
  const [mode, size, mtime, uid, gid] = [next(16), next(10), next(10), next(10), next(10)]
  return Number.isNaN(mode + size + mtime + uid + gid) ? undefined : { mode, size, mtime, uid, gid, end: at }
}

/** What follows the arrow of `'./name' -> 'where'`; programs quote in different ways, or not at all. */
function pointsTo(text: string, name: string): string | undefined {
  const [, quoted, where] = /^(['"`]?)([\s\S]*)\n$/.exec(text) ?? []
  const rest = where?.startsWith(`./${name}`) === true ? where.slice(name.length + 2) : undefined
  const arrow = rest?.indexOf(' -> ') ?? -1
  if (rest === undefined || arrow < 0 || arrow > 1) return undefined
  const target = rest.slice(arrow + 4)
  return quoted === '' ? target : target.slice(1, -1)
}
