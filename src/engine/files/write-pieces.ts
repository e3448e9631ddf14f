import type { FileHandle } from 'node:fs/promises'

/** Many small writes take longer than few large ones. */
const atOnce = 1024 * 1024

/** Writes pieces in their order, several in one go; the next ones are gathered meanwhile, and no more than those. */
export async function writePieces(
  file: FileHandle,
  pieces: AsyncIterable<Buffer> | readonly Buffer[],
  onWritten: (bytes: number) => void,
): Promise<void> {
  let gathered: Buffer[] = []
  let length = 0
  let writing: Promise<void> | undefined
  const flush = async (): Promise<void> => {
    await writing
    const [some, bytes] = [gathered, length]
    gathered = []
    length = 0
    writing = writeAll(file, some).then(() => onWritten(bytes))
    writing.catch(() => undefined)
  }
  try {
    for await (const piece of pieces) {
      gathered.push(piece)
      length += piece.length
      if (length >= atOnce) await flush()
    }
    if (length > 0) await flush()
  } catch (fault) {
    await writing?.catch(() => undefined)
    throw fault
  }
  await writing
}

async function writeAll(file: FileHandle, pieces: readonly Buffer[]): Promise<void> {
  let left = pieces
  while (left.length > 0) {
    let { bytesWritten } = await file.writev([...left])
    // A disk may take a part only.
    while (left.length > 0 && bytesWritten >= left[0]!.length) {
      bytesWritten -= left[0]!.length
      left = left.slice(1)
    }
    if (left.length > 0 && bytesWritten > 0) left = [left[0]!.subarray(bytesWritten), ...left.slice(1)]
  }
}
