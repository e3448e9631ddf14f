import { t } from '../../shared/l10n.ts'
import type { Endpoint } from '../endpoint.ts'
import { EngineError, type EngineErrorCode, isEngineError } from '../errors.ts'
import { SshFault } from './dial-stdio.ts'

/** The one place where what sockets and TLS report becomes an `EngineError`: what happened in words, and what to do. */
export function socketFailure(fault: unknown, endpoint: Endpoint, answered: boolean): EngineError {
  if (isEngineError(fault)) return fault
  if (fault instanceof SshFault) return sshFailure(fault, endpoint)
  const code = codeOf(fault)
  const failure = (as: EngineErrorCode, message: string, nextStep: string): EngineError =>
    new EngineError(as, message, { nextStep, cause: fault })
  if (code.startsWith('HPE_'))
    return failure(
      'notDocker',
      t('What answers at {0} is not a Docker engine.', endpoint.url),
      t('Check the address: another service listens there, or one that expects TLS.'),
    )
  if (answered)
    return failure(
      'lost',
      t('The connection to the engine was lost.'),
      t('It reconnects by itself once the engine is back; then try again.'),
    )
  if (endpoint.address.kind === 'tcp' && endpoint.address.tls !== undefined && isTlsFault(fault, code))
    return tlsFailure(fault, code, endpoint.url)
  switch (code) {
    case 'ENOENT':
      return failure(
        'unreachable',
        t('No engine listens at {0}: it does not exist.', endpoint.url),
        startStep(endpoint),
      )
    case 'ECONNREFUSED':
      return failure('unreachable', t('Nothing answers at {0}.', endpoint.url), startStep(endpoint))
    case 'EACCES':
    case 'EPERM':
      return failure(
        'denied',
        t('You are not allowed to use {0}.', endpoint.url),
        t(
          'Add yourself to the group of the socket (sudo usermod -aG docker $USER), then log in again; or use a rootless engine.',
        ),
      )
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return failure(
        'unreachable',
        t('The host of {0} is not known.', endpoint.url),
        t('Check the spelling of the host and your network or VPN.'),
      )
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
      return failure(
        'unreachable',
        t('{0} cannot be reached over the network.', endpoint.url),
        t('Check your network or VPN, the address and the port.'),
      )
    case 'ENOTSOCK':
    case 'EPROTOTYPE':
      return failure(
        'notDocker',
        t('{0} is not the socket of an engine.', endpoint.url),
        t('Check the address of the engine.'),
      )
    default:
      return failure(
        'unreachable',
        t('The engine at {0} closed the connection without an answer.', endpoint.url),
        t('It may be starting or stopping; try again in a moment.'),
      )
  }
}

function codeOf(fault: unknown): string {
  const code = fault instanceof Error && 'code' in fault ? fault.code : undefined
  return typeof code === 'string' ? code : ''
}

/** How to start what should listen there, for the user's own machine. */
function startStep({ address, origin }: Endpoint): string {
  if (origin.from === 'wellKnown') return t('Start {0}.', origin.product)
  if (address.kind === 'npipe') return t('Start Docker Desktop.')
  if (address.kind !== 'unix') return t('Check that the engine runs there and listens on this address.')
  if (address.path.includes('podman')) return t('Start it: systemctl --user start podman.socket')
  return t('Start it: Docker Desktop, or "sudo systemctl start docker" on Linux.')
}

function isTlsFault(fault: unknown, code: string): boolean {
  return (
    /^(CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO$)/.test(code) ||
    (fault instanceof Error && /TLS connection|ssl|tls/i.test(fault.message))
  )
}

function tlsFailure(fault: unknown, code: string, url: string): EngineError {
  const text = fault instanceof Error ? fault.message : ''
  if (code.startsWith('ERR_OSSL_'))
    return new EngineError('denied', t('The certificate files for {0} cannot be used: {1}.', url, code), {
      nextStep: t('Check that ca.pem, cert.pem and key.pem are whole, and belong together.'),
      cause: fault,
    })
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return new EngineError('denied', t('The certificate of {0} is for another host.', url), {
      nextStep: t('Use the host name that the certificate was made for, or make a new certificate.'),
      cause: fault,
    })
  if (/WRONG_VERSION_NUMBER|wrong version number|PACKET_LENGTH/i.test(`${code} ${text}`))
    return new EngineError('notDocker', t('What answers at {0} does not speak TLS.', url), {
      nextStep: t(
        'Check the port: engines use 2376 with TLS. Quayside never falls back to an unencrypted connection.',
      ),
      cause: fault,
    })
  if (/alert|CERTIFICATE_REQUIRED|BAD_CERTIFICATE|disconnected before secure/i.test(`${code} ${text}`))
    return new EngineError('denied', t('The engine at {0} refused the TLS connection.', url), {
      nextStep: t(
        'Give the client certificate that the engine trusts (cert.pem and key.pem in DOCKER_CERT_PATH or in the context).',
      ),
      cause: fault,
    })
  return new EngineError('denied', t('The certificate of {0} is not trusted: {1}.', url, code), {
    nextStep: t('Give the right ca.pem in DOCKER_CERT_PATH or in the context.'),
    cause: fault,
  })
}

function sshFailure(fault: SshFault, { url }: Endpoint): EngineError {
  const { said } = fault
  const details = (nextStep: string): { nextStep: string; cause: unknown } => ({ nextStep, cause: fault })
  if (codeOf(fault.cause) === 'ENOENT')
    return new EngineError('unsupported', t('There is no ssh program.'), details(t('Install OpenSSH.')))
  if (/host key verification failed|identification has changed/i.test(said))
    return new EngineError(
      'denied',
      t('ssh does not trust the host key of {0}.', url),
      details(
        t('Connect once with ssh in a terminal and check the key; remove an outdated one from known_hosts.'),
      ),
    )
  if (/permission denied \(/i.test(said))
    return new EngineError(
      'denied',
      t('ssh was not let in by {0}.', url),
      details(t('Check the user, and that your key is loaded (ssh-add -l); passwords cannot be asked here.')),
    )
  if (fault.exitCode === 127 || /command not found|not recognized/i.test(said))
    return new EngineError(
      'unsupported',
      t('There is no docker program on the host of {0}.', url),
      details(t('Install the Docker CLI there and check that it is found in a non-interactive shell.')),
    )
  if (/dial-stdio|is not a docker command/i.test(said))
    return new EngineError(
      'unsupported',
      t('The docker program on the host of {0} is too old.', url),
      details(t('Install version 18.09 or newer there.')),
    )
  if (/permission denied|cannot connect to the docker daemon|no such file|failed to dial/i.test(said))
    return new EngineError(
      /permission denied/i.test(said) ? 'denied' : 'unreachable',
      t('ssh works, but the engine on the host of {0} cannot be reached: {1}', url, lastLine(said)),
      details(t('Check there that "docker ps" works for this user.')),
    )
  return new EngineError(
    'unreachable',
    t('ssh could not connect to {0}: {1}', url, lastLine(said)),
    details(t('Check that ssh to this host works in a terminal.')),
  )
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? ''
}
