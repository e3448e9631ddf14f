import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Diagnostic, Symbol } from '../../../src/language/answers.ts'
import { positionsOf } from '../../../src/language/lsp/positions.ts'
import * as convert from '../../../src/language/lsp/to-lsp.ts'
import type { LanguageId } from '../../../src/language/provider.ts'
import { diagnose, providerOf, quickFixes } from '../../../src/language/service.ts'
import { applyEdits, type TextEdit, type TextRange } from '../../../src/shared/text-range.ts'
import { languageContext, memoryHost, sourceDocument } from '../../support/language-context.ts'
import { dockerfileText } from './dockerfile/arbitrary.ts'
import { runs as thoroughly } from '../../support/runs.ts'

const context = languageContext(
  {
    ...memoryHost({ 'src/a.py': '1', 'b c.txt': '2', '.dockerignore': '*.log', 'x.log': '' }),
    images: () =>
      Promise.resolve([
        { name: 'alpine:3', id: 'sha256:1', size: 1, created: 0, digest: `sha256:${'0'.repeat(64)}` },
      ]),
  },
  { commands: ['quayside.build.dockerfile', 'quayside.build.run'] },
)
const format = { tabSize: 4, insertSpaces: true }

/** Asks everything about one place of a text and checks what comes back. */
async function askAll(languageId: LanguageId, text: string, share: number): Promise<number> {
  const doc = sourceDocument(text, languageId)
  const offset = Math.floor(share * text.length)
  const provider = await providerOf(doc)
  const positions = positionsOf(text)
  let calls = 0
  const inside = ({ start, end }: TextRange): void => {
    if (!(0 <= start && start <= end && end <= text.length))
      throw new Error(`${start}…${end} of ${text.length}`)
  }
  const applies = (edits: readonly TextEdit[]): string => {
    for (const { range } of edits) inside(range)
    return applyEdits(text, edits)
  }
  const call = async <T>(answer: T | Promise<T> | undefined): Promise<T | undefined> => {
    calls++
    return answer
  }

  const found: Diagnostic[] = []
  for await (const each of diagnose(doc, context)) found.splice(0, found.length, ...each)
  for (const each of found) {
    inside(each.range)
    convert.toDiagnostic(each, doc.uri, positions)
  }
  for (const action of quickFixes(doc, provider, { start: 0, end: text.length }, found)) applies(action.edits)
  const hover = await call(provider.hover?.(doc, offset, context))
  if (hover) inside(hover.range)
  const completion = await call(provider.completion?.(doc, offset, context))
  for (const { edit } of completion?.items ?? []) {
    inside(edit.range)
    if (edit.range.end < offset || edit.range.start > offset) throw new Error('the edit is not at the cursor')
  }
  const signature = await call(provider.signatureHelp?.(doc, offset, context))
  for (const { label, parameters } of signature?.signatures ?? [])
    for (const parameter of parameters)
      if (parameter.label[0] > parameter.label[1] || parameter.label[1] > label.length)
        throw new Error('parameter outside')
  for (const { range, uri } of (await call(provider.definition?.(doc, offset, context))) ?? [])
    if (uri === doc.uri) inside(range)
  for (const { range } of (await call(provider.references?.(doc, offset, true, context))) ?? []) inside(range)
  for (const { range } of (await call(provider.highlights?.(doc, offset, context))) ?? []) inside(range)
  const renamable = await call(provider.prepareRename?.(doc, offset, context))
  if (renamable) inside(renamable)
  const renamed = await call(provider.rename?.(doc, offset, 'renamed_1', context))
  if (renamed && 'edits' in renamed) applies(renamed.edits[doc.uri] ?? [])
  for (const { range } of (await call(provider.links?.(doc, context))) ?? []) inside(range)
  for (const symbol of (await call(provider.symbols?.(doc, context))) ?? []) checkSymbol(symbol)
  for (const fold of (await call(provider.folds?.(doc, context))) ?? [])
    if (!(0 <= fold.startLine && fold.startLine < fold.endLine && fold.endLine < positions.lineStarts.length))
      throw new Error('fold')
  for (const ranges of (await call(provider.selections?.(doc, [offset], context))) ?? [])
    for (const [index, range] of ranges.entries()) {
      inside(range)
      const inner = ranges[index - 1]
      if (inner && (inner.start < range.start || inner.end > range.end))
        throw new Error('selections are not nested')
    }
  let end = 0
  const tokens = (await call(provider.tokens?.(doc, context))) ?? []
  for (const { range } of tokens) {
    inside(range)
    if (range.start < end || range.end <= range.start) throw new Error('tokens overlap')
    if (positions.positionAt(range.start).line !== positions.positionAt(range.end).line)
      throw new Error('a token over two lines')
    end = range.end
  }
  if (convert.toTokens(tokens, positions).data.some((number) => number < 0)) throw new Error('tokens go back')
  for (const { at } of (await call(provider.inlayHints?.(doc, { start: 0, end: text.length }, context))) ??
    [])
    inside({ start: at, end: at })
  for (const { range } of (await call(provider.codeLenses?.(doc, context))) ?? []) inside(range)
  for (const { edits } of (await call(
    provider.codeActions?.(doc, { start: offset, end: offset }, context),
  )) ?? [])
    applies(edits)
  applies((await call(provider.format?.(doc, undefined, format, context))) ?? [])
  applies((await call(provider.formatOnType?.(doc, offset, '\n', format, context))) ?? [])
  applies((await call(provider.fixAll?.(doc, context))) ?? [])
  return calls
}

function checkSymbol({ name, range, nameRange, children }: Symbol): void {
  if (name === '') throw new Error('a symbol without a name')
  if (nameRange.start < range.start || nameRange.end > range.end)
    throw new Error('the name is outside its symbol')
  for (const child of children) {
    if (child.range.start < range.start || child.range.end > range.end) throw new Error('a child is outside')
    checkSymbol(child)
  }
}

describe('every handler answers for every text', { timeout: 600_000 }, () => {
  const runs = Number(process.env['QUAYSIDE_FUZZ_RUNS'] ?? thoroughly(250))
  const seed = Number(process.env['QUAYSIDE_FUZZ_SEED'] ?? 5)

  test('of a Dockerfile', async () => {
    let calls = 0
    await fc.assert(
      fc.asyncProperty(dockerfileText, fc.double({ min: 0, max: 1, noNaN: true }), async (text, share) => {
        calls += await askAll('dockerfile', text, share)
      }),
      { seed, numRuns: runs },
    )
    expect(calls).toBeGreaterThanOrEqual(runs * 15)
  })

  test('of an ignore file', async () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab/*?[]\\!#. ^-\n\r') })
    await fc.assert(
      fc.asyncProperty(text, fc.double({ min: 0, max: 1, noNaN: true }), async (each, share) => {
        await askAll('dockerignore', each, share)
      }),
      { seed, numRuns: runs },
    )
  })
})
