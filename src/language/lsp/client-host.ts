import type { Host } from '../host.ts'
import type { HostRequestName, HostRequests } from '../protocol.ts'

export interface ClientHostPorts {
  /** What the client said it answers. */
  readonly offered: () => readonly HostRequestName[]
  /** Sends a request of the protocol; a signal that is aborted takes it back. */
  readonly send: (method: keyof HostRequests, params: unknown, signal?: AbortSignal) => Promise<unknown>
  /** Hears of a client that failed to answer. */
  readonly fault: (fault: unknown) => void
}

/**
 * The host as the client answers for it. What it does not offer it does not know, and neither what it fails to answer: that takes no
 * findings away.
 */
export function clientHost({ offered, send, fault }: ClientHostPorts): Host {
  const request = async <Name extends HostRequestName>(
    name: Name,
    params: HostRequests[`quayside/${Name}`]['params'],
    signal?: AbortSignal,
  ): Promise<NonNullable<HostRequests[`quayside/${Name}`]['result']> | undefined> => {
    if (!offered().includes(name)) return undefined
    try {
      const answer = await send(`quayside/${name}`, params, signal)
      return (answer ?? undefined) as NonNullable<HostRequests[`quayside/${Name}`]['result']> | undefined
    } catch (caught) {
      if (signal?.aborted !== true) fault(caught)
      return undefined
    }
  }
  return {
    images: async () => (await request('images', null)) ?? [],
    imagePlatform: (id) => request('imagePlatform', { id }),
    registryTags: (repository) => request('registryTags', { repository }),
    listFolder: (uri) => request('listFolder', { uri }),
    readFile: (uri) => request('readFile', { uri }),
    stat: (uri) => request('stat', { uri }),
    buildContext: (dockerfile) => request('buildContext', { dockerfile }),
    shellCheck: (script, signal) => request('shellCheck', script, signal),
  }
}
