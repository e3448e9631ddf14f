import type { DockerfileDoc, Instruction } from '../../../../src/language/dockerfile/model.ts'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import { applyEdits, type TextEdit } from '../../../../src/shared/text-range.ts'

/** Puts a Dockerfile into other words that mean the same, or near enough for its findings to stay; nothing where that is not possible. */
export type Placement = (text: string) => readonly string[]

/** Changes each instruction for which there is something to change. */
const each =
  (edit: (instruction: Instruction, doc: DockerfileDoc) => readonly TextEdit[]): Placement =>
  (text) => {
    const doc = parseDockerfile(text)
    const edits = doc.instructions.flatMap((instruction) => edit(instruction, doc))
    return edits.length === 0 ? [] : [applyEdits(text, edits)]
  }

const insert = (at: number, newText: string): TextEdit => ({ range: { start: at, end: at }, newText })
const isOneLine = ({ range }: Instruction, { text }: DockerfileDoc): boolean =>
  !/[\r\n]/.test(text.slice(range.start, range.end))
const isScript = (instruction: Instruction, doc: DockerfileDoc): boolean =>
  instruction.name === 'RUN' &&
  instruction.command?.form === 'shell' &&
  instruction.heredocs.length === 0 &&
  isOneLine(instruction, doc) &&
  instruction.command.text !== ''

/** Ends the line after the keyword, or the one before the last word. */
const continued = (place: 'first' | 'last', between: (index: number) => string): Placement =>
  each((instruction, doc) => {
    const { range, keywordRange, heredocs, index } = instruction
    if (!isOneLine(instruction, doc) || heredocs.length > 0 || instruction.json !== undefined) return []
    const written = doc.text.slice(range.start, range.end)
    const space = place === 'first' ? keywordRange.end - range.start : written.lastIndexOf(' ')
    if (space < keywordRange.end - range.start || /["'#]/.test(written)) return []
    return [insert(range.start + space, ` ${doc.escape}\n${between(index)}   `)]
  })

const simple = {
  'as it stands': (text) => [text],
  'with CRLF': (text) => [text.replaceAll('\n', '\r\n')],
  'without a line break at the end': (text) => [text.replace(/\n+$/, '')],
  'with a byte order mark': (text) => [`\uFEFF${text}`],
  'with a backslash at the end': (text) =>
    text.endsWith('EOF\n')
      ? []
      : [' \\', ' \\\n', ' \\\n# kept0\n'].map((end) => text.replace(/\n+$/, '') + end),
  'in lower case': each(({ keywordRange, keyword }) => [
    { range: keywordRange, newText: keyword.toLowerCase() },
  ]),
  'with tabs': each(({ keywordRange }, { text }) => [
    insert(keywordRange.start, '\t'),
    ...(text[keywordRange.end] === ' '
      ? [{ range: { start: keywordRange.end, end: keywordRange.end + 1 }, newText: '\t\t' }]
      : []),
  ]),
  'with another escape': (text) =>
    /^#/.test(text) || /[`\\](?!\n)/.test(text) ? [] : [`# escape=\`\n${text.replaceAll('\\\n', '`\n')}`],
  'continued after the keyword': continued('first', () => ''),
  'continued before the last word': continued('last', () => ''),
  'with a comment after the keyword': continued('first', (index) => `# kept${index}\n`),
  'with a comment before the last word': continued(
    'last',
    (index) => `  # kept${index}\n\n # kept9${index}\n`,
  ),
  'in ONBUILD': each(({ name, keywordRange }) =>
    ['FROM', 'ONBUILD', 'MAINTAINER'].includes(name) ? [] : [insert(keywordRange.start, 'ONBUILD ')],
  ),
  'twice in a file': (text) => [`${text}${text.startsWith('FROM') ? '' : 'FROM x:1\n'}${text}`],
  'twice in a RUN': each((instruction, doc) =>
    isScript(instruction, doc) && !/["'#$]|<</.test(instruction.command!.text)
      ? [insert(instruction.range.end, ` && ${instruction.command!.text}`)]
      : [],
  ),
  'between other commands': each((instruction, doc) =>
    isScript(instruction, doc) && !instruction.command!.text.includes('#')
      ? [
          insert(instruction.command!.range.start, 'set -eu; X="$Y" '),
          insert(instruction.range.end, ' && echo "$X"'),
        ]
      : [],
  ),
  'with a comment behind': each((instruction, doc) =>
    isScript(instruction, doc) && !instruction.command!.text.includes('#')
      ? [insert(instruction.range.end, ` # kept${instruction.index}`)]
      : [],
  ),
  'with a comment behind that goes on': each((instruction, doc) =>
    isScript(instruction, doc) && !instruction.command!.text.includes('#')
      ? [insert(instruction.range.end, ` # kept${instruction.index} ${doc.escape}\n  and on`)]
      : [],
  ),
  'in a heredoc': each((instruction, doc) =>
    isScript(instruction, doc)
      ? [insert(instruction.command!.range.start, '<<EOS\n'), insert(instruction.range.end, '\nEOS')]
      : [],
  ),
  'as words of the exec form': each((instruction, doc) =>
    isScript(instruction, doc) && !/[^\w ./:=@%+,^-]/.test(instruction.command!.text)
      ? [
          {
            range: instruction.command!.range,
            newText: JSON.stringify(instruction.command!.text.split(/ +/)),
          },
        ]
      : [],
  ),
  'as a script of the exec form': each((instruction, doc) =>
    isScript(instruction, doc)
      ? [
          {
            range: instruction.command!.range,
            newText: JSON.stringify(['/bin/sh', '-c', instruction.command!.text]),
          },
        ]
      : [],
  ),
} satisfies Readonly<Record<string, Placement>>

const both =
  (first: Placement, second: Placement): Placement =>
  (text) =>
    first(text).flatMap(second)

export const placements: Readonly<Record<string, Placement>> = {
  ...simple,
  'with comments inside and CRLF': both(simple['with a comment before the last word'], simple['with CRLF']),
  'with comments inside and another escape': both(
    simple['with another escape'],
    simple['with a comment before the last word'],
  ),
  'in a heredoc of ONBUILD': both(simple['in a heredoc'], simple['in ONBUILD']),
  'in a heredoc with CRLF': both(simple['in a heredoc'], simple['with CRLF']),
  'in a heredoc whose tabs are taken away': both(simple['in a heredoc'], (text) => [
    text.replaceAll('<<EOS\n', '<<-EOS\n\t').replaceAll('\nEOS', '\n\tEOS'),
  ]),
  'between other commands, with tabs': both(simple['between other commands'], simple['with tabs']),
  'in lower case, with a comment behind': both(simple['with a comment behind'], simple['in lower case']),
  'in exec form of ONBUILD, without a line break at the end': both(
    both(simple['as words of the exec form'], simple['in ONBUILD']),
    simple['without a line break at the end'],
  ),
  'in exec form, continued': both(simple['as words of the exec form'], (text) => [
    text.replaceAll('", "', '", \\\n# kept0\n "').replaceAll('","', '",\\\n# kept0\n"'),
  ]),
}
