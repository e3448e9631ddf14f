import * as vscode from 'vscode'
import type { Resources } from '../../commands/resources.ts'
import { EngineError } from '../../engine/errors.ts'
import { t } from '../../shared/l10n.ts'
import type { WindowEngines } from '../engines.ts'
import { filesScheme, placeOf } from './place-uri.ts'

/** What URIs mean as files of this machine and of places; those of other file systems cannot be read from here. */
export async function resourcesOf(uris: readonly vscode.Uri[], engines: WindowEngines): Promise<Resources> {
  await engines.look()
  const known = engines.live.snapshot.engines.map(({ endpoint }) => endpoint.id)
  const local = uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath)
  const ours = uris
    .filter(({ scheme }) => scheme === filesScheme)
    .flatMap((uri) => {
      const place = placeOf(uri, known)
      return place === undefined ? [] : [{ place, path: uri.path }]
    })
  if (local.length + ours.length < uris.length)
    throw new EngineError(
      'unsupported',
      t('Only files of this machine and of containers can be copied there.'),
    )
  return { local, ours }
}

/** The files that a text names, a line each, as URIs or as paths from the root; none where anything else is in it. */
export function urisOfText(text: string): readonly vscode.Uri[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const uris = lines.map((line) => {
    if (line.startsWith('file://') || line.startsWith(`${filesScheme}://`)) return vscode.Uri.parse(line)
    return /^(?:\/|[a-zA-Z]:[\\/]|\\\\)/.test(line) ? vscode.Uri.file(line) : undefined
  })
  return uris.every((uri) => uri !== undefined) ? uris : []
}
