import { t } from '../../../shared/l10n.ts'
import type { DockerfileDoc } from '../../dockerfile/model.ts'
import type { ShellScript } from '../../shell/script.ts'
import type { ParameterPart } from '../../shell/syntax.ts'
import { defineRule } from '../define-rule.ts'
import type { Run } from '../facts/context.ts'
import { eachRun } from '../facts/each-run.ts'
import { fixOf, insert } from '../facts/edits.ts'
import { isEnvWord } from '../facts/env-words.ts'
import { platformArguments } from '../facts/scopes.ts'
import { shellNodes, splitWords } from '../facts/shell-nodes.ts'
import { isList } from '../facts/word-lists.ts'

export default defineRule({
  id: 'shell-unquoted-variable',
  aliases: ['SC2086'],
  severity: 'hint',
  fixable: 'suggestion',
  summary: 'Variable outside quotes in a command',
  why: 'The shell splits the value at spaces and takes `*` and `?` in it for file names; an empty value is no argument at all. Where a list of words is meant, leave it. Names that say so (`$PHPIZE_DEPS`, `$CFLAGS`), what `apt-mark` and the like have printed, and variables that ENV or the default of an ARG makes one word are let pass.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN rm «$FILE» && cp «${A}»/b c\n',
      good: 'FROM debian:12\nRUN rm "$FILE" && cp "${A}"/b c\n',
    },
    {
      bad: 'FROM debian:12\nRUN a > «$F»\n',
      good: 'FROM debian:12\nRUN a > "$F"\nARG V=1\nARG W=$V\nRUN a $V-${W} && b="$(apt-mark showmanual)" && apt-mark manual $b\n',
    },
    {
      bad: 'FROM debian:12\nRUN a «$*» && b «$1»\n',
      good: 'FROM debian:12\nRUN a "$*" && b "$1"\n',
    },
  ],
  check: eachRun(
    function* (run, doc) {
      for (const part of splitParameters(run)) {
        if (isMeantToSplit(part.name) || isOneWord(doc, run, part.name) || holdsList(run, part.name)) continue
        const range = run.range(part)
        yield {
          range,
          message: t('Without quotes the value of `{0}` is split into words.', part.name),
          suggestions: [fixOf(t('Put it in quotes'), insert(range.start, '"'), insert(range.end, '"'))],
        }
      }
    },
    (run, doc) =>
      splitParameters(run)
        .map(({ name }) => (isOneWord(doc, run, name) ? name : ''))
        .join(' '),
  ),
})

const found = new WeakMap<ShellScript, readonly ParameterPart[]>()

/** The variables whose values the shell splits. */
function splitParameters({ script }: Run): readonly ParameterPart[] {
  const known = found.get(script)
  if (known) return known
  const parts: ParameterPart[] = []
  for (const word of splitWords(shellNodes(script.script)))
    for (const part of word.parts)
      if (
        part.kind === 'parameter' &&
        !part.length &&
        !/^[?#$!]$/.test(part.name) &&
        !/^:?\+$/.test(part.operator)
      )
        parts.push(part)
  found.set(script, parts)
  return parts
}

/** `$PHPIZE_DEPS`, `$CFLAGS`: a list of words that quotes would make one. */
const isMeantToSplit = (name: string): boolean =>
  /(?:DEPS|DEPENDENCIES|PACKAGES|PKGS|FLAGS|OPTS|OPTIONS|ARGS|MODULES|EXTENSIONS)$/i.test(name)

/** `a="$(apt-mark showmanual)"`. */
function holdsList({ script }: Run, name: string): boolean {
  if (!/^\w+$/.test(name)) return false
  const assigned = new RegExp(`(?<![\\w$])${name}="?(\\$\\(|\`)`).exec(script.text)
  return assigned !== null && isList(script.text.slice(assigned.index).replace(/^\w+="?/, ''))
}

/** A variable of BuildKit's platform, of ENV or of ARG, of which the script itself makes nothing else. */
function isOneWord(doc: DockerfileDoc, { instruction, script }: Run, name: string): boolean {
  if (!platformArguments.includes(name) && !isEnvWord(doc, instruction, name)) return false
  // `make V=$V` makes nothing else of it.
  return !new RegExp(`(?<![\\w$]|\\$\\{)${name}(?!\\w|="?\\$\\{?${name}\\b)`).test(script.text)
}
