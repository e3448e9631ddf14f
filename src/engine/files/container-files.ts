import type { Engine } from '../engine.ts'
import { containerChanges } from './container-changes.ts'
import { containerCopies } from './container-copies.ts'
import { containerListing } from './container-listing.ts'
import { containerReading } from './container-reading.ts'
import type { Files } from './files.ts'
import { reachOf, type FilesOptions } from './reach.ts'

/** The files of one container. Nothing is asked of the engine before the first call. */
export function containerFiles(engine: Engine, container: string, options: FilesOptions = {}): Files {
  const reach = reachOf(engine, container, options)
  const { list, listAll } = containerListing(reach)
  return {
    list,
    ...containerReading(reach),
    ...containerChanges(reach, listAll),
    ...containerCopies(reach),
    forget() {
      reach.cache.indexed = undefined
    },
  }
}
