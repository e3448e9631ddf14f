import type { FileEntry, FileType } from './files.ts'

/**
 * Lists a folder in one run: `$1` is the folder, `$2` a word that nobody can guess, which begins every record; so no name,
 * whatever it holds, can pass for a record. Works with GNU, BusyBox and Toybox; `find` is not in every image, then the shell's
 * own patterns do. Records: `<word>E<mode in hex> <size> <mtime> <uid> <gid> ./<name>`; for links also where they point, as
 * `<word>L./<name><word>N'./<name>' -> 'where'`, the quotes being those of each program, and what that leads to as
 * `<word>T<mode in hex> ./<name>`; `<word>.` when all has been told.
 */
export const listScript = [
  'LC_ALL=C; QUOTING_STYLE=literal; export LC_ALL QUOTING_STYLE',
  'cd -- "$1" || exit 91',
  'e="$2E%f %s %Y %u %g %n"; l="$2L%n$2N%N"; t="$2T%f %n"',
  'if command -v find >/dev/null 2>&1; then',
  '  find . -mindepth 1 -maxdepth 1 -exec stat -c "$e" {} +',
  '  find . -mindepth 1 -maxdepth 1 -type l -exec stat -c "$l" {} +',
  '  find . -mindepth 1 -maxdepth 1 -type l -exec stat -L -c "$t" {} + 2>/dev/null',
  'else',
  '  for f in ./.[!.]* ./..?* ./*; do',
  '    if [ -e "$f" ] || [ -h "$f" ]; then stat -c "$e" "$f"; fi',
  '    if [ -h "$f" ]; then stat -c "$l" "$f"; fi',
  '    if [ -h "$f" ] && [ -e "$f" ]; then stat -L -c "$t" "$f"; fi',
  '  done',
  'fi',
  'printf "%s." "$2"',
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

/** What the script printed; undefined when it did not come to its end. Bytes that are no UTF-8 are shown as U+FFFD. */
export function parseListing(output: string, word: string): readonly FileEntry[] | undefined {
  const records = output.split(word)
  if (records.pop() !== '.') return undefined
  const entries = new Map<string, FileEntry>()
  const more = (name: string, facts: Partial<FileEntry>): void => {
    const link = entries.get(name)
    if (link !== undefined) entries.set(name, { ...link, ...facts })
  }
  let pointing = ''
  for (const record of records.slice(1)) {
    if (record.startsWith('L./')) {
      pointing = record.slice(3)
      continue
    }
    if (record.startsWith('N')) {
      const link = pointsTo(record.slice(1), pointing)
      if (link !== undefined) more(pointing, { link })
      continue
    }
    const [, kind, mode, numbers, name] =
      /^([ET])([0-9a-f]+) ((?:-?\d+ -?\d+ \d+ \d+ )?)\.\/([\s\S]*)\n$/.exec(record) ?? []
    if (kind === undefined || mode === undefined || name === undefined) return undefined
    const bits = parseInt(mode, 16)
    if (kind === 'T') {
      more(name, { target: typeOfMode(bits) })
      continue
    }
    const [size = 0, mtime = 0, uid = 0, gid = 0] = numbers!.trim().split(' ').map(Number)
    entries.set(name, {
      name,
      type: typeOfMode(bits),
      size,
      mode: bits & 0o7777,
      mtime: mtime * 1000,
      owner: { uid, gid },
    })
  }
  return [...entries.values()]
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
