import { describe, expect, test } from 'vitest'
import { applyEdits } from '../../../../src/shared/text-range.ts'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import { contextOf } from '../../../../src/language/rules/facts/context.ts'
import { lint } from '../../../../src/language/rules/lint.ts'
import { pragmasOf } from '../../../../src/language/rules/pragmas.ts'
import { shellCheckQuestions } from '../../../../src/language/rules/shellcheck-questions.ts'
import { shellCheckFindings, withoutShellRules } from '../../../../src/language/rules/shellcheck.ts'

const ask = (text: string) => {
  const doc = parseDockerfile(text)
  return { doc, questions: shellCheckQuestions(doc, contextOf(doc).runs) }
}

/** An answer in ShellCheck's form about a piece of the script, with quotes around it as the fix. */
function answer(script: string, needle: string, code: number, level = 'info'): string {
  const at = script.lastIndexOf(needle)
  const line = script.slice(0, at).split('\n').length
  const column = at - script.lastIndexOf('\n', at - 1)
  const endColumn = column + needle.length
  const place = (from: number, to: number) => ({ line, endLine: line, column: from, endColumn: to })
  const replacements = [
    { ...place(column, column), insertionPoint: 'afterEnd', precedence: 7, replacement: '"' },
    { ...place(endColumn, endColumn), insertionPoint: 'beforeStart', precedence: 7, replacement: '"' },
  ]
  return JSON.stringify({
    comments: [
      { file: '-', ...place(column, endColumn), level, code, message: 'Quote it.', fix: { replacements } },
    ],
  })
}

describe('what ShellCheck is asked', () => {
  test('the script without continuations and comments, after the names that ARG and ENV set', () => {
    const { questions } = ask('FROM x:12 AS a\nARG B\nFROM a\nENV C=1\nRUN echo \\\n  # why\n  $B\nENV D=1\n')
    expect(questions).toHaveLength(1)
    const { script, shell } = questions[0]!.request
    expect(shell).toBe('sh')
    expect(script).toMatch(/^export HTTP_PROXY=1 .* B=1 C=1\necho {3}\$B$/)
    expect(questions[0]!.preamble).toEqual({ at: 0, length: script.indexOf('echo') })
  })

  test('about no more scripts than are wanted', () => {
    const doc = parseDockerfile('FROM a:1\nRUN a\nRUN b\nRUN c\n')
    const questions = shellCheckQuestions(doc, contextOf(doc).runs, 2)
    expect(questions.map(({ run }) => run.script.text)).toEqual(['a', 'b'])
  })

  test('in the dialect of SHELL, and nothing about other shells or the exec form', () => {
    expect(ask('FROM a:1\nSHELL ["/bin/bash", "-c"]\nRUN b\n').questions[0]!.request.shell).toBe('bash')
    expect(ask('FROM a:1\nSHELL ["pwsh", "-c"]\nRUN b\n').questions).toEqual([])
    expect(ask('FROM a:1\nRUN ["b"]\nRUN <<EOF\n#!/usr/bin/python3\nb\nEOF\n').questions).toEqual([])
  })
})

describe('what becomes of its answer', () => {
  const found = (text: string, needle: string, code = 2086) => {
    const { doc, questions } = ask(text)
    const [question] = questions
    const output = answer(question!.request.script, needle, code)
    return shellCheckFindings(question!, output, {}, pragmasOf(doc)).map((finding) => ({
      ...finding,
      at: text.slice(finding.range.start, finding.range.end),
      fixed: applyEdits(text, finding.suggestions![0]!.edits),
    }))
  }

  test('a finding at the exact place, with the fix', () => {
    const text = 'FROM a:1\nRUN b && \\\n    # c\n    echo $D\n'
    expect(found(text, '$D')).toMatchObject([
      { rule: 'SC2086', severity: 'information', at: '$D', fixed: text.replace('$D', '"$D"') },
    ])
  })

  test('in a heredoc, behind tabs and characters outside the basic plane', () => {
    const text = 'FROM a:1\nRUN <<EOF\na\n\techo 😀 $D\nEOF\n'
    // ShellCheck counts the smiley as one.
    const { questions } = ask(text)
    const { script } = questions[0]!.request
    const output = JSON.parse(answer(script, '$D', 2086)) as {
      comments: {
        column: number
        endColumn: number
        fix: { replacements: { column: number; endColumn: number }[] }
      }[]
    }
    for (const place of [output.comments[0]!, ...output.comments[0]!.fix.replacements]) {
      place.column--
      place.endColumn--
    }
    const [finding] = shellCheckFindings(questions[0]!, JSON.stringify(output))
    expect(text.slice(finding!.range.start, finding!.range.end)).toBe('$D')
    expect(applyEdits(text, finding!.suggestions![0]!.edits)).toBe(text.replace('$D', '"$D"'))
  })

  test('what it tells as a point marks the whole word or character there', () => {
    for (const word of ['fi', '😀']) {
      const text = `FROM a:1\nRUN <<EOF\na ${word} b\nEOF\n`
      const { questions } = ask(text)
      const place = { line: 2, endLine: 2, column: 3, endColumn: 3 }
      const output = JSON.stringify({ comments: [{ ...place, level: 'error', code: 1072, message: 'No.' }] })
      const [finding] = shellCheckFindings(questions[0]!, output)
      expect(text.slice(finding!.range.start, finding!.range.end)).toBe(word)
    }
  })

  test('comments and settings turn codes off', () => {
    expect(found('FROM a:1\n# hadolint ignore=SC2086\nRUN echo $D\n', '$D')).toEqual([])
    expect(found('FROM a:1\n# shellcheck disable=SC2086,SC2000\nRUN echo $D\n', '$D')).toEqual([])
    const { questions } = ask('FROM a:1\nRUN echo $D\n')
    const output = answer(questions[0]!.request.script, '$D', 2086)
    expect(shellCheckFindings(questions[0]!, output, { SC2086: 'off' })).toEqual([])
    expect(shellCheckFindings(questions[0]!, output, { SC2086: 'error' })).toMatchObject([
      { severity: 'error' },
    ])
  })

  test('what is said about the preamble is not for the user, and nonsense is nothing', () => {
    const { questions } = ask('FROM a:1\nRUN echo $D\n')
    expect(
      shellCheckFindings(questions[0]!, answer(questions[0]!.request.script, 'NO_PROXY=1', 2034)),
    ).toEqual([])
    for (const output of [
      '',
      '[]',
      '{',
      'null',
      '{"comments":5}',
      '{"comments":[null,{"line":1},{"line":9,"endLine":99,"column":1,"endColumn":1,"code":1,"level":"info","message":"x"}]}',
    ])
      expect(shellCheckFindings(questions[0]!, output)).toEqual([])
  })

  test('our own findings about that shell code give way', () => {
    const text = 'FROM a:1\nRUN rm $D | sudo e\n'
    const doc = parseDockerfile(text)
    const rules = (list: readonly { rule: string }[]) => list.map(({ rule }) => rule)
    expect(rules(lint(doc))).toContain('shell-unquoted-variable')
    const left = rules(withoutShellRules(lint(doc), [doc.instructions[1]!]))
    expect(left).not.toContain('shell-unquoted-variable')
    expect(left).toEqual(expect.arrayContaining(['no-sudo', 'pipefail']))
  })
})
