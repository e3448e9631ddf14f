import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import { lint, type LintSettings } from '../../../../src/language/rules/lint.ts'

/** Lines of which each has something to say, alone or for what stands below, above or in another stage. */
const lines = [
  ...[
    'FROM debian:12',
    'FROM debian:12 AS a',
    'FROM alpine:3 AS b',
    'FROM a',
    'FROM b AS c',
    'FROM fedora:40',
  ],
  ...['ARG TAG=12', 'FROM debian:$TAG', 'FROM x-${TAG}', '# escape=`', '# hadolint ignore=DL3008,SC2164'],
  ...['SHELL ["/bin/bash", "-ec"]', 'SHELL ["/bin/sh", "-c"]', 'SHELL ["powershell"]', 'USER root', 'USER a'],
  ...['RUN cd /a; rm -rf b', 'RUN [[ -f a ]] && source b', 'RUN a=`b`', 'RUN cp $x "$y"', 'RUN curl x | sh'],
  ...['RUN apt-get update && apt-get install zip bash', 'RUN apk add zip bash', 'RUN npm ci', 'RUN [ -f a]'],
  ...['RUN <<EOF', 'cd /a', 'make', 'EOF', 'RUN a && \\', '    b # c \\', '# c', '', 'ONBUILD RUN cd /a; b'],
  ...[
    'COPY --from=a /x /y',
    'COPY . .',
    'ENV A=1',
    'ENV B=$A C=$B',
    'CMD ["a"]',
    'LABEL a=b',
    'RUN a 2>&1 >b',
  ],
]
const text = fc.array(fc.constantFrom(...lines), { maxLength: 12 }).map((parts) => `${parts.join('\n')}\n`)
const edit = fc.record({ at: fc.nat(1000), removed: fc.nat(40), inserted: fc.oneof(text, fc.constant('')) })
const settings: LintSettings = {
  rules: {
    'package-per-line': 'information',
    'cache-mount': 'information',
    'shell-unquoted-variable': 'hint',
  },
}

test('what is found after edits is what is found in the text as it is', () => {
  let kept = 0
  fc.assert(
    fc.property(text, text, fc.array(edit, { minLength: 1, maxLength: 3 }), (first, second, edits) => {
      let now = first + second
      let doc = parseDockerfile(now)
      lint(doc, settings)
      for (const { at, removed, inserted } of edits) {
        const start = at % (now.length + 1)
        now = now.slice(0, start) + inserted + now.slice(start + removed)
        const before = doc.instructions[0]
        doc = parseDockerfile(now, doc)
        if (before !== undefined && doc.instructions[0] === before) kept++
        expect(lint(doc, settings)).toEqual(lint(parseDockerfile(now), settings))
      }
    }),
    { seed: 20_261_128, numRuns: 60 },
  )
  expect(kept).toBeGreaterThan(20)
})
