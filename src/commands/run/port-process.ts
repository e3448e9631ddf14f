import { readdir, readFile, readlink } from 'node:fs/promises'

/** A program of this machine that listens on a port; which one is hidden where it is another user's. */
export type PortProcess = { readonly pid: number; readonly name: string } | 'hidden'

/** A socket that listens, from `/proc/net/tcp` or `udp`; the address as the kernel writes it, in hexadecimal. */
interface Listener {
  readonly address: string
  readonly port: number
  readonly inode: string
}

/** TCP: listening; UDP: bound (include/net/tcp_states.h). */
const listening: Readonly<Record<string, string>> = { tcp: '0A', udp: '07' }

/** The sockets that listen, of the text of `/proc/net/tcp`, `tcp6`, `udp` or `udp6` (proc(5)). */
export function listeners(table: string, protocol: string): readonly Listener[] {
  return table.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/)
    const [address = '', port = ''] = local.split(':')
    return state === listening[protocol] && /^[1-9]\d*$/.test(inode)
      ? [{ address, port: Number.parseInt(port, 16), inode }]
      : []
  })
}

const everywhere = /^0+$/

/** An IPv4 address as the kernel writes it on a little-endian machine: `127.0.0.1` is `0100007F`. */
const kernelAddress = (address: string): string =>
  address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .reverse()
    .join('')
    .toUpperCase()

const clashes = (listener: Listener, hostIp: string): boolean =>
  hostIp === '' ||
  hostIp === '0.0.0.0' ||
  hostIp === '::' ||
  everywhere.test(listener.address) ||
  listener.address === kernelAddress(hostIp)

/**
 * The program that holds a port of this machine; undefined where nobody listens, and everywhere but on Linux, which alone tells.
 */
export async function portProcess(
  port: number,
  protocol: 'tcp' | 'udp' | 'sctp',
  hostIp = '',
  proc = '/proc',
): Promise<PortProcess | undefined> {
  const tables = await Promise.all(
    [protocol, `${protocol}6`].map((name) => readFile(`${proc}/net/${name}`, 'utf8').catch(() => '')),
  )
  const inodes = new Set(
    tables
      .flatMap((table) => listeners(table, protocol))
      .filter((listener) => listener.port === port && clashes(listener, hostIp))
      .map(({ inode }) => `socket:[${inode}]`),
  )
  return inodes.size === 0 ? undefined : ((await owner(inodes, proc)) ?? 'hidden')
}

async function owner(sockets: ReadonlySet<string>, proc: string): Promise<PortProcess | undefined> {
  for (const pid of (await readdir(proc)).filter((name) => /^\d+$/.test(name))) {
    const open = await readdir(`${proc}/${pid}/fd`).catch((): readonly string[] => [])
    for (const fd of open) {
      const target = await readlink(`${proc}/${pid}/fd/${fd}`).catch(() => '')
      if (!sockets.has(target)) continue
      const name = await readFile(`${proc}/${pid}/comm`, 'utf8').catch(() => '')
      return { pid: Number(pid), name: name.trim() }
    }
  }
  return undefined
}
