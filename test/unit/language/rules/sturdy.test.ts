import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyEdits } from '../../../../src/shared/text-range.ts'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import { dockerfileRules } from '../../../../src/language/rules/dockerfile/index.ts'
import { contextOf } from '../../../../src/language/rules/facts/context.ts'
import { fixEdits, lint } from '../../../../src/language/rules/lint.ts'
import type { Finding, Level } from '../../../../src/language/rules/rule.ts'
import { silencesOf } from '../../../../src/language/rules/silence.ts'
import { runs } from '../../../support/runs.ts'

const everything: Record<string, Level> = Object.fromEntries(dockerfileRules.map(({ id }) => [id, 'warning']))
const samples = dockerfileRules.flatMap(({ examples }) =>
  examples.map(({ bad }) => bad.replace(/[«»]/g, '')).filter((text) => text.length < 500),
)
const config = {
  ignored: [],
  override: {},
  trustedRegistries: ['docker.io'],
  labelSchema: { a: 'url', b: 'spdx', c: 'semver', d: 'rfc3339' },
  strictLabels: true,
  disableIgnorePragma: false,
} as const

function check(text: string): void {
  const doc = parseDockerfile(text)
  const findings = lint(doc, { rules: everything }, config)
  for (const finding of findings) {
    inside(finding, text)
    for (const fix of [
      ...(finding.fix ? [finding.fix] : []),
      ...(finding.suggestions ?? []),
      ...silencesOf(doc, finding),
    ])
      parseDockerfile(applyEdits(text, fix.edits))
  }
  applyEdits(text, fixEdits(findings))
}

function inside({ range, rule, message }: Finding, text: string): void {
  const lies = range.start >= 0 && range.end >= range.start && range.end <= text.length
  if (!lies || message === '') expect.fail(`${rule}: ${JSON.stringify({ range, message, text })}`)
}

const words = fc.constantFrom(
  'FROM', 'RUN', 'COPY', 'ADD', 'ENV', 'ARG', 'LABEL', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'ONBUILD', 'SHELL', 'EXPOSE', 'USER', 'WORKDIR', 'VOLUME',
  ' ', '\n', '\r\n', '\r', '\\\n', '`\n', '\t', '# ', '# escape=`\n', '# hadolint ignore=DL3000', '# check=skip=all;error=x', 'AS ', 'a:1', 'b ', '--from=', '--mount=type=',
  'cache,target=/', 'secret', '--platform=', '$', '${', '}', ':-', ':?', '"', "'", '[', ']', ',', '<<EOF', 'EOF\n', '=', 'apt-get install ', 'pip install ', 'npm ', 'apk add ',
  '| ', '&& ', '; ', 'if ', 'fi', '$(', ')', 'rm -rf ', 'cd ', 'useradd -u 9999999 ', '/x', '80/tcp', '1-2', '@sha256:', '\u0000', '\ud800', '😀', '__proto__', 'constructor',
) // prettier-ignore

test('random texts: nothing throws, every place lies in the text, every fix can be applied', () => {
  fc.assert(
    fc.property(fc.array(words, { maxLength: 60 }), (list) => check(list.join(''))),
    { seed: 11, numRuns: runs(400) },
  )
})

test('examples cut, doubled and spliced', () => {
  const piece = fc.tuple(fc.constantFrom(...samples), fc.nat(400), fc.nat(400))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 4 }), (pieces) =>
      check(
        pieces.map(([text, from, length]) => text.slice(from % (text.length + 1)).slice(0, length)).join(''),
      ),
    ),
    { seed: 12, numRuns: runs(400) },
  )
})

test.each([
  [
    'stages upon stages',
    (n: number) =>
      Array.from(
        { length: n },
        (_, i) => `FROM ${i === 0 ? 'scratch' : `s${i - 1}`} AS s${i}\nENV A${i}=$B${i}\nRUN a | b\n`,
      ).join(''),
  ],
  ['stages of one name', (n: number) => 'FROM a AS A\nCOPY --from=A x y\n'.repeat(n)],
  [
    'variables',
    (n: number) => `FROM scratch\n${Array.from({ length: n }, (_, i) => `ENV A${i}=$A${i + 1}\n`).join('')}`,
  ],
  ['one long RUN', (n: number) => `FROM a:1\nRUN ${'apt-get install $a `b` && '.repeat(n)}c\n`],
  [
    'one long exec form',
    (n: number) => `FROM a:1\nRUN ["sh", "-c", "${'apt-get install \\"$a\\" && \\\n '.repeat(n)}c"]\n`,
  ],
  [
    'exec form of many words',
    (n: number) => `FROM a:1\nRUN ["apt-get"${', \\\n"install", "a\\u0020b"'.repeat(n)}]\n`,
  ],
  [
    'many exec forms',
    (n: number) => `FROM a:1\n${`RUN ["sh", "-c", "${'apt install a && '.repeat(40)}b"]\n`.repeat(n / 20)}`,
  ],
  [
    'one long ENV',
    (n: number) => `FROM a:1\nENV ${Array.from({ length: n }, (_, i) => `A${i}=$A${i - 1}`).join(' ')}\n`,
  ],
  ['mounts', (n: number) => `FROM scratch\nRUN ${'--mount=type=x,a=b '.repeat(n)}c\n`],
  ['spaces', (n: number) => `FROM a:1\nRUN a # ${' '.repeat(n * 20)}x \\\n b\nENV A=${' '.repeat(n * 20)}\n`],
  ['comments', (n: number) => `${'# hadolint ignore=DL3000\n'.repeat(n)}FROM a\n`],
  ['quotes', (n: number) => `FROM a:1\nRUN ${`"'`.repeat(n * 10)}\nLABEL ${'"'.repeat(n * 10)}\n`],
  [
    'colons',
    (n: number) =>
      `FROM ${'a:'.repeat(n * 10)}\nEXPOSE ${'1:'.repeat(n * 10)}\nCOPY ${'../'.repeat(n * 10)} b\n`,
  ],
] as const)('a large file of %s', (_name, make) => {
  expect(lint(parseDockerfile(make(runs(2_000))), { rules: everything }, config).length).toBeGreaterThan(0)
})

test('no rule changes what it is given', () => {
  const freeze = <T>(value: T): T => {
    if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
      Object.freeze(value)
      for (const inner of Object.values(value)) freeze(inner)
    }
    return value
  }
  const faults: string[] = []
  for (const text of samples) {
    const doc = freeze(parseDockerfile(text))
    const context = contextOf(doc)
    for (const rule of dockerfileRules)
      try {
        void [...rule.check(doc, context)]
      } catch (fault) {
        faults.push(`${rule.id}: ${String(fault)}\n${text}`)
      }
  }
  expect(faults).toEqual([])
})
