import { expect, test } from 'vitest'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import { fixAllText, lint } from '../../../../src/language/rules/lint.ts'

/** `rule «place»` for each finding about what a RUN in exec form does. */
function found(run: string): string[] {
  const text = `FROM debian:12\n${run}\n`
  return lint(parseDockerfile(text)).map(
    ({ rule, range }) => `${rule} «${text.slice(range.start, range.end)}»`,
  )
}

const fixed = (run: string): string =>
  fixAllText(`FROM debian:12\n${run}\n`).slice('FROM debian:12\n'.length, -1)

test.each([
  ['RUN ["apt", "update"]', ['use-apt-get «apt»', 'apt-lists-left «apt", "update»']],
  ['RUN [ "sudo" , "id" ]', ['no-sudo «sudo»']],
  ['ONBUILD RUN ["cd", "/x y"]', ['cd-instead-of-workdir «cd", "/x y"»']],
  ['RUN ["pip", "install", "-r", "a"]', ['pip-no-cache «pip", "install»']],
  ['RUN ["sh", "-c", "pip install -r a"]', ['pip-no-cache «pip install»']],
  ['RUN ["bash", "-ec", "true \\"x\\" && pip install -r \'a\'"]', ['pip-no-cache «pip install»']],
  // No shell: nothing is replaced, joined or split.
  ['RUN ["echo", "$x", "&&", "cd", "/x", "|", "sh"]', []],
  ['RUN ["echo", "sudo id", "it\'s"]', []],
  ['RUN ["PIP=1", "pip", "install", "x"]', []],
  ['RUN ["pwsh", "-c", "cd /x"]', []],
  ['RUN []', []],
])('what the rules find in %s', (run, expected) => {
  expect(found(run)).toEqual(expected)
})

test.each([
  [
    'RUN ["apt-get","-q", "install","x"]',
    'RUN ["apt-get","-q", "install", "-y", "--no-install-recommends","x"]',
  ],
  ['RUN ["apt", "remove", "x"]', 'RUN ["apt-get", "remove", "x"]'],
  [
    'RUN ["sh", "-c", "apt-get update && apt-get install -y --no-install-recommends \\"x\\" # y"]',
    'RUN ["sh", "-c", "apt-get update && apt-get install -y --no-install-recommends \\"x\\" && rm -rf /var/lib/apt/lists/* # y"]',
  ],
  [
    'RUN ["apt-get", \\\n  # why\n  "update"]\nRUN [ \\\n  "apt", "install", \\\n  "-y", "x"]',
    'RUN ["apt-get", \\\n  # why\n  "update"]\nRUN [ \\\n  "apt-get", "install", "--no-install-recommends", \\\n  "-y", "x"]',
  ],
  // A second command is no word of the first.
  ['RUN ["yum", "install", "-y", "x-1"]', 'RUN ["yum", "install", "-y", "x-1"]'],
  // What is inside quotes cannot be split.
  ['RUN ["pip", "\\u0069nstall", "-r", "a"]', 'RUN ["pip", "\\u0069nstall", "-r", "a"]'],
])('what fixing all makes of %s', (run, expected) => {
  expect(fixed(run)).toBe(expected)
})
