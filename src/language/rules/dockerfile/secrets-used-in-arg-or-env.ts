import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import type { DockerfileDoc, Instruction } from '../../dockerfile/model.ts'
import type { Fix } from '../rule.ts'
import { fixOf, insert, removeInstruction } from '../facts/edits.ts'
import { soundsSecret } from '../facts/secrets.ts'

export default defineRule({
  id: 'secrets-used-in-arg-or-env',
  aliases: ['SecretsUsedInArgOrEnv', 'DL3064'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'ARG or ENV with a name that sounds like a secret',
  why: 'Values of ARG and ENV stay in the history and the configuration of the image, where anyone who has it can read them. A secret mount (`RUN --mount=type=secret,id=…`) leaves no trace; what the container needs when it runs is given to it then.',
  references: ['https://docs.docker.com/build/building/secrets/'],
  examples: [
    {
      bad: 'FROM alpine\nARG «GITHUB_TOKEN»\nENV «DB_PASSWORD»=x A=b «ssh_key»=y\n',
      good: 'FROM alpine\nRUN --mount=type=secret,id=token true\nENV DB_PASSWORD_FILE=/run/secrets/p PUBLIC_KEY=x KEYBOARD=us\n',
      fixed: false,
    },
    {
      bad: 'FROM alpine\nARG «NPM_TOKEN»\nRUN a "$NPM_TOKEN" && \\\n    b $NPM_TOKEN\nRUN c\n',
      good: 'FROM alpine\nRUN --mount=type=secret,id=NPM_TOKEN,env=NPM_TOKEN a "$NPM_TOKEN" && \\\n    b $NPM_TOKEN\nRUN c\n',
    },
  ],
  *check(doc, context) {
    let users: Map<string, Instruction[]> | undefined
    for (const instruction of context.named('ARG', 'ENV')) {
      // What an ARG above the first FROM holds gets into no image.
      if (instruction.stage < 0 && doc.stages.length > 0) continue
      for (const { key, keyRange } of instruction.pairs)
        if (soundsSecret(key)) {
          users ??= usersOf(doc)
          const mount = secretMount(doc, instruction, key, users.get(key) ?? [])
          yield {
            range: keyRange,
            message: t(
              '`{0}` sounds like a secret, and `{1}` puts its value into the image.',
              key,
              instruction.name,
            ),
            ...(mount && { suggestions: [mount] }),
          }
        }
    }
  },
})

/** More uses than this nobody changes by one edit. */
const mostUses = 50

/** The instructions that look at each variable, in the order of the text. */
function usersOf({ instructions }: DockerfileDoc): Map<string, Instruction[]> {
  const users = new Map<string, Instruction[]>()
  for (const instruction of instructions)
    for (const { name } of [...instruction.variables, ...(instruction.trigger?.variables ?? [])]) {
      const list = users.get(name) ?? []
      users.set(name, list)
      if (list.at(-1) !== instruction) list.push(instruction)
    }
  return users
}

/** An ARG that nothing but RUN looks at becomes a secret, which the build is given with `--secret id=…`. */
function secretMount(
  doc: DockerfileDoc,
  { name, pairs, index, stage }: Instruction,
  key: string,
  all: readonly Instruction[],
): Fix | undefined {
  const own = doc.instructions[index]!
  if (name !== 'ARG' || pairs.length !== 1 || own.trigger || !/^\w+$/.test(key)) return undefined
  if (all.length === 0 || all.length > mostUses) return undefined
  const users = all.filter((user) => user.index > index)
  if (users.length === 0 || users.some((user) => user.stage !== stage || user.name !== 'RUN'))
    return undefined
  return fixOf(
    t('Give `{0}` to RUN as a secret', key),
    removeInstruction(doc, own),
    ...users.map(({ keywordRange }) => insert(keywordRange.end, ` --mount=type=secret,id=${key},env=${key}`)),
  )
}
