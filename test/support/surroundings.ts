import type { ConfigFiles, Surroundings } from '../../src/engine/config-files.ts'
import { contextFolder } from '../../src/engine/contexts.ts'

/** What stands at a path: a file's text, a socket, or a fault that reading it meets. */
export type Entry = string | Buffer | { readonly socket: true } | { readonly fault: string }

/** A home folder at `/home/me` with these entries, by absolute path. */
export function surroundings(
  entries: Readonly<Record<string, Entry>> = {},
  env: Readonly<Record<string, string | undefined>> = {},
  platform: NodeJS.Platform = 'linux',
): Surroundings {
  const files: ConfigFiles = {
    read(path) {
      const entry = entries[path.replaceAll('\\', '/')]
      if (entry === undefined) return Promise.resolve(undefined)
      if (typeof entry === 'string' || Buffer.isBuffer(entry))
        return Promise.resolve(Buffer.from(entry as string))
      return Promise.reject(new Error('fault' in entry ? entry.fault : 'a socket'))
    },
    list(path) {
      const prefix = `${path.replaceAll('\\', '/')}/`
      const names = Object.keys(entries)
        .filter((name) => name.startsWith(prefix))
        .map((name) => name.slice(prefix.length).split('/')[0]!)
      return Promise.resolve([...new Set(names)].sort())
    },
    isSocket(path) {
      const entry = entries[path.replaceAll('\\', '/')]
      return Promise.resolve(typeof entry === 'object' && 'socket' in entry)
    },
  }
  return { env, platform, home: '/home/me', files }
}

/** The entries of a context of the docker CLI. */
export function contextEntries(
  name: string,
  docker: Readonly<Record<string, unknown>>,
  more: {
    readonly description?: string
    readonly tls?: Readonly<Record<string, string>>
    readonly root?: string
  } = {},
): Record<string, Entry> {
  const root = more.root ?? '/home/me/.docker'
  const folder = contextFolder(name)
  const entries: Record<string, Entry> = {
    [`${root}/contexts/meta/${folder}/meta.json`]: JSON.stringify({
      Name: name,
      Metadata: more.description === undefined ? {} : { Description: more.description },
      Endpoints: { docker },
    }),
  }
  for (const [file, text] of Object.entries(more.tls ?? {}))
    entries[`${root}/contexts/tls/${folder}/docker/${file}`] = text
  return entries
}
