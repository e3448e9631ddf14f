import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import { lineAt } from '../../../../src/language/dockerfile/lines.ts'
import { fixAllText, lint } from '../../../../src/language/rules/lint.ts'

const folder = 'test/unit/language/rules/fixtures'
const filesIn = (name: string): string[] =>
  readdirSync(`${folder}/${name}`).filter((file) => file.endsWith('.Dockerfile'))

/** `12:5 warning no-sudo sudo`, one line for each finding. */
function print(text: string): string[] {
  const doc = parseDockerfile(text)
  return lint(doc).map(({ range, rule, severity, message }) => {
    const line = lineAt(doc.lineStarts, range.start)
    const column = range.start - doc.lineStarts[line]! + 1
    return `${line + 1}:${column} ${severity} ${rule}: ${message}`
  })
}

describe('files as good as people write them', () => {
  test.each(filesIn('good'))('%s is silent', (file) => {
    const text = readFileSync(`${folder}/good/${file}`, 'utf8')
    expect(parseDockerfile(text).problems).toEqual([])
    // Hints are shown as three dots at most, and in no list.
    expect(print(text).filter((line) => !line.includes(' hint '))).toEqual([])
    expect(fixAllText(text)).toBe(text)
  })
})

describe('files with faults', () => {
  test.each(filesIn('bad'))('%s: what is found, and what fixing all makes of it', async (file) => {
    const text = readFileSync(`${folder}/bad/${file}`, 'utf8')
    await expect(`${print(text).join('\n')}\n`).toMatchFileSnapshot(
      `fixtures/bad/${file.replace('.Dockerfile', '.findings.txt')}`,
    )
    await expect(fixAllText(text)).toMatchFileSnapshot(
      `fixtures/bad/${file.replace('.Dockerfile', '.fixed.txt')}`,
    )
    expect(fixAllText(fixAllText(text))).toBe(fixAllText(text))
  })
})
