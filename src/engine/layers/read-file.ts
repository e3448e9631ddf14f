import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'
import { ByteSource } from '../files/byte-source.ts'
import { TarReader } from '../files/tar-reader.ts'
import type { LayerFile, StoredLayer } from './archive.ts'
import { nameIn, typeOf } from './layer-entry.ts'
import { unpacked } from './packing.ts'

/** The file whose bytes these are: of a hard link the one that it is another name of. */
export function contentOf(layer: StoredLayer, file: LayerFile): LayerFile | undefined {
  let at: LayerFile | undefined = file
  for (let hops = 0; at?.type === 'hardlink' && hops < 8; hops++) {
    const { link }: LayerFile = at
    at = layer.files.find(({ path, type }) => path === link && type !== 'directory')
  }
  return at?.type === 'file' ? at : undefined
}

/** The bytes of a file as it is in a layer, out of an archive that is read up to there and then broken off. */
export async function* readLayerFile(
  archive: AsyncIterable<Uint8Array>,
  layer: StoredLayer,
  { offset, size, sparse }: LayerFile,
): AsyncGenerator<Buffer> {
  if (sparse)
    throw new EngineError('unsupported', t('This file is stored without its holes and cannot be shown.'))
  const source = new ByteSource(archive)
  try {
    const tar = new TarReader(source)
    for (let entry = await tar.next(); entry !== undefined; entry = await tar.next()) {
      if (typeOf(entry.header) !== 'file' || nameIn(entry.header) !== layer.name) continue
      const inner = new ByteSource(unpacked(source.slice(entry.size), layer.packing))
      try {
        await inner.passOver(offset)
        yield* inner.slice(size)
        return
      } finally {
        await inner.close()
      }
    }
    throw new EngineError('notFound', t('The engine no longer holds this layer.'))
  } finally {
    await source.close()
  }
}
