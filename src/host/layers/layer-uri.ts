import * as vscode from 'vscode'
import type { LayerPlace } from '../../engine/layers/archives.ts'
import type { EngineId } from '../../engine/model/refs.ts'
import { markOf } from '../files/place-uri.ts'

export const layerScheme = 'quayside-layer'

/** `quayside-layer://<image>+<engine>/etc/hosts?layer=2`; layers count from the base, from 0. */
export function layerUri({ engine, image, layer, path }: LayerPlace): vscode.Uri {
  return vscode.Uri.from({
    scheme: layerScheme,
    authority: `${image.replace(/^sha256:/, '')}+${markOf(engine)}`,
    path,
    query: `layer=${layer}`,
  })
}

/** What a URI of ours means; undefined where it is none, or its engine is not known (any more). */
export function placeOfLayer(uri: vscode.Uri, engines: Iterable<EngineId>): LayerPlace | undefined {
  const [, image, mark] = /^([0-9a-f]{64})\+([0-9a-f]{12})$/.exec(uri.authority) ?? []
  const [, layer] = /^layer=(\d{1,4})$/.exec(uri.query) ?? []
  const engine = [...engines].find((id) => markOf(id) === mark)
  if (image === undefined || layer === undefined || engine === undefined) return undefined
  return { engine, image: `sha256:${image}`, layer: Number(layer), path: uri.path }
}
