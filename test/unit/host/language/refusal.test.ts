import { expect, test } from 'vitest'
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node.js'
import { isEngineError } from '../../../../src/engine/errors.ts'
import { refusalIn } from '../../../../src/host/language/refusal.ts'

test('a project in quarantine is refused in the words of the server, where it is asked for', () => {
  const words = 'The language server once ended while it read these compose files: they are left alone.'
  const fault = refusalIn(new ResponseError(LSPErrorCodes.RequestFailed, words))
  expect(isEngineError(fault)).toBe(true)
  expect(fault).toMatchObject({ code: 'unsupported', message: words })
})

test.each([
  new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled'),
  new ResponseError(-32603, 'an internal fault'),
  new Error('the connection is gone'),
  'a word',
])('what is no refusal stays the fault that it is: %s', (fault) => expect(refusalIn(fault)).toBe(fault))
