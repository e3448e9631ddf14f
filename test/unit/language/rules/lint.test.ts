import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../../../src/shared/text-range.ts'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import { parseHadolintConfig } from '../../../../src/language/rules/hadolint-config-file.ts'
import { fixAll, fixAllText, lint, type LintSettings } from '../../../../src/language/rules/lint.ts'
import { silencesOf } from '../../../../src/language/rules/silence.ts'

const found = (text: string, settings: LintSettings = {}, config = ''): string[] =>
  lint(parseDockerfile(text), settings, parseHadolintConfig(config)).map(
    ({ rule, severity }) => `${rule} ${severity}`,
  )

describe('severities', () => {
  test('the defaults, in the order of the text, the louder first', () => {
    expect(found('FROM debian\nRUN sudo a\nRUN b\n')).toEqual([
      'image-without-tag warning',
      'no-sudo warning',
      'consecutive-runs hint',
    ])
  })

  test('the settings count by id and by any alias', () => {
    const text = 'FROM debian\nRUN sudo a\n'
    expect(found(text, { rules: { 'no-sudo': 'off', DL3006: 'error' } })).toEqual(['image-without-tag error'])
    expect(found(text, { rules: { 'healthcheck-missing': 'information' } })).toContain(
      'healthcheck-missing information',
    )
  })

  test('.hadolint.yaml counts below the settings', () => {
    const text = 'FROM debian\nRUN sudo a\n'
    const config = 'ignored:\n  - DL3006\noverride:\n  style:\n    - DL3004\n'
    expect(found(text, {}, config)).toEqual(['no-sudo hint'])
    expect(found(text, { rules: { DL3006: 'error' } }, config)).toEqual([
      'image-without-tag error',
      'no-sudo hint',
    ])
  })

  test('where the names of a rule mean different places, each is set and silenced by its own', () => {
    const text = 'FROM a:1\nCMD b\nCMD c\nENTRYPOINT d\nENTRYPOINT ["e"]\nCMD ["f"]\n'
    const names = (rules: LintSettings['rules'], config = '', content = text): string[] =>
      lint(parseDockerfile(content), { rules: rules ?? {} }, parseHadolintConfig(config))
        .filter(({ rule }) => rule === 'multiple-instructions-disallowed')
        .map(({ aliases, severity }) => `${aliases.join(' ')} ${severity}`)
    const command = 'MultipleInstructionsDisallowed DL4003 warning'
    const entry = 'MultipleInstructionsDisallowed DL4004 warning'
    expect(names({})).toEqual([command, command, entry])
    expect(names({}, 'ignored: [DL4003]')).toEqual([entry])
    expect(names({ DL4004: 'off' })).toEqual([command, command])
    expect(names({}, '', text.replace('CMD b', '# hadolint ignore=DL4004\nCMD b'))).toHaveLength(3)
    expect(names({}, '', `# check=skip=MultipleInstructionsDisallowed\n${text}`)).toEqual([])
    expect(names({ 'multiple-instructions-disallowed': 'off' })).toEqual([])
  })

  test('trusted registries come from both', () => {
    expect(found('FROM a.example/b:1\n', {}, 'trustedRegistries: [c.example]')).toEqual([
      'trusted-registry error',
    ])
    expect(
      found('FROM a.example/b:1\n', { trustedRegistries: ['a.example'] }, 'trustedRegistries: [c.example]'),
    ).toEqual([])
  })

  test('# check= asks for errors and for experimental checks', () => {
    expect(found('# check=error=true\nFROM debian:12 as a\nRUN sudo b\n')).toEqual([
      'from-as-casing error',
      'no-sudo warning',
    ])
    const described = '# x\nFROM debian:12 AS a\n'
    expect(found(described)).toEqual([])
    expect(found(`# check=experimental=all\n${described}`)).toEqual([
      'invalid-definition-description warning',
    ])
  })

  test('the images of the engine and the ignore file reach the rules', () => {
    const text = 'FROM --platform=linux/arm64 alpine:3 AS x-arm64\nCOPY secret.txt /a\n'
    expect(found(text)).toEqual([])
    expect(
      found(text, {
        images: new Map([['alpine:3', 'linux/amd64']]),
        ignoreFile: { bringsBackBelow: () => false, excludes: (path) => path === 'secret.txt' },
      }),
    ).toEqual(['invalid-base-image-platform warning', 'copy-ignored-file warning'])
  })

  test('a broken or hostile .hadolint.yaml is no configuration', () => {
    for (const config of [
      '[',
      'ignored: {',
      '- a',
      '['.repeat(5000),
      'ignored: 5',
      '\u0000',
      'override: [a]',
      'a: *b',
    ])
      expect(parseHadolintConfig(config)).toMatchObject({ strictLabels: false, trustedRegistries: [] })
  })
})

