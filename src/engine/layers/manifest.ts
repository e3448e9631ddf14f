import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'
import { normalize } from '../files/file-path.ts'
import type { Raw } from '../model/raw.ts'
import { fields, items, text, texts as textList, type Fields } from '../raw/fields.ts'
import type { ImageArchive, StoredLayer } from './archive.ts'

/** What was found in an archive, by name. */
export interface ArchiveParts {
  readonly layers: ReadonlyMap<string, StoredLayer>
  readonly texts: ReadonlyMap<string, string>
  /** Links, to the names that they lead to. */
  readonly links: ReadonlyMap<string, string>
}

interface Named {
  readonly config: string
  readonly layers: readonly string[]
}

/** Puts the parts together as the archive's own manifest says; of several images or platforms the first that is whole. */
export function readManifest(parts: ArchiveParts, entries: number): ImageArchive {
  const candidates = [...dockerManifest(parts), ...ociManifests(parts)]
  for (const { config, layers } of candidates) {
    const found = layers.map((name) => parts.layers.get(followed(parts, name)))
    const read = parse(parts, config)
    if (read !== undefined && found.every((layer) => layer !== undefined))
      return { config: read as Raw, layers: found, entries }
  }
  throw candidates.length === 0
    ? new EngineError('invalid', t('The archive holds no image.'))
    : new EngineError('unsupported', t('The engine does not hold all layers of this image.'), {
        nextStep: t('Pull the image again.'),
      })
}

function followed({ links }: ArchiveParts, name: string): string {
  let at = normalize(name)
  for (let hops = 0; hops < 8; hops++) at = links.get(at) ?? at
  return at
}

function parse(parts: ArchiveParts, name: string): Fields | readonly Fields[] | undefined {
  const found = parts.texts.get(followed(parts, name))
  if (found === undefined) return undefined
  try {
    const value: unknown = JSON.parse(found)
    return Array.isArray(value) ? items(value) : fields(value)
  } catch {
    return undefined
  }
}

/** `manifest.json`, which all engines of today write. */
function dockerManifest(parts: ArchiveParts): readonly Named[] {
  const manifest = parse(parts, '/manifest.json')
  return Array.isArray(manifest)
    ? (manifest as readonly Fields[]).map((image) => ({
        config: text(image['Config']),
        layers: textList(image['Layers']),
      }))
    : []
}

const blob = (digest: unknown): string => `/blobs/${text(digest).replace(':', '/')}`

/** `index.json` of the OCI layout; indexes may lie within indexes, one for the platforms. */
function ociManifests(parts: ArchiveParts, name = '/index.json', depth = 0): readonly Named[] {
  const read = parse(parts, name)
  if (read === undefined || depth > 4) return []
  const { manifests, config, layers } = read as Fields
  if (Array.isArray(manifests))
    return items(manifests)
      .filter((entry) => fields(entry['annotations'])['vnd.docker.reference.type'] === undefined)
      .flatMap((entry) => ociManifests(parts, blob(entry['digest']), depth + 1))
  if (!Array.isArray(layers)) return []
  return [
    { config: blob(fields(config)['digest']), layers: items(layers).map((layer) => blob(layer['digest'])) },
  ]
}
