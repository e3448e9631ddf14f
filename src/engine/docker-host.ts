import { isIP, isIPv6 } from 'node:net'
import { t } from '../shared/l10n.ts'
import type { Address } from './endpoint.ts'
import { EngineError } from './errors.ts'

const defaultPort = 2375
const sshHost = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/
const sshUser = /^[A-Za-z0-9_][A-Za-z0-9_.@\\+-]*$/
const sshSocket = /^\/[A-Za-z0-9_./@+-]*$/
const hostName = /^[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_.])?$/

export function defaultHost(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock'
}

function refuse(host: string, why: string, nextStep: string): never {
  throw new EngineError('invalid', t('{0} is not the address of an engine: {1}.', host, why), { nextStep })
}

function usualForms(): string {
  return t('Write unix:///path, npipe:////./pipe/name, tcp://host:port or ssh://user@host.')
}

/**
 * Reads what `DOCKER_HOST`, a context or a setting names, by the rules of the docker CLI; what it would not take is refused with
 * the reason. TLS is no part of an address: see `tls-material.ts`.
 */
export function parseHost(text: string, platform: NodeJS.Platform): Address {
  const host = text.trim()
  const match = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/(.*)$/s.exec(host)
  const scheme = match?.[1] ?? 'tcp'
  const rest = match?.[2] ?? host
  if (/\s/.test(host) || hasControl(host))
    refuse(host, t('it has spaces or control characters'), usualForms())
  switch (scheme) {
    case 'unix':
      return { kind: 'unix', path: rest === '' ? '/var/run/docker.sock' : absolute(host, rest) }
    case 'npipe':
      return { kind: 'npipe', path: pipePath(host, rest) }
    case 'tcp':
      return tcp(host, rest)
    case 'ssh':
      return ssh(host, rest)
    case 'http':
    case 'https':
      return refuse(
        host,
        t('{0}:// is no scheme of engines', scheme),
        t('Write tcp://host:port; for TLS set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or use a context.'),
      )
    case 'fd':
      return refuse(host, t('fd:// is for the engine itself'), usualForms())
    default:
      return refuse(host, t('{0}:// is not known', scheme), platformHint(platform))
  }
}

/** An address as the docker CLI writes it. */
export function urlOf(address: Address): string {
  switch (address.kind) {
    case 'unix':
      return `unix://${address.path}`
    case 'npipe':
      return `npipe://${address.path.replaceAll('\\', '/')}`
    case 'tcp':
      return `tcp://${bracketed(address.host)}:${address.port}`
    case 'ssh': {
      const user = address.user === undefined ? '' : `${address.user}@`
      const port = address.port === undefined ? '' : `:${address.port}`
      return `ssh://${user}${bracketed(address.host)}${port}${address.socket ?? ''}`
    }
  }
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

function hasControl(text: string): boolean {
  return /[\u0000-\u001f\u007f]/.test(text)
}

function platformHint(platform: NodeJS.Platform): string {
  return platform === 'win32' ? t('Write npipe:////./pipe/docker_engine, for example.') : usualForms()
}

function absolute(host: string, path: string): string {
  return path.startsWith('/') ? path : refuse(host, t('the path is not absolute'), t('Write unix:///path.'))
}

function pipePath(host: string, rest: string): string {
  if (rest === '') return '//./pipe/docker_engine'
  const path = rest.replaceAll('\\', '/')
  return /^\/\/[^/]+\/pipe\/.+/.test(path)
    ? path
    : refuse(host, t('it names no pipe'), t('Write npipe:////./pipe/docker_engine, for example.'))
}

function splitPort(
  host: string,
  authority: string,
): { readonly name: string; readonly port: string | undefined } {
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d*))?$/.exec(authority)
  if (match === null)
    return refuse(
      host,
      t('host and port cannot be told apart'),
      t('Put an IPv6 address in brackets: tcp://[::1]:2375.'),
    )
  return { name: match[1] ?? match[2] ?? '', port: match[3] === '' ? undefined : match[3] }
}

function portNumber(host: string, port: string | undefined): number | undefined {
  if (port === undefined) return undefined
  const number = Number(port)
  return number >= 1 && number <= 65_535
    ? number
    : refuse(
        host,
        t('{0} is no port', port),
        t('Ports go from 1 to 65535; engines use 2375, or 2376 with TLS.'),
      )
}

function tcp(host: string, rest: string): Address {
  const authority = rest.replace(/\/$/, '')
  if (/[/?#@]/.test(authority))
    return refuse(host, t('a path or user cannot be used with tcp://'), t('Write tcp://host:port.'))
  const { name, port } = splitPort(host, authority)
  const plain = name.replace(/%[A-Za-z0-9_.-]+$/, '')
  if (name !== '' && !hostName.test(name) && !isIPv6(plain))
    return refuse(host, t('{0} is no host name', name), t('Write tcp://host:port.'))
  if (/^[\d.]+$/.test(name) && isIP(name) === 0)
    return refuse(host, t('{0} is no IP address', name), t('Write tcp://host:port.'))
  return { kind: 'tcp', host: name === '' ? 'localhost' : name, port: portNumber(host, port) ?? defaultPort }
}

function ssh(host: string, rest: string): Address {
  const match = /^(?:([^@/]*)@)?([^/]*)(\/.*)?$/.exec(rest)
  const [user, authority = '', path = ''] = [match?.[1], match?.[2], match?.[3]]
  const step = t('Write ssh://user@host; put options into your ssh configuration.')
  if (/[?#]/.test(rest)) return refuse(host, t('options cannot be given in it'), step)
  if (user?.includes(':') === true)
    return refuse(host, t('a password cannot be given in it'), t('Use a key; ssh and its agent handle it.'))
  const userName = user === undefined ? undefined : decoded(host, user)
  if (userName !== undefined && !sshUser.test(userName))
    return refuse(host, t('the user is no user name'), step)
  const { name, port } = splitPort(host, authority)
  if (!sshHost.test(name) && !isIPv6(name)) return refuse(host, t('the host is no host name'), step)
  const socket = path === '' || path === '/' ? undefined : path
  if (socket !== undefined && !sshSocket.test(socket))
    return refuse(host, t('the path of the socket has characters that a remote shell would read'), step)
  const number = portNumber(host, port)
  return {
    kind: 'ssh',
    host: name,
    ...(userName === undefined ? {} : { user: userName }),
    ...(number === undefined ? {} : { port: number }),
    ...(socket === undefined ? {} : { socket }),
  }
}

function decoded(host: string, text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return refuse(host, t('the user is no user name'), usualForms())
  }
}
