import { t } from '../../shared/l10n.ts'
import { EngineError, type EngineErrorCode } from '../errors.ts'

const textLimit = 2000

/** The one place where an answer that says no becomes an `EngineError`. `body` is what came with it, cut at 64 kB. */
export function refusal(status: number, contentType: string, body: string, url: string): EngineError {
  // Docker refuses an attach as if it had handed over the connection: with the bare message.
  const bare = contentType.startsWith('application/vnd.docker.') && body.trim() !== ''
  const text = bare ? body.trim().slice(0, textLimit) : messageOf(body)
  if (text === undefined) return strangeRefusal(status, contentType, body, url)
  return refusalText(text, status)
}

/** What an engine said, which for pulls, pushes and builds comes within an answer that began well. */
export function refusalText(text: string, status?: number): EngineError {
  const known = reasons.find(
    ({ match, on }) => match.test(text) && (on === undefined || status === undefined || on.includes(status)),
  )
  const code = known?.code ?? (status === undefined ? 'internal' : codeOf(status))
  const nextStep = known?.nextStep()
  return new EngineError(code, text, {
    ...(status === undefined ? {} : { status }),
    ...(nextStep === undefined ? {} : { nextStep }),
  })
}

/** An answer that is no engine's: HTML, a redirect, text that is not JSON. */
export function notDocker(
  url: string,
  details: { readonly status?: number; readonly what?: string } = {},
): EngineError {
  return new EngineError(
    'notDocker',
    details.what === undefined
      ? t('What answers at {0} is not a Docker engine.', url)
      : t('What answers at {0} is not a Docker engine: {1}.', url, details.what),
    {
      nextStep: t('Check the address: a web server or a proxy may be in between.'),
      ...(details.status === undefined ? {} : { status: details.status }),
    },
  )
}

/** The message of an engine's own refusal; undefined when the body is no engine's. Podman calls it `cause` and `message`. */
function messageOf(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    if (typeof parsed !== 'object' || parsed === null) return undefined
    const { message, cause } = parsed as { message?: unknown; cause?: unknown }
    const text = typeof message === 'string' && message !== '' ? message : cause
    return typeof text === 'string' ? text.trim().slice(0, textLimit) : undefined
  } catch {
    return undefined
  }
}

function codeOf(status: number): EngineErrorCode {
  switch (status) {
    case 304:
      return 'notModified'
    case 400:
    case 406:
    case 416:
      return 'invalid'
    case 401:
      return 'unauthorized'
    case 403:
      return 'denied'
    case 404:
      return 'notFound'
    case 409:
      return 'conflict'
    case 405:
    case 501:
      return 'unsupported'
    default:
      return 'internal'
  }
}

function strangeRefusal(status: number, contentType: string, body: string, url: string): EngineError {
  if (status === 304) return new EngineError('notModified', t('Nothing had to be done.'), { status })
  if (/HTTP request to an HTTPS server/i.test(body))
    return new EngineError('unsupported', t('The engine at {0} wants TLS.', url), {
      status,
      nextStep: t('Set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or use a context with its certificates.'),
    })
  if (status === 407)
    return new EngineError('denied', t('A proxy in front of {0} asks for a password.', url), {
      status,
      nextStep: t('Reach the engine without the proxy, or over ssh.'),
    })
  if (status === 403)
    return new EngineError('denied', t('Something in front of {0} forbids this request.', url), {
      status,
      nextStep: t('Ask who runs the proxy to let this request through, or reach the engine without it.'),
    })
  if (status === 502 || status === 503 || status === 504)
    return new EngineError(
      'unreachable',
      t('A proxy at {0} answers, but the engine behind it does not.', url),
      {
        status,
        nextStep: t('Start the engine behind the proxy.'),
      },
    )
  const plain =
    contentType.startsWith('text/plain') && body.trim() !== '' && !body.trimStart().startsWith('<')
  if (plain && status === 404 && /^(page )?not found$/i.test(body.trim()))
    return new EngineError('unsupported', t('This engine cannot do that.'), { status })
  if (plain) return refusalText(body.trim().slice(0, textLimit), status)
  if (body === '' && codeOf(status) !== 'internal')
    return new EngineError(codeOf(status), t('The engine refused with status {0}.', status), { status })
  return notDocker(url, { status, what: t('status {0}', status) })
}

interface Reason {
  readonly match: RegExp
  readonly on?: readonly number[]
  readonly code?: EngineErrorCode
  readonly nextStep: () => string | undefined
}

/** What engines say in their messages, where the status alone says less; the first that matches counts. */
const reasons: readonly Reason[] = [
  {
    match: /client version .* is too (new|old)|API version/i,
    on: [400],
    code: 'unsupported',
    nextStep: () => t('Use an engine of version 20.10 or newer.'),
  },
  {
    match:
      /unauthorized|authentication required|no basic auth credentials|incorrect username or password|401 Unauthorized/i,
    code: 'unauthorized',
    nextStep: () => t('Log in to the registry, then try again.'),
  },
  {
    match: /pull access denied|requested access to the resource is denied|^denied:/i,
    code: 'denied',
    nextStep: () => t('Check the name; if the repository is private, log in to the registry.'),
  },
  {
    match: /is paused|unpause/i,
    on: [409, 500],
    code: 'conflict',
    nextStep: () => t('Unpause the container first.'),
  },
  {
    match: /not paused/i,
    on: [409, 500],
    code: 'conflict',
    nextStep: () => undefined,
  },
  {
    match: /already in use by container|name .* is already in use/i,
    code: 'conflict',
    nextStep: () => t('Choose another name, or remove the object that has it.'),
  },
  {
    match:
      /(cannot|can't|not) (be )?remove.*running container|is running.*(stop|force)|stop the container before|container .* running.*without force/i,
    code: 'conflict',
    nextStep: () => t('Stop the container first, or remove it with force.'),
  },
  {
    match:
      /(volume|network|image) .*(in use|being used)|is being used by|has active endpoints|must be forced/i,
    on: [409, 403, 500],
    code: 'conflict',
    nextStep: () => t('Remove the containers that use it first.'),
  },
  {
    match: /is not running|state improper|can only .* (running|created|stopped)/i,
    on: [409, 500],
    code: 'conflict',
    nextStep: () => t('Start the container first.'),
  },
  {
    match: /port is already allocated|address already in use|ports are not available/i,
    nextStep: () => t('Choose another host port, or stop what uses this one.'),
  },
  {
    match: /no space left on device/i,
    nextStep: () => t('Free space: remove unused images, volumes and build cache.'),
  },
  {
    match: /not a swarm manager/i,
    code: 'conflict',
    nextStep: () => t('Make this engine a swarm manager: docker swarm init.'),
  },
  {
    match: /no such (container|image|volume|network|exec)/i,
    code: 'notFound',
    nextStep: () => undefined,
  },
]
