import { tarEntries } from '../files/tar-reader.ts'
import { filling, ownedBy, tarEnd } from '../files/tar-writer.ts'
import type { Ids } from '../model/system.ts'

/**
 * An archive of an engine that gives containers other ids than its machine has (`userns-remap`) with the ids that programs in them
 * see. Engines send those of the machine, and take none of them in an archive. Ids above two million stay as they were sent.
 */
export async function* ofContainers(archive: AsyncIterable<Buffer>, base: Ids): AsyncGenerator<Buffer> {
  for await (const { header, raw, size, content } of tarEntries(archive)) {
    yield ownedBy(raw, shifted(header.uid, base.uid), shifted(header.gid, base.gid))
    yield* content()
    yield filling(size)
  }
  yield tarEnd
}

const shifted = (id: number, base: number): number => (id >= base ? id - base : id)
