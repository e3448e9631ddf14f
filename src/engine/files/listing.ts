import type { FileEntry, FileType } from './files.ts'

/**
 * Lists a folder in one run: `$1` is the folder, `$2` a word that nobody can guess, which begins every record; so no name,
 * whatever it holds, can pass for a record. Works with GNU, BusyBox and Toybox; `find` is not in every image, then the shell's
 * own patterns do. Records: `<word>E<mode in hex> <size> <mtime> ./<name>`, for links also what they lead to as
 * `<word>T<mode in hex> ./<name>`, and `<word>.` when all has been told.
 */
export const listScript = [
  'LC_ALL=C; export LC_ALL',
  'cd -- "$1" || exit 91',
  'e="$2E%f %s %Y %n"; t="$2T%f %n"',
  'if command -v find >/dev/null 2>&1; then',
  '  find . -mindepth 1 -maxdepth 1 -exec stat -c "$e" {} +',
  '  find . -mindepth 1 -maxdepth 1 -type l -exec stat -L -c "$t" {} + 2>/dev/null',
  'else',
  '  for f in ./.[!.]* ./..?* ./*; do',
  '    if [ -e "$f" ] || [ -h "$f" ]; then stat -c "$e" "$f"; fi',
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
  for (const record of records.slice(1)) {
    const [, kind, mode, numbers, rest] =
      /^([ET])([0-9a-f]+) ((?:-?\d+ -?\d+ )?)\.\/([\s\S]*)\n$/.exec(record) ?? []
    if (kind === undefined || mode === undefined || rest === undefined) return undefined
    const bits = parseInt(mode, 16)
    if (kind === 'T') {
      const link = entries.get(rest)
      if (link !== undefined) entries.set(rest, { ...link, target: typeOfMode(bits) })
      continue
    }
    const [size = 0, mtime = 0] = numbers!.trim().split(' ').map(Number)
    entries.set(rest, { name: rest, type: typeOfMode(bits), size, mode: bits & 0o7777, mtime: mtime * 1000 })
  }
  return [...entries.values()]
}
