import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Secret } from '../../../src/engine/secret.ts'
import { registryAuthHeader, registryConfigHeader } from '../../../src/engine/transport/auth-headers.ts'

function decode(header: string | undefined): unknown {
  return JSON.parse(Buffer.from(header!.replaceAll('-', '+').replaceAll('_', '/'), 'base64').toString('utf8'))
}

describe('credentials in headers', () => {
  test('whatever the password, the header is URL-safe, padded, and reads back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (password) => {
        const auth = { serverAddress: 'r.test', username: 'u', password: new Secret(password) }
        const plain = { serveraddress: 'r.test', username: 'u', password }
        const one = registryAuthHeader(auth)['X-Registry-Auth']
        const many = registryConfigHeader({ 'r.test': auth })['X-Registry-Config']
        for (const header of [one, many]) {
          expect(header).toMatch(/^[A-Za-z0-9_-]*={0,2}$/)
          expect(header!.length % 4).toBe(0)
        }
        expect(decode(one)).toEqual(plain)
        expect(decode(many)).toEqual({ 'r.test': plain })
      }),
      { seed: 29, numRuns: 200 },
    )
  })

  test('tokens go by their own names; anonymous is an empty object', () => {
    const auth = { serverAddress: 'r', identityToken: new Secret('i'), registryToken: new Secret('r') }
    expect(decode(registryAuthHeader(auth)['X-Registry-Auth'])).toEqual({
      serveraddress: 'r',
      identitytoken: 'i',
      registrytoken: 'r',
    })
    expect(decode(registryAuthHeader(undefined)['X-Registry-Auth'])).toEqual({})
    expect(decode(registryConfigHeader(undefined)['X-Registry-Config'])).toEqual({})
  })
})
