import { t } from '../../shared/l10n.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../errors.ts'
import type { EngineId } from '../model/refs.ts'
import type { ImageArchive, LayerFile, StoredLayer } from './archive.ts'
import { indexArchive, type IndexOptions } from './index-archive.ts'
import { contentOf, readLayerFile } from './read-file.ts'

/** A file as it is in one layer of an image; layers count from the base, from 0. */
export interface LayerPlace {
  readonly engine: EngineId
  readonly image: string
  readonly layer: number
  readonly path: string
}

export interface FoundFile {
  readonly layer: StoredLayer
  readonly file: LayerFile
  /** The file that holds the bytes; undefined where there are none: folders, links, devices. */
  readonly content: LayerFile | undefined
}

/** The layers of images, read when they are first asked for. An image never changes, so what is known of it stays true. */
export interface Archives {
  open(engine: EngineId, image: string, options: IndexOptions): Promise<ImageArchive>
  find(place: LayerPlace, signal: AbortSignal): Promise<FoundFile>
  /** The bytes of a file as it is in its layer. Nothing is kept: the engine sends the image up to there. */
  read(place: LayerPlace, signal: AbortSignal): AsyncIterable<Buffer>
}

/** All indexes that are kept, together. */
const mostEntries = 600_000
const mostImages = 4

export function createArchives(engineOf: (id: EngineId) => Engine): Archives {
  const kept = new Map<string, { readonly archive: ImageArchive; readonly digests: boolean }>()

  function keep(key: string, archive: ImageArchive, digests: boolean): void {
    kept.delete(key)
    kept.set(key, { archive, digests })
    let entries = [...kept.values()].reduce((sum, one) => sum + one.archive.entries, 0)
    for (const [oldest, { archive: old }] of kept) {
      if (kept.size <= mostImages && entries <= mostEntries) return
      if (oldest === key) return
      entries -= old.entries
      kept.delete(oldest)
    }
  }

  const archives: Archives = {
    async open(engine, image, options) {
      const key = `${engine}|${image}`
      const known = kept.get(key)
      if (known !== undefined && (known.digests || options.digests !== true)) {
        kept.delete(key)
        kept.set(key, known)
        return known.archive
      }
      const archive = await indexArchive(engineOf(engine).streams.save([image], options.signal), options)
      keep(key, archive, options.digests === true)
      return archive
    },

    async find({ engine, image, layer: index, path }, signal) {
      const archive = await archives.open(engine, image, { signal })
      const layer = archive.layers[index]
      const file = layer?.files.findLast((entry) => entry.path === path)
      if (layer === undefined || file === undefined)
        throw new EngineError('notFound', t('This layer has no such file.'))
      return { layer, file, content: contentOf(layer, file) }
    },

    async *read(place, signal) {
      const { layer, content } = await archives.find(place, signal)
      if (content === undefined)
        throw new EngineError(
          'unsupported',
          t('This is no file with a content: a folder, a link or a device.'),
        )
      const { engine, image } = place
      yield* readLayerFile(engineOf(engine).streams.save([image], signal), layer, content)
    },
  }
  return archives
}