describe('comments that turn rules off', () => {
  const sudo = 'no-sudo warning'
  test.each([
    ['# quayside ignore=no-sudo\nRUN sudo a\n', []],
    ['# quayside ignore=DL3004 it is needed\nRUN sudo a\n', []],
    ['# quayside ignore\nRUN sudo a\n', []],
    ['# quayside ignore=other, no-sudo\nRUN sudo a\n', []],
    ['# quayside ignore=other\nRUN sudo a\n', [sudo]],
    ['# quayside ignore=no-sudo\nRUN true && true && true\nRUN sudo a\n', [sudo]],
    ['# quayside ignore=no-sudo\n# and why\nRUN sudo a\n', []],
    ['RUN true && \\\n  # quayside ignore=no-sudo\n  sudo a && \\\n  sudo b\n', [sudo]],
    ['RUN <<EOF\n# quayside ignore=no-sudo\nsudo a\nEOF\n', []],
    ['RUN sudo a\n# quayside ignore-file=no-sudo\n', []],
    ['# hadolint ignore=DL3004\nRUN sudo a\n', []],
    ['# hadolint ignore=DL3003,DL3004\nRUN sudo a\n', []],
    ['# hadolint ignore=DL3003 DL3004 since it must be, really\nRUN sudo a\n', []],
    ['# hadolint ignore=nonsense,DL3004\nRUN sudo a\n', [sudo]],
    ['#hadolint  ignore = DL3003 , DL3004\nRUN sudo a\n', []],
    ['# hadolint global ignore=DL3004\nRUN sudo a\n', []],
    ['# hadolint stage ignore=DL3004\nRUN sudo a\nFROM debian:12\nRUN sudo a\n', [sudo]],
    ['# check=skip=StageNameCasing\nRUN sudo a\n', [sudo]],
  ])('%s', (text, expected) => {
    expect(found(`FROM debian:12\n${text}`, { rules: { 'unused-stage': 'off' } })).toEqual(expected)
  })

  test('hadolint comments count for nothing when its configuration says so', () => {
    expect(
      found('FROM debian:12\n# hadolint ignore=DL3004\nRUN sudo a\n', {}, 'disable-ignore-pragma: true'),
    ).toEqual([sudo])
  })

  test('# check=skip= spares the file from what BuildKit checks', () => {
    const text = 'FROM debian:12 as A\nMAINTAINER x\nRUN sudo a\n'
    expect(found(`# check=skip=FromAsCasing,StageNameCasing\n${text}`)).toEqual([
      'maintainer-deprecated warning',
      sudo,
    ])
    expect(found(`# check=skip=all\n${text}`)).toEqual([sudo])
    expect(found('FROM debian:12\n# check=skip=MaintainerDeprecated\nMAINTAINER x\n')).toEqual([])
  })

  test.each([
    ['skip=FromAsCasing since it must be', []],
    ['skip=A;skip=FromAsCasing', []],
    ['skip=FromAsCasing;skip=A', ['from-as-casing warning']],
    ['skip=fromascasing', ['from-as-casing warning']],
    ['skip=All', ['from-as-casing warning']],
    ['skip=A, FromAsCasing', ['from-as-casing warning']],
    ['skip=A ;error=true', ['from-as-casing warning']],
    ['skip=A;error=1', ['from-as-casing error']],
    ['error=true and more', ['from-as-casing error']],
  ])('# check=%s is read as BuildKit reads it', (value, expected) => {
    expect(found(`# check=${value}\nFROM debian:12 as a\n`)).toEqual(expected)
  })

  test('an experimental check that is asked for cannot be skipped', () => {
    const text = '# x\nFROM debian:12 AS a\n'
    expect(found(`# check=skip=all;experimental=all;error=true\n${text}`)).toEqual([
      'invalid-definition-description error',
    ])
    expect(found(`# check=experimental=CopyIgnoredFile\n${text}`)).toEqual([])
  })
})

