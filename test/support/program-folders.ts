import { existsSync, mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { everyProgram } from './every-program.ts'

const programOf = (name: string): string | undefined =>
  ['/bin', '/usr/bin'].map((bin) => join(bin, name)).find((path) => existsSync(path))

/** Where a program is on this machine, by the name that one has in a folder of programs: `{ find: 'busybox' }`. */
export type Programs = Readonly<Record<string, string>>

/** Makes a folder of programs as a container has them; none where this machine lacks one of them and need not have all. */
export function programFolder(
  root: string,
  title: string,
  programs: Programs,
): readonly [title: string, path: string][] {
  const found = Object.entries(programs).map(([name, program]) => [name, programOf(program)] as const)
  const missing = found.find(([, path]) => path === undefined)
  if (missing !== undefined && everyProgram) throw new Error(`${title} needs ${missing[0]}`)
  if (missing !== undefined) return []
  const folder = join(root, title)
  mkdirSync(folder)
  for (const [name, path] of found) symlinkSync(path!, join(folder, name))
  return [[title, folder]]
}

/** These programs by GNU or whatever this machine has itself, or all of them by one program. */
export const programsBy = (names: readonly string[], all?: string): Programs =>
  Object.fromEntries(names.map((name) => [name, all ?? name]))
