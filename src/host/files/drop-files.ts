import { tmpdir } from 'node:os'
import type * as vscode from 'vscode'
import type { Deps } from '../../commands/command.ts'
import { askFolder, outermost } from '../../commands/file-places.ts'
import { moveFile } from '../../commands/file-move.ts'
import { withPaths } from '../../commands/loose-files.ts'
import { upload } from '../../commands/file-upload.ts'
import { EngineError } from '../../engine/errors.ts'
import { t } from '../../shared/l10n.ts'
import type { WindowEngines } from '../engines.ts'
import type { DropTarget } from './drag-files.ts'
import { resourcesOf } from './resources.ts'

/** Takes in what was dropped on a row: files of this machine are copied, files of the same place are moved. */
export async function dropFiles(
  deps: Deps,
  engines: WindowEngines,
  { place, folder }: DropTarget,
  uris: readonly vscode.Uri[],
  loose: readonly vscode.DataTransferFile[],
): Promise<void> {
  if (place.kind === 'image') throw new EngineError('denied', t('Files of an image cannot be changed.'))
  const { local, ours } = await resourcesOf(uris, engines)
  const into =
    folder ??
    (await askFolder(deps, place, t('Drop into {0}', place.name), t('Folder that the files go into')))
  if (into === undefined) return
  for (const { place: from, path } of outermost(ours)) await moveFile(deps, from, path, place, into)
  await withPaths(loose, tmpdir(), async (paths) => {
    if (local.length + paths.length > 0) await upload(deps, place, into, [...local, ...paths])
  })
}
