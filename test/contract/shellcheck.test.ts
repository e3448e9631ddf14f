import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { ensureShellCheck } from '../../scripts/hosts/hosts.mjs'
import { shellCheckRunner } from '../../src/host/language/shellcheck.ts'
import type { Diagnostic } from '../../src/language/answers.ts'
import { parseDockerfile } from '../../src/language/dockerfile/parse.ts'
import { contextOf } from '../../src/language/rules/facts/context.ts'
import { pragmasOf } from '../../src/language/rules/pragmas.ts'
import { shellCheckQuestions } from '../../src/language/rules/shellcheck-questions.ts'
import { shellCheckFindings } from '../../src/language/rules/shellcheck.ts'
import { diagnose } from '../../src/language/service.ts'
import { applyEdits } from '../../src/shared/text-range.ts'
import { languageContext, sourceDocument } from '../support/language-context.ts'

/** The real program: what it says of a RUN must be at the place in the Dockerfile that it is about. */

let program = ''
beforeAll(async () => {
  program = join(await ensureShellCheck(), 'shellcheck')
})

const failures: string[] = []
const ask = shellCheckRunner({
  program: () => program,
  failed: (_, { kind, detail }) => void failures.push(`${kind} ${detail}`),
})

/** What ShellCheck finds in the RUN instructions of a Dockerfile. */
async function findings(text: string): Promise<readonly Diagnostic[]> {
  const doc = parseDockerfile(text)
  const pragmas = pragmasOf(doc)
  const found = await Promise.all(
    shellCheckQuestions(doc, contextOf(doc).runs).map(async (question) =>
      shellCheckFindings(question, (await ask(question.request)) ?? '', {}, pragmas),
    ),
  )
  expect(failures).toEqual([])
  return found.flat()
}

/** `SC2086 $B`: the codes with the text that each is about. */
const codes = async (text: string): Promise<string[]> =>
  (await findings(text)).map(({ rule, range }) => `${rule} ${text.slice(range.start, range.end)}`)

describe('ShellCheck finds', () => {
  test.each([
    [
      'behind continuations and comments',
      'FROM x:1\nRUN a && \\\n  # why\n\n  b \\\n    $C d\n',
      ['SC2086 $C'],
    ],
    ['in a word that is continued', 'FROM x:1\nRUN echo $A\\\nB\n', ['SC2086 $A\\\nB']],
    ['with the escape character of the file', '# escape=`\nFROM x:1\nRUN a && `\n  b $C\n', ['SC2086 $C']],
    ['in a heredoc', 'FROM x:1\nRUN <<EOF\na\n\tb $C\nEOF\n', ['SC2086 $C']],
    ['in a heredoc whose tabs go', 'FROM x:1\nRUN <<-EOF\n\ta\n\tb $C\n\tEOF\n', ['SC2086 $C']],
    ['behind characters of two units', 'FROM x:1\nRUN echo 😀 $A 😀\n', ['SC2086 $A']],
    ['in a file with CR LF', 'FROM x:1\r\nRUN a && \\\r\n  b $C\r\n', ['SC2086 $C']],
    [
      'in a heredoc of a file with CR LF',
      'FROM x:1\r\nRUN <<EOF\r\nif a; then\r\n  b $C \\\r\n    $D\r\nfi\r\nEOF\r\n',
      ['SC2086 $C', 'SC2086 $D'],
    ],
    ['in an ONBUILD', 'FROM x:1\nONBUILD RUN a $B\n', ['SC2086 $B']],
    ['behind flags', 'FROM x:1\nRUN --mount=type=cache,target=/c --network=none a $B\n', ['SC2086 $B']],
    ['over a whole command', 'FROM x:1\nRUN a; cd /b; c\n', ['SC2164 cd /b']],
    ['what is no shell code', 'FROM x:1\nRUN if a; then b\n', ['SC1046 if', 'SC1073 if']],
  ])('%s', async (_, text, expected) => {
    expect((await codes(text)).filter((code) => !/^SC(1047|1072)/.test(code)).sort()).toEqual(expected)
  })

  test('nothing in good code', async () => {
    const good = 'FROM debian:12\nARG V=1\nRUN apt-get update && x="$V" && echo "$x"\n'
    expect(await codes(good)).toEqual([])
  })

  test('more than we do: our own findings about shell code give way', async () => {
    const context = languageContext({ shellCheck: (request, signal) => ask(request, signal) })
    const rules: string[][] = []
    for await (const found of diagnose(sourceDocument('FROM x:1\nRUN sudo a $B\n'), context))
      rules.push(found.map(({ rule }) => rule))
    expect(rules).toHaveLength(2)
    const [own, all] = [rules[0]!, rules[1]!]
    expect(own).toEqual(expect.arrayContaining(['no-sudo', 'shell-unquoted-variable']))
    expect(all).toContain('no-sudo')
    expect(all).toContain('SC2086')
    expect(all).not.toContain('shell-unquoted-variable')
  })
})