describe('writing those comments', () => {
  const write = (text: string, rule: string): string[] => {
    const doc = parseDockerfile(text)
    const finding = lint(doc).find((candidate) => candidate.rule === rule)!
    return silencesOf(doc, finding).map((fix) => applyEdits(text, fix.edits))
  }

  test('each of them silences the finding', () => {
    for (const [text, rule] of [
      ['FROM debian:12\nRUN sudo a\n', 'no-sudo'],
      ['# syntax=docker/dockerfile:1\n# escape=`\nFROM debian:12 as a\r\n', 'from-as-casing'],
      ['# check=skip=X\nFROM debian:12 as a', 'from-as-casing'],
      ['# check=error=true\nFROM debian:12 as a', 'from-as-casing'],
      ['# check=error=true as agreed\nFROM debian:12 as a', 'from-as-casing'],
      ['# check=skip=X;skip=Y as agreed\nFROM debian:12 as a', 'from-as-casing'],
      ['# check=experimental=all\n# x\nFROM debian:12 AS a', 'invalid-definition-description'],
      ['FROM debian:12\n  # quayside ignore=x\n  RUN sudo a\n', 'no-sudo'],
      ['FROM debian:12\n# hadolint ignore=DL3003\nRUN true; \\\n  sudo a\n', 'no-sudo'],
      ['FROM debian:12\n# hadolint ignore=nonsense\nRUN sudo a\n', 'no-sudo'],
      ['\uFEFFFROM debian\n', 'image-without-tag'],
    ] as const) {
      const results = write(text, rule)
      expect(results.length).toBeGreaterThan(1)
      for (const result of results)
        expect(found(result).filter((name) => name.startsWith(`${rule} `))).toEqual([])
    }
  })

  test('they look as one would write them', () => {
    expect(write('# syntax=docker/dockerfile:1\nFROM debian:12 as a\n', 'from-as-casing')).toEqual([
      '# syntax=docker/dockerfile:1\n# quayside ignore=from-as-casing\nFROM debian:12 as a\n',
      '# syntax=docker/dockerfile:1\n# quayside ignore-file=from-as-casing\nFROM debian:12 as a\n',
      '# syntax=docker/dockerfile:1\n# check=skip=FromAsCasing\nFROM debian:12 as a\n',
    ])
    expect(write('FROM debian:12\n# hadolint ignore=DL3003\nRUN sudo a\n', 'no-sudo')[1]).toBe(
      'FROM debian:12\n# hadolint ignore=DL3003,DL3004\nRUN sudo a\n',
    )
  })
})

describe('fixing all', () => {
  const text = [
    'FROM debian:12 as Build',
    'RUN apt update \\',
    '    && apt install curl',
    'FROM alpine:3',
    'RUN apk add curl',
    'COPY --from=Build /a /b',
    'cmd start now',
    '',
  ].join('\n')
  const fixed = [
    'FROM debian:12 AS build',
    'RUN apt-get update \\',
    '    && apt-get install -y --no-install-recommends curl',
    'FROM alpine:3',
    'RUN apk add --no-cache curl',
    'COPY --from=build /a /b',
    'CMD ["start", "now"]',
    '',
  ].join('\n')

  test('makes every safe change, also those that become possible on the way', () => {
    expect(fixAllText(text)).toBe(fixed)
    expect(fixAllText(fixed)).toBe(fixed)
  })

  test('as one edit of what changes', () => {
    const edits = fixAll(parseDockerfile(text))
    expect(edits).toHaveLength(1)
    expect(applyEdits(text, edits)).toBe(fixed)
    expect(fixAll(parseDockerfile(fixed))).toEqual([])
  })

  test('leaves alone what is silenced', () => {
    const silenced = '# hadolint ignore=DL3019\nFROM alpine:3\n# hadolint ignore=DL3019\nRUN apk add curl\n'
    expect(fixAllText(silenced)).toBe(silenced)
  })
})
