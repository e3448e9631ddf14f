import { get as getPlain, type IncomingHttpHeaders } from 'node:http'
import { get as getSecure } from 'node:https'

/** What a registry said; `body` is JSON, or undefined where it is none. */
export interface RegistryAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

const largestBody = 4 * 1024 * 1024

/**
 * One GET of a registry or of its token server. Redirects are not followed: they would lead credentials elsewhere.
 * Rejects when the server cannot be reached, answers more than 4 MB, or `signal` fires.
 */
export function registryRequest(
  address: URL,
  authorization: string | undefined,
  signal: AbortSignal,
): Promise<RegistryAnswer> {
  const get = address.protocol === 'https:' ? getSecure : getPlain
  const headers = {
    accept: 'application/json',
    ...(authorization !== undefined && { authorization }),
  }
  return new Promise((resolve, reject) => {
    const request = get(address, { headers, signal }, (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > largestBody) answer.destroy(new Error('the answer of the registry is too large'))
        else chunks.push(chunk)
      })
      answer.on('error', reject)
      answer.on('end', () => {
        const { statusCode, headers: received } = answer
        resolve({
          status: statusCode ?? 0,
          headers: received,
          body: jsonOf(Buffer.concat(chunks).toString('utf8')),
        })
      })
    })
    request.on('error', reject)
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
