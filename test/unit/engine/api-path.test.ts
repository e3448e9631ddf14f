import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  imageReference,
  objectId,
  queryString,
  segment,
  volumeName,
} from '../../../src/engine/transport/api-path.ts'

describe('ids in paths', () => {
  test.each([
    '',
    '/name',
    '..',
    '.',
    '-rf',
    'x/../../networks/none',
    'a b',
    'a?b',
    'a#b',
    'a%2fb',
    'a\nb',
    '$(id)',
  ])('no container is asked for as %j', (id) => {
    expect(() => objectId(id)).toThrow(expect.objectContaining({ code: 'invalid' }))
  })

  test.each(['a', 'web-1', 'my_app.web', 'f'.repeat(64)])('%s is fine', (id) => {
    expect(objectId(id)).toBe(id)
  })

  test.each([
    ['busybox:1.36', 'busybox:1.36'],
    ['127.0.0.1:5000/team/app:v1', '127.0.0.1:5000/team/app:v1'],
    ['app@sha256:0123', 'app@sha256:0123'],
    ['[::1]:5000/app', '%5B::1%5D:5000/app'],
    ['sha256:0123', 'sha256:0123'],
  ])('image %s', (reference, path) => {
    expect(imageReference(reference)).toBe(path)
  })

  test.each(['', '/app', 'app/', 'a//b', '../info', 'app/../../info', 'app?x', 'a b', '-app', 'app\n'])(
    'no image is asked for as %j',
    (reference) => {
      expect(() => imageReference(reference)).toThrow(expect.objectContaining({ code: 'invalid' }))
    },
  )

  test('volumes of plugins may have segments, and odd characters are encoded', () => {
    expect(volumeName('server/path with space?#%')).toBe('server/path%20with%20space%3F%23%25')
    for (const name of ['', '..', 'a/../b', '/a', 'a\0'])
      expect(() => volumeName(name)).toThrow(expect.objectContaining({ code: 'invalid' }))
  })

  test('whatever text: a segment never leaves its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite', maxLength: 30 }), (text) => {
        const path = `/containers/${segment(text)}/json`
        expect(path).not.toMatch(/[?#\s]/)
        expect(path.split('/')).toHaveLength(4)
        expect(decodeURIComponent(segment(text))).toBe(text)
      }),
      { seed: 2, numRuns: 300 },
    )
  })
})

test('a query leaves out what is undefined and repeats the key of an array', () => {
  expect(queryString(undefined)).toBe('')
  expect(queryString({ a: undefined })).toBe('')
  expect(queryString({ all: true, n: 5, names: ['a b', 'c&d'] })).toBe('?all=true&n=5&names=a+b&names=c%26d')
})
