import { finished, type Readable } from 'node:stream'
import { deferred } from '../../shared/deferred.ts'

/** So much is held for a reader that is busy; then the sender waits. */
const most = 256 * 1024

/** Pieces from here on, on an average, are handed on as they are: copying them costs more. */
const small = 8 * 1024

/**
 * The bytes of an answer. What arrived while the reader was busy comes as one piece where it is many small ones: engines send each
 * line of a log on its own, and handing on each of them costs more than reading it. Throws when the connection ends before the answer does.
 */
export async function* readAhead(source: Readable): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = []
  let size = 0
  let over: { readonly fault?: unknown } | undefined
  let changed = deferred<void>()
  const stop = finished(source, { writable: false }, (fault) => {
    over = fault == null ? {} : { fault }
    changed.resolve()
  })
  source.on('data', (piece: Buffer) => {
    pieces.push(piece)
    size += piece.length
    if (size >= most) source.pause()
    changed.resolve()
  })
  try {
    for (;;) {
      if (pieces.length > 0) {
        const arrived = size / pieces.length < small ? [Buffer.concat(pieces, size)] : pieces
        pieces = []
        size = 0
        source.resume()
        yield* arrived
      } else if (over === undefined) {
        await changed.promise
        changed = deferred()
      } else if ('fault' in over) throw over.fault
      else return
    }
  } finally {
    stop()
    source.destroy()
  }
}
