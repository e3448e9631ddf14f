import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type * as vscode from 'vscode'
import type { Deps } from '../../commands/command.ts'
import { askFolder } from '../../commands/file-places.ts'
import { moveFile } from '../../commands/file-move.ts'
import { upload } from '../../commands/file-upload.ts'
import { EngineError } from '../../engine/errors.ts'
import { t } from '../../shared/l10n.ts'
import type { DropTarget } from './drag-files.ts'
import { filesScheme, placeOf } from './place-uri.ts'
import type { WindowEngines } from '../engines.ts'

/** What the desktop of a browser lets go of has no path: it is written to a folder of this account alone, and goes afterwards. */
async function withPaths(
  loose: readonly vscode.DataTransferFile[],
  task: (paths: readonly string[]) => Promise<void>,
): Promise<void> {
  if (loose.length === 0) return task([])
  const folder = await mkdtemp(join(tmpdir(), 'quayside-drop-'))
  try {
    const paths: string[] = []
    for (const [at, file] of loose.entries()) {
      // A folder for each: names of two may be the same.
      const own = join(folder, String(at))
      await mkdir(own, { mode: 0o700 })
      const path = join(own, basename(file.name) || 'file')
      await writeFile(path, await file.data(), { flag: 'wx' })
      paths.push(path)
    }
    await task(paths)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Takes in what was dropped on a row: files of this machine are copied, files of the same place are moved. */
export async function dropFiles(
  deps: Deps,
  engines: WindowEngines,
  { place, folder }: DropTarget,
  uris: readonly vscode.Uri[],
  loose: readonly vscode.DataTransferFile[],
): Promise<void> {
  if (place.kind === 'image') throw new EngineError('denied', t('Files of an image cannot be changed.'))
  const known = engines.live.snapshot.engines.map(({ endpoint }) => endpoint.id)
  const ours = uris.filter(({ scheme }) => scheme === filesScheme)
  const local = uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath)
  if (ours.length + local.length < uris.length)
    throw new EngineError(
      'unsupported',
      t('Only files of this machine and of containers can be dropped here.'),
    )
  const into =
    folder ??
    (await askFolder(deps, place, t('Drop into {0}', place.name), t('Folder that the files go into')))
  if (into === undefined) return
  for (const uri of ours) {
    const from = placeOf(uri, known)
    if (from !== undefined) await moveFile(deps, from, uri.path, place, into)
  }
  await withPaths(loose, async (paths) => {
    if (local.length + paths.length > 0) await upload(deps, place, into, [...local, ...paths])
  })
}
