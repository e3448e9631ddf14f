// The files that the VSIX will hold, so that tests run on what a user installs and nothing else.
import { PackageManager, listFiles } from '@vscode/vsce'
import { cpSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** Their paths below the repository. */
export const packedFiles = async () =>
  await listFiles({ cwd: process.cwd(), packageManager: PackageManager.None })

/** Copies them into a folder of their own; answers it. */
export async function unpackedExtension() {
  const folder = resolve('out/extension')
  rmSync(folder, { recursive: true, force: true })
  for (const file of await packedFiles()) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    cpSync(file, join(folder, file))
  }
  return folder
}