describe('the dialect is', () => {
  const random = 'echo "$RANDOM"'
  const test_ = '[[ -f a ]] && local b=1'
  test.each([
    ['that of sh', `FROM x:1\nRUN ${random}\n`, ['SC3028 $RANDOM']],
    ['that of SHELL', `FROM x:1\nSHELL ["/bin/bash", "-c"]\nRUN ${random}\n`, []],
    ['that of the stage it builds on', `FROM x:1 AS a\nSHELL ["bash", "-c"]\nFROM a\nRUN ${random}\n`, []],
    [
      'that of sh again in another stage',
      `FROM x:1\nSHELL ["bash", "-c"]\nFROM y:1\nRUN ${random}\n`,
      ['SC3028 $RANDOM'],
    ],
    ['that of the shebang', `FROM x:1\nRUN <<E\n#!/usr/bin/env -S bash -e\n${random}\nE\n`, []],
    ['what a comment says', `FROM x:1\n# hadolint shell=bash\nRUN ${random}\n`, []],
    ['what a directive in the script says', `FROM x:1\nRUN <<E\n# shellcheck shell=bash\n${random}\nE\n`, []],
    ['bash where sh is bash', `FROM fedora:42\nRUN ${random}\n`, []],
    ['what busybox knows', `FROM alpine:3\nRUN ${test_}\n`, ['SC2168 local', 'SC2034 b']],
    [
      'what dash knows',
      'FROM debian:12\nRUN f() { local a=1; echo "$a"; }; f; [[ -f a ]]\n',
      ['SC3010 [[ -f a ]]'],
    ],
    ['none for another language', 'FROM x:1\nSHELL ["pwsh", "-c"]\nRUN Get-A | B $C\n', []],
    ['none for the exec form', 'FROM x:1\nRUN ["a", "$B"]\n', []],
  ])('%s', async (_, text, expected) => {
    expect(await codes(text)).toEqual(expected)
  })

  test('with -e where SHELL or the shebang says so', async () => {
    expect(await codes('FROM x:1\nSHELL ["/bin/bash", "-ec"]\nRUN cd /a; b\n')).toEqual([])
    expect(await codes('FROM x:1\nRUN <<E\n#!/bin/sh -e\ncd /a\nb\nE\n')).toEqual([])
  })
})

test('ARG, ENV and the proxies are known; what a stage does not have is not', async () => {
  const text = 'FROM x:1 AS a\nARG one\nENV two=2 three=3\nFROM a\nRUN echo "$one$two$three$no_proxy"\n'
  expect(await codes(text)).toEqual([])
  expect(await codes('ARG one\nFROM x:1\nRUN echo "$one"\n')).toEqual(['SC2154 $one'])
})

test('comments turn codes off: ours, hadolint’s, and ShellCheck’s own', async () => {
  const run = 'RUN echo $A\n'
  expect(await codes(`FROM x:1\n# hadolint ignore=SC2086\n${run}`)).toEqual([])
  expect(await codes(`FROM x:1\n# quayside ignore=SC2086\n${run}`)).toEqual([])
  expect(await codes(`# hadolint global ignore=SC2086\nFROM x:1\n${run}`)).toEqual([])
  expect(await codes(`FROM x:1\n# shellcheck disable=SC2086\n${run}`)).toEqual([])
  const body = 'FROM x:1\nRUN <<E\n# shellcheck disable=SC2086\necho $A\necho $B\nE\n'
  expect(await codes(body)).toEqual([])
})

test('its fixes are edits of the Dockerfile, after which it is content', async () => {
  const texts = [
    'FROM x:1\nRUN a && \\\n  # why\n  b $C$D \\\n    "$E" $F\n',
    'FROM x:1\r\nRUN <<EOF\r\nb $C\r\nread D\r\nEOF\r\n',
    'FROM x:1\nRUN a; cd /b; c\n',
    'FROM x:1\nRUN 😀 $A; echo $(b $C) `d`\n',
    'FROM x:1\nRUN echo $A\\\nB c\n',
    'FROM x:1\nRUN [ $A = b ] && [ "x$C" = x ]\n',
    'FROM x:1\nSHELL ["/bin/bash", "-c"]\nRUN for a in $(ls $B); do echo $a; done\n',
  ]
  let fixes = 0
  for (const text of texts) {
    const found = await findings(text)
    for (const { rule, range, suggestions } of found) {
      for (const { edits } of suggestions ?? []) {
        fixes++
        const fixed = applyEdits(text, edits)
        const names = (each: string): string[] => parseDockerfile(each).instructions.map(({ name }) => name)
        expect(names(fixed)).toEqual(names(text))
        expect(fixed.match(/\r/g)).toEqual(text.match(/\r/g))
        const before = found.filter((other) => other.rule === rule).length
        const after = (await findings(fixed)).filter((other) => other.rule === rule).length
        expect(`${rule} at ${range.start} of ${text}: ${after}`).toBe(
          `${rule} at ${range.start} of ${text}: ${before - 1}`,
        )
      }
    }
  }
  expect(fixes).toBeGreaterThan(8)
})
