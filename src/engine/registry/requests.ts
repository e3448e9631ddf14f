import { t } from '../../shared/l10n.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { fields, text } from '../raw/fields.ts'
import type { RegistryAuth } from '../registry-auth.ts'

export interface Answer {
  readonly body: unknown
  readonly headers: Headers
}

export interface Request {
  readonly server: string
  readonly path: string
  /** What a token is asked for: `repository:team/app:pull`. */
  readonly scope: string
  readonly accept: string
  readonly auth: RegistryAuth | undefined
  readonly ask: typeof fetch
  readonly signal: AbortSignal
}

const deadlineMs = 15_000
const largest = 8 * 1024 * 1024

/** Registries on this machine need no encryption, as engines have it. */
const isLoopback = (server: string): boolean =>
  /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(server)

interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly body: string
}

/** Asks a registry, and once more with credentials where it wants them. */
export async function answerOf(request: Request): Promise<Answer> {
  const { server, path, accept } = request
  let address = `https://${server}${path}`
  let reply: Reply
  try {
    reply = await sent(request, address, { headers: { Accept: accept } })
  } catch (fault) {
    if (!isLoopback(server) || !isEngineError(fault, 'unreachable')) throw fault
    address = `http://${server}${path}`
    reply = await sent(request, address, { headers: { Accept: accept } })
  }
  if (reply.status === 401) {
    const authorization = await authorizationFor(request, reply.headers.get('www-authenticate') ?? '')
    if (authorization !== undefined)
      reply = await sent(request, address, { headers: { Accept: accept, Authorization: authorization } })
  }
  return { body: parsed(request, reply), headers: reply.headers }
}

/** One question with its whole answer, within the deadline. */
async function sent({ ask, signal, server }: Request, url: string, init: RequestInit): Promise<Reply> {
  if (signal.aborted) throw new EngineError('cancelled', t('Cancelled.'))
  const control = new AbortController()
  const stop = (): void => control.abort()
  const timer = setTimeout(stop, deadlineMs)
  signal.addEventListener('abort', stop, { once: true })
  try {
    const response = await ask(url, { ...init, signal: control.signal })
    return { status: response.status, headers: response.headers, body: await bodyOf(response, server) }
  } catch (fault) {
    if (fault instanceof EngineError) throw fault
    if (signal.aborted) throw new EngineError('cancelled', t('Cancelled.'))
    throw new EngineError(
      control.signal.aborted ? 'timeout' : 'unreachable',
      t('The registry {0} does not answer.', server),
      { nextStep: t('Check its address and the network.'), cause: fault },
    )
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

async function bodyOf({ body }: Response, server: string): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > largest) throw new EngineError('invalid', t('The answer of {0} is too large.', server))
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** What the challenge asks for; undefined where we have nothing that it could take. */
async function authorizationFor(request: Request, challenge: string): Promise<string | undefined> {
  const { auth } = request
  if (auth?.registryToken !== undefined) return `Bearer ${auth.registryToken.reveal()}`
  if (/^basic\b/i.test(challenge)) return basic(auth)
  if (!/^bearer\b/i.test(challenge)) return undefined
  const parameters = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value,
    ]),
  )
  const realm = parameters.get('realm')
  if (realm === undefined || !URL.canParse(realm)) return undefined
  const url = new URL(realm)
  // Passwords are told to nobody in the clear, but to this machine itself.
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.host))
  if (!safe) return undefined
  const service = parameters.get('service')
  if (service !== undefined) url.searchParams.set('service', service)
  url.searchParams.set('scope', request.scope)
  const credentials = basic(auth)
  const reply =
    auth?.identityToken === undefined
      ? await sent(request, url.href, {
          headers: credentials === undefined ? {} : { Authorization: credentials },
        })
      : await exchanged(request, url, auth.identityToken.reveal())
  const told = fields(parsed(request, reply))
  const token = text(told['token']) || text(told['access_token'])
  return token === '' ? undefined : `Bearer ${token}`
}

/** A token for good is exchanged for one of the moment (OAuth 2), never sent to the registry itself. */
function exchanged(request: Request, url: URL, refresh: string): Promise<Reply> {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refresh,
    service: url.searchParams.get('service') ?? '',
    scope: request.scope,
    client_id: 'quayside',
  })
  return sent(request, `${url.origin}${url.pathname}`, { method: 'POST', body })
}

function basic(auth: RegistryAuth | undefined): string | undefined {
  if (auth?.username === undefined || auth.password === undefined) return undefined
  return `Basic ${Buffer.from(`${auth.username}:${auth.password.reveal()}`).toString('base64')}`
}

function parsed({ server, auth }: Request, { status, body }: Reply): unknown {
  if (status === 401 || status === 403)
    throw new EngineError(
      auth === undefined ? 'unauthorized' : 'denied',
      t('The registry {0} does not let you see this.', server),
      { status, nextStep: t('Log in to the registry, with an account that may read it.') },
    )
  if (status === 404)
    throw new EngineError('notFound', t('The registry {0} does not have this.', server), { status })
  if (status < 200 || status > 299)
    throw new EngineError('internal', t('The registry {0} answered with status {1}.', server, status), {
      status,
    })
  try {
    return JSON.parse(body)
  } catch (fault) {
    throw new EngineError('invalid', t('{0} does not answer as a registry does.', server), { cause: fault })
  }
}
