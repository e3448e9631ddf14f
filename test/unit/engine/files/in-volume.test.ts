import { expect, test } from 'vitest'
import { EngineError } from '../../../../src/engine/errors.ts'
import { inVolume } from '../../../../src/engine/files/in-volume.ts'

const said = (message: string): string =>
  (inVolume(new EngineError('internal', message)) as EngineError).message

test('a fault of a volume names the path in the volume, whatever words it comes in', () => {
  expect(said('There is no /quayside-volume/d/a in the container.')).toBe(
    'There is no /d/a in the container.',
  )
  expect(said("mv: can't rename '/quayside-volume/d': Invalid argument")).toBe(
    "mv: can't rename '/d': Invalid argument",
  )
  expect(said('in each other’s way in /quayside-volume.')).toBe('in each other’s way in /.')
  expect(said('"../../x" is outside of "/quayside-volume"')).toBe('"../../x" is outside of "/"')
  expect(said('link quayside-volume/a: no such file')).toBe('link /a: no such file')
  expect(said('컨테이너에 /quayside-volume/d이(가) 없습니다.')).toBe('컨테이너에 /d이(가) 없습니다.')
})

test('files that are called like the folder of the volume keep their names', () => {
  expect(said('/a/quayside-volume is a folder.')).toBe('/a/quayside-volume is a folder.')
  expect(said('/quayside-volume/quayside-volume is a folder.')).toBe('/quayside-volume is a folder.')
  expect(said('/quayside-volume-2 and /quayside-volume.tar')).toBe(
    '/quayside-volume-2 and /quayside-volume.tar',
  )
})

test('all else of the fault stays, and what is no fault of an engine passes', () => {
  const fault = new EngineError('denied', 'No.', { nextStep: 'Mount /quayside-volume/a.', status: 403 })
  expect(inVolume(fault)).toMatchObject({
    code: 'denied',
    message: 'No.',
    nextStep: 'Mount /a.',
    status: 403,
    cause: fault,
  })
  const other = new Error('/quayside-volume')
  expect(inVolume(other)).toBe(other)
})
