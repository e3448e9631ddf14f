import { expect, test } from 'vitest'
import { BuildProblems } from '../../../../src/commands/build/build-problem.ts'

const dockerfile = 'FROM busybox\nARG NAME=x\nRUN echo one\nRUN echo $NAME && \\\n  false\n'
function after(output: string, error?: string) {
  const problems = new BuildProblems(dockerfile)
  for (const line of output.split('\n')) problems.push(line)
  return problems.result(error)
}

test('BuildKit names the line and the reason', () => {
  const output = `#5 ERROR: process "/bin/sh -c false" did not complete successfully: exit code: 1
------
 > [3/3] RUN false:
------
Dockerfile:4
--------------------
   3 |     RUN echo one
   4 | >>> RUN echo $NAME && \\
--------------------
ERROR: failed to build: failed to solve: process "/bin/sh -c echo $NAME && false" did not complete successfully: exit code: 1`
  expect(after(output)).toEqual({
    line: 4,
    message: 'process "/bin/sh -c echo $NAME && false" did not complete successfully: exit code: 1',
  })
})

test('a Dockerfile that cannot be parsed', () => {
  expect(after('ERROR: failed to solve: dockerfile parse error on line 2: unknown instruction: FOO')).toEqual(
    { line: 2, message: 'dockerfile parse error on line 2: unknown instruction: FOO' },
  )
})

test('the classic builder tells the step by its number', () => {
  const output =
    'Step 3/4 : RUN echo one\n ---> Running in 1\nStep 4/4 : RUN echo x &&   false\n ---> Running in 2'
  expect(after(output, 'The command returned a non-zero code: 1')).toEqual({
    line: 4,
    message: 'The command returned a non-zero code: 1',
  })
})

test('a build that worked has no problem', () =>
  expect(after('#1 DONE 0.1s\nStep 1/1 : FROM busybox')).toBeUndefined())
