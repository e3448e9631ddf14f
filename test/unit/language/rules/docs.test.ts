import { expect, test } from 'vitest'
import { dockerfileEntries, referencesOf, rulePages } from '../../../../src/language/rules/docs.ts'

const pages = rulePages(dockerfileEntries)

test('every rule has a page, a row and an entry in rules.json', () => {
  const json = JSON.parse(pages.get('rules.json')!) as {
    id: string
    aliases: string[]
    severity: string
    fixable: unknown
  }[]
  expect(json.map(({ id }) => `${id}.md`)).toEqual(
    [...pages.keys()].filter((name) => name.endsWith('.md') && name !== 'README.md'),
  )
  for (const { id } of json) expect(pages.get('README.md')).toContain(`[${id}](${id}.md)`)
  expect(json.find(({ id }) => id === 'stage-name-casing')).toEqual({
    id: 'stage-name-casing',
    kind: 'dockerfile',
    aliases: ['StageNameCasing'],
    severity: 'warning',
    fixable: 'safe',
    summary: 'Capital letters in the name of a stage',
  })
})

test('a page says what, why, how to write it and how to silence it', () => {
  const page = pages.get('image-without-tag.md')!
  for (const part of [
    '# image-without-tag',
    '## Why',
    'FROM debian',
    '# quayside ignore=image-without-tag',
    'wiki/DL3006',
  ])
    expect(page).toContain(part)
  expect(page).not.toContain('«')
})

test('addresses follow from the names that others use', () => {
  const rule = {
    id: 'x',
    aliases: ['JSONArgsRecommended', 'DL3025', 'SC2086'],
    severity: 'off',
    summary: '',
    why: '',
    examples: [],
  } as const
  expect(referencesOf(rule)).toEqual([
    'https://docs.docker.com/reference/build-checks/json-args-recommended/',
    'https://github.com/hadolint/hadolint/wiki/DL3025',
    'https://www.shellcheck.net/wiki/SC2086',
  ])
})
