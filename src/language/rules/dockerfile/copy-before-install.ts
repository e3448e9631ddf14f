import { t } from '../../../shared/l10n.ts'
import type { DockerfileDoc, Instruction } from '../../dockerfile/model.ts'
import { copiesFromContext, resolvePath, workdirAt } from '../../dockerfile/paths.ts'
import type { ShellCommand } from '../../shell/script.ts'
import { defineRule } from '../define-rule.ts'
import { operands } from '../facts/arguments.ts'
import { copyDestination, copySources, unquote } from '../facts/copy.ts'
import { dependencyLists } from '../facts/dependency-lists.ts'

export default defineRule({
  id: 'copy-before-install',
  aliases: [],
  severity: 'information',
  summary: 'Everything is copied before the dependencies are installed',
  why: 'Each change of any file then installs all dependencies anew. Copy the files that list them first, install, then copy the rest: the cache keeps the installation while the lists stay the same.',
  references: ['https://docs.docker.com/build/cache/optimize/'],
  examples: [
    {
      bad: 'FROM node:20-slim\nWORKDIR /app\nCOPY «.» .\nRUN npm ci\n',
      good: 'FROM node:20-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY . .\n',
    },
    {
      bad: 'FROM python:3-slim\nCOPY «./» /app/\nRUN cd /app && pip install -r requirements.txt\n',
      good: 'FROM python:3-slim\nCOPY --from=a . /app/\nRUN pip install -r requirements.txt\n',
    },
    {
      bad: 'FROM node:20-slim\nWORKDIR /app\nCOPY «.» .\nWORKDIR web\nRUN npm ci\n',
      good: 'FROM node:20-slim\nWORKDIR /app\nCOPY . .\nRUN cd /opt/tool && npm ci\n',
    },
  ],
  *check(doc, context) {
    let everything: Instruction | undefined
    let installed = false
    for (const instruction of context.all) {
      if (instruction.name === 'FROM') {
        everything = undefined
        installed = false
      }
      if (!everything && copiesFromContext(instruction) && rootOf(instruction)) everything = instruction
      if (instruction.name !== 'RUN' || installed) continue
      let folder = workdirAt(doc, instruction)
      for (const command of context.runOf(instruction)?.script.commands ?? []) {
        if (command.name === 'cd') folder = entered(folder, command)
        const lists = dependencyLists(command)
        if (lists === undefined) continue
        installed = true
        const files = everything && copiedFrom(doc, everything, folder, lists)
        if (everything && files)
          yield {
            range: rootOf(everything)!,
            message: t(
              'Any change of a file repeats `{0}`. Copy {1} before it, and the rest after.',
              command.name,
              files.join(', '),
            ),
            related: [{ range: instruction.keywordRange, message: t('Installed here.') }],
          }
        break
      }
    }
  },
})

const rootOf = (instruction: Instruction) =>
  copySources(instruction).find(({ text }) => /^(\.|\.\/|\/|\*|\.\/\*)$/.test(unquote(text)))?.range

/** The folder after a `cd`; undefined where only the run knows it. */
function entered(folder: string | undefined, { args }: ShellCommand): string | undefined {
  const [to] = operands({ args })
  return to?.known === true ? resolvePath(folder ?? '', to.text, folder === undefined) : undefined
}

/**
 * The files as the build context has them, of which all was copied; as they are named where the text does not tell in what folder
 * that is, undefined where they are not of the context.
 */
function copiedFrom(
  doc: DockerfileDoc,
  copy: Instruction,
  folder: string | undefined,
  files: readonly string[],
): readonly string[] | undefined {
  const workdir = workdirAt(doc, copy)
  const target = resolvePath(workdir ?? '', unquote(copyDestination(copy)?.text ?? ''), workdir === undefined)
  if (target === undefined) return files
  const root = target.endsWith('/') ? target : `${target}/`
  const found = files.map((file) => {
    const path = resolvePath(folder ?? '', file, folder === undefined)
    if (path === undefined) return file
    return path.startsWith(root) ? path.slice(root.length) : undefined
  })
  return found.every((path) => path !== undefined) ? found : undefined
}
