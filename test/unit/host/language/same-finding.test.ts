import { expect, test } from 'vitest'
import { isSameFinding, type PlacedFinding } from '../../../../src/host/language/same-finding.ts'

const finding = (line: number, more: Partial<PlacedFinding>): PlacedFinding => ({
  severity: 0,
  range: { start: { line }, end: { line } },
  ...more,
})
const ours = finding(4, { code: { value: 'yaml-syntax' } })
const key = finding(4, { code: 'unknown-key' })

test('a text that is no YAML is told once, though the YAML extension sees it a line later', () => {
  expect(isSameFinding(ours, finding(5, { source: 'YAML', code: 0 }))).toBe(true)
  expect(isSameFinding(ours, finding(4, { source: 'YAML' }))).toBe(true)
})

test('what the YAML extension says of style, or elsewhere, hides no fault of the text', () => {
  for (const code of ['flowMap', 'flowSeq', 'mapKeyOrder'])
    expect(isSameFinding(ours, finding(4, { source: 'YAML', code }))).toBe(false)
  expect(isSameFinding(ours, finding(4, { source: 'YAML', severity: 3 }))).toBe(false)
  expect(isSameFinding(ours, finding(6, { source: 'YAML' }))).toBe(false)
  expect(isSameFinding(ours, finding(4, { source: 'yaml-schema: Compose Specification' }))).toBe(false)
  expect(isSameFinding(ours, finding(4, { source: 'Quayside' }))).toBe(false)
})

test('only what it says of the schema hides what we say of it', () => {
  expect(isSameFinding(key, finding(4, { source: 'yaml-schema: Compose Specification', severity: 1 }))).toBe(
    true,
  )
  expect(isSameFinding(key, finding(5, { source: 'yaml-schema: Compose Specification' }))).toBe(false)
  expect(isSameFinding(key, finding(4, { source: 'YAML', code: 'flowSeq' }))).toBe(false)
})
