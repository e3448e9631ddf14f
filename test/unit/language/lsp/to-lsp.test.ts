import { expect, test } from 'vitest'
import type { CompletionList } from '../../../../src/language/answers.ts'
import { positionsOf } from '../../../../src/language/lsp/positions.ts'
import { toCompletion } from '../../../../src/language/lsp/to-lsp.ts'

const text = 'FROM node\n'
const list = (wordEnd?: number): CompletionList => ({
  incomplete: false,
  items: [
    {
      label: 'nginx',
      kind: 'image',
      edit: { range: { start: 5, end: 6 }, newText: 'nginx' },
      ...(wordEnd !== undefined && { wordEnd }),
    },
  ],
})
const range = (start: number, end: number) => ({
  start: { line: 0, character: start },
  end: { line: 0, character: end },
})

test.each([
  [true, 9, { newText: 'nginx', insert: range(5, 6), replace: range(5, 9) }],
  [true, undefined, { newText: 'nginx', range: range(5, 6) }],
  [false, 9, { newText: 'nginx', range: range(5, 6) }],
])('a word is replaced where the client can choose (%s, to %s)', (canReplace, wordEnd, expected) => {
  const [item] = toCompletion(list(wordEnd), positionsOf(text), canReplace).items
  expect(item?.textEdit).toEqual(expected)
})
