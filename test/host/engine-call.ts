import { request } from 'node:http'

/** The engine that this window uses. */
export const dockerHost = process.env['DOCKER_HOST'] ?? ''

/** One call of the engine's API, by its socket. */
export function engineCall(method: string, path: string, body?: unknown): Promise<{ readonly Id?: string }> {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        socketPath: dockerHost.replace(/^unix:\/\//, ''),
        method,
        path,
        headers: { 'Content-Type': 'application/json' },
      },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString()
          if ((answer.statusCode ?? 500) >= 400) reject(new Error(text))
          else resolve(text === '' ? {} : (JSON.parse(text) as { readonly Id?: string }))
        })
      },
    )
    call.on('error', reject)
    call.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
