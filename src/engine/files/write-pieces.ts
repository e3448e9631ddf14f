import type { FileHandle } from 'node:fs/promises'

/**
 * Writes pieces in their order, each before the next is asked for: whoever makes them goes on meanwhile, and what came in the
 * meantime is one piece.
 */
export async function writePieces(
  file: FileHandle,
  pieces: AsyncIterable<Buffer> | readonly Buffer[],
  onWritten: (bytes: number) => void,
): Promise<void> {
  for await (const piece of pieces) {
    // A disk may take a part only.
    for (let at = 0; at < piece.length;) at += (await file.write(piece, at)).bytesWritten
    onWritten(piece.length)
  }
}
