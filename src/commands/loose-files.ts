import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** A file that has a name and a content, and no place on a disk: what the desktop of a browser lets go of. */
export interface LooseFile {
  readonly name: string
  data(): PromiseLike<Uint8Array>
}

/** Gives loose files paths for as long as the task takes, in a new folder of this account alone. */
export async function withPaths(
  files: readonly LooseFile[],
  parent: string,
  task: (paths: readonly string[]) => Promise<void>,
): Promise<void> {
  if (files.length === 0) return task([])
  const folder = await mkdtemp(join(parent, 'quayside-drop-'))
  try {
    const paths: string[] = []
    for (const [at, file] of files.entries()) {
      // A folder for each: names of two may be the same.
      const own = join(folder, String(at))
      await mkdir(own, { mode: 0o700 })
      const name = basename(file.name.replaceAll('\\', '/'))
      const path = join(own, name === '' || name === '.' || name === '..' ? 'file' : name)
      await writeFile(path, await file.data(), { flag: 'wx', mode: 0o600 })
      paths.push(path)
    }
    await task(paths)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
