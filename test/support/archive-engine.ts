import type { Engine } from '../../src/engine/engine.ts'
import { EngineError } from '../../src/engine/errors.ts'
import { childOf, nameOf } from '../../src/engine/files/file-path.ts'
import { fileTar } from '../../src/engine/files/file-tar.ts'
import { filling, tarEnd, tarHeader } from '../../src/engine/files/tar-writer.ts'
import { tarEntries, type TarHeader } from '../../src/engine/files/tar-reader.ts'

interface Node {
  readonly type: 'file' | 'directory'
  readonly text: string
  mode: number
}

interface Entry {
  readonly header: TarHeader
  readonly text: string
}

export const owner = { uid: 0, gid: 0, mode: 0o644 }
const setId = 0o6000

/**
 * An engine with a container that does not run. As Docker does it, an entry takes the place of what is there, a hard link too, and
 * links lose the bits that a change of the owner takes. With `cut` an archive that puts links over files is broken off after its
 * first entry, and the engine goes on with the rest of it only after the next archive. It sends no archive while it takes one.
 * Its clock says `time`.
 */
export function archiveEngine(files: Readonly<Record<string, string>>, mounts: readonly string[] = []) {
  const disk = new Map<string, Node>()
  const put = (path: string, text: string): void => void disk.set(path, { type: 'file', text, mode: 0o644 })
  for (const [path, text] of Object.entries(files)) put(path, text)
  const ofStandIn = new Map<string, Node>()
  const diskOf = (container: string): Map<string, Node> => (container === 'c' ? disk : ofStandIn)
  const isFolder = (path: string): boolean => path === '/' || path === '/srv'
  const it: { cut: (() => void) | undefined; time: number } = { cut: undefined, time: 1e12 }
  let late: (() => void) | undefined
  let taking = 0

  function unpack(container: string, folder: string, { header, text }: Entry): void {
    const nodes = diskOf(container)
    const path = childOf(folder, header.name.replace(/\/$/, ''))
    if (header.type === '5' && (nodes.get(path)?.type === 'directory' || isFolder(path))) return
    for (const known of [...nodes.keys()])
      if (known === path || known.startsWith(`${path}/`)) nodes.delete(known)
    if (header.type === '5') nodes.set(path, { type: 'directory', text: '', mode: header.mode })
    else if (header.type !== '1') nodes.set(path, { type: 'file', text, mode: header.mode })
    else {
      const target = nodes.get(childOf(folder, header.linkname))
      if (target === undefined) throw new EngineError('internal', 'link: no such file')
      if (mounts.includes(childOf(folder, header.linkname)))
        throw new EngineError('internal', 'link: invalid cross-device link')
      target.mode &= ~setId
      nodes.set(path, target)
    }
  }

  const engine = {
    id: 'test',
    files: {
      stat(container: string, path: string) {
        const node = diskOf(container).get(path)
        if (node === undefined && !isFolder(path)) return Promise.reject(new EngineError('notFound', path))
        const { type = 'directory', mode = 0o755, text = '' } = node ?? {}
        return Promise.resolve({
          name: nameOf(path),
          type,
          mode,
          size: text.length,
          mtime: 0,
          linkTarget: '',
        })
      },
      async *getArchive(container: string, path: string) {
        if (taking > 0) throw new EngineError('timeout', 'The container is locked.')
        const nodes = diskOf(container)
        const { type, text, mode } = nodes.get(path) ?? { type: 'directory', text: '', mode: 0o755 }
        if (type === 'file') return yield* fileTar(nameOf(path), Buffer.from(text), { ...owner, mode })
        const common = { uid: 0, gid: 0, mtime: 0 }
        yield tarHeader({ ...common, name: `${nameOf(path)}/`, type: 'directory', mode })
        for (const [below, node] of nodes) {
          if (!below.startsWith(`${path}/`)) continue
          const name = `${nameOf(path)}${below.slice(path.length)}`
          yield tarHeader({ ...common, name, type: node.type, mode: node.mode, size: node.text.length })
          yield Buffer.from(node.text)
          yield filling(node.text.length)
        }
        yield tarEnd
      },
      async putArchive(
        container: string,
        folder: string,
        archive: AsyncIterable<Uint8Array>,
        signal: AbortSignal,
      ): Promise<void> {
        const entries: Entry[] = []
        taking += 1
        try {
          for await (const { header, whole } of tarEntries(archive))
            entries.push({ header, text: (await whole()).toString() })
        } finally {
          taking -= 1
        }
        const rest = (): void => {
          for (const entry of entries.splice(0)) unpack(container, folder, entry)
        }
        const { cut } = it
        if (cut !== undefined && entries.length > 1 && entries[1]!.header.type === '1') {
          it.cut = undefined
          unpack(container, folder, entries.shift()!)
          cut()
          if (signal.aborted) {
            late = rest
            throw new EngineError('cancelled', 'Cancelled.')
          }
        }
        try {
          rest()
        } finally {
          const before = late
          late = undefined
          try {
            before?.()
          } catch {
            // Nobody hears it.
          }
        }
      },
    },
    containers: {
      inspect: () =>
        Promise.resolve({
          Image: 'i',
          State: { Running: false },
          Mounts: mounts.map((Destination) => ({ Type: 'bind', Destination, RW: true })),
        }),
      create: () => Promise.resolve({ id: 's' }),
      remove: () => Promise.resolve(),
    },
    system: { time: () => Promise.resolve(it.time) },
    streams: { exec: () => Promise.reject(new EngineError('notFound', 'no shell')) },
  }
  return { engine: engine as unknown as Engine, disk, it }
}

/** Paths and what the files there hold. */
export const textsOf = (disk: ReadonlyMap<string, { readonly text: string }>): Record<string, string> =>
  Object.fromEntries([...disk].map(([path, { text }]) => [path, text] as const).sort())
