import { createHash } from 'node:crypto'
import * as vscode from 'vscode'
import type { Place } from '../../engine/files/place.ts'
import type { EngineId } from '../../engine/model/refs.ts'

export const filesScheme = 'quayside-files'

/** Names an engine in a URI without telling its address; the same in every window and after every restart. */
export const markOf = (engine: EngineId): string =>
  createHash('sha256').update(engine).digest('hex').slice(0, 12)

/** `quayside-files://container+<id>+<engine>/etc/hosts`. Authorities know no case, so ids are written in hex digits. */
export function placeUri(place: Place, path: string): vscode.Uri {
  const id = Buffer.from(place.id, 'utf8').toString('hex')
  return vscode.Uri.from({
    scheme: filesScheme,
    authority: `${place.kind}+${id}+${markOf(place.engine)}`,
    path,
  })
}

/** What a URI of ours means; undefined where it is none, or its engine is not known (any more). */
export function placeOf(uri: vscode.Uri, engines: Iterable<EngineId>): Place | undefined {
  const [, kind, hex, mark] =
    /^(container|volume|image)\+((?:[0-9a-f]{2})+)\+([0-9a-f]{12})$/.exec(uri.authority) ?? []
  const engine = [...engines].find((id) => markOf(id) === mark)
  if (uri.scheme !== filesScheme || hex === undefined || engine === undefined) return undefined
  const id = Buffer.from(hex, 'hex').toString('utf8')
  return { kind: kind as Place['kind'], engine, id, name: id }
}
