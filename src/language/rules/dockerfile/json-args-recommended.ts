import { t } from '../../../shared/l10n.ts'
import type { Instruction } from '../../dockerfile/model.ts'
import { defineRule } from '../define-rule.ts'
import { looksLikeArray } from '../facts/broken-array.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { shellScriptOf } from '../../shell/script.ts'
import { staticText } from '../../shell/commands.ts'
import type { DockerfileDoc } from '../../dockerfile/model.ts'
import type { Fix } from '../rule.ts'

export default defineRule({
  id: 'json-args-recommended',
  aliases: ['JSONArgsRecommended', 'DL3025'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'CMD or ENTRYPOINT in shell form although no SHELL is set',
  why: 'In shell form the program runs below `/bin/sh -c`, which is process 1 and passes no signals on: `docker stop` then waits and kills. An ENTRYPOINT in shell form also ignores CMD and the arguments of `docker run`. Where a shell is wanted, a SHELL instruction says so.',
  references: ['https://docs.docker.com/reference/dockerfile/#shell-and-exec-form'],
  examples: [
    {
      bad: 'FROM alpine\n«CMD» my-server --port 80\n',
      good: 'FROM alpine\nCMD ["my-server", "--port", "80"]\n',
    },
    { bad: 'FROM alpine\n«ENTRYPOINT» run "a b"\n', good: 'FROM alpine\nENTRYPOINT ["run", "a b"]\n' },
    {
      bad: 'FROM alpine\nSHELL ["/bin/sh", "-c"]\nCMD a\nFROM alpine\n«CMD» b\n',
      good: 'FROM alpine\nSHELL ["/bin/sh", "-c"]\nCMD a\nFROM alpine\nCMD ["b"]\n',
    },
    {
      bad: 'FROM alpine\n«CMD» echo $HOME && a\n',
      good: 'FROM alpine\nCMD ["sh", "-c", "echo $HOME && exec a"]\n',
      fixed: false,
    },
    { bad: "FROM alpine\n«CMD» ['a', 'b']\n", good: 'FROM alpine\nCMD ["a", "b"]\n' },
  ],
  *check(doc, context) {
    for (const instruction of context.named('CMD', 'ENTRYPOINT')) {
      if (
        instruction.command?.form === 'exec' ||
        instruction.json?.state === 'notStrings' ||
        context.shellAt(instruction).explicit
      )
        continue
      const fix = jsonForm(doc, instruction)
      yield {
        range: instruction.keywordRange,
        message: looksLikeArray(instruction)
          ? t('This is no JSON array, so a shell runs it as plain text.')
          : t(
              'A JSON array lets `{0}` run its program without a shell in between, so that it receives signals.',
              instruction.name,
            ),
        ...(fix && { fix }),
      }
    }
  },
})

/** The JSON array, where the shell would do no more than split the words. */
function jsonForm(doc: DockerfileDoc, instruction: Instruction): Fix | undefined {
  const { command } = instruction
  if (!command) return undefined
  const words = quotedArray(command.text) ?? plainWords(doc, instruction)
  if (!words) return undefined
  const array = `[${words.map((word) => JSON.stringify(word)).join(', ')}]`
  return fixOf(t('Write as a JSON array'), replace(command.range, array))
}

/** An array that is none only because of its single quotes. */
function quotedArray(text: string): string[] | undefined {
  if (!/^\[\s*'[^'"\\]*'(\s*,\s*'[^'"\\]*')*\s*\]$/.test(text)) return undefined
  return [...text.matchAll(/'([^']*)'/g)].map((match) => match[1]!)
}

function plainWords(doc: DockerfileDoc, instruction: Instruction): string[] | undefined {
  if (instruction.comments.length > 0 || instruction.heredocs.length > 0) return undefined
  const script = shellScriptOf(doc, instruction)
  const chain = script?.script.chains[0]
  const command = chain?.pipelines[0]?.commands[0]
  if (!script || !chain || script.problems.length > 0 || script.script.chains.length > 1) return undefined
  if (chain.pipelines.length > 1 || chain.pipelines[0]!.commands.length > 1 || chain.terminator === '&')
    return undefined
  if (command?.kind !== 'simple' || command.assignments.length > 0 || command.redirects.length > 0)
    return undefined
  const words = command.words.map((word) => {
    const text = staticText(word)
    const bare = word.parts.some(
      (part) => part.kind === 'literal' && part.quote === 'none' && /[*?[\]{}~]/.test(part.value),
    )
    return bare ? undefined : text
  })
  // What only a shell knows cannot be run without one.
  if (builtins.has(words[0] ?? '')) return undefined
  return words.every((word) => word !== undefined) ? words : undefined
}

const builtins = new Set([
  '',
  '.',
  ':',
  '[',
  'alias',
  'bg',
  'cd',
  'command',
  'eval',
  'exec',
  'exit',
  'export',
  'fg',
  'jobs',
  'read',
  'set',
  'shift',
  'source',
  'trap',
  'type',
  'ulimit',
  'umask',
  'unset',
  'wait',
])
