import { t } from '../../../shared/l10n.ts'
import type { Instruction } from '../../dockerfile/model.ts'
import type { ShellCommand } from '../../shell/script.ts'
import { operands } from '../facts/arguments.ts'
import { defineRule } from '../define-rule.ts'
import { copySources, unquote } from '../facts/copy.ts'

const tools = new Set([
  'npm',
  'yarn',
  'pnpm',
  'pip',
  'pip3',
  'poetry',
  'uv',
  'bundle',
  'composer',
  'go',
  'dotnet',
  'mvn',
])

/** The files that tell what a command installs, where it installs what a project depends on. */
function manifestOf({ name, args }: ShellCommand): string | undefined {
  if (!tools.has(name)) return undefined
  const words = operands({ args }).map(({ text }) => text)
  const [verb] = words
  const has = (...texts: string[]): boolean => args.some(({ text }) => texts.includes(text))
  switch (name) {
    case 'npm':
      return verb === 'ci' || ((verb === 'install' || verb === 'i') && words.length === 1 && !has('-g'))
        ? 'package.json package-lock.json'
        : undefined
    case 'yarn':
      return verb === undefined || (verb === 'install' && words.length === 1)
        ? 'package.json yarn.lock'
        : undefined
    case 'pnpm':
      return verb === 'install' || verb === 'i' ? 'package.json pnpm-lock.yaml' : undefined
    case 'pip':
    case 'pip3':
      return verb === 'install' && has('-r', '--requirement') ? 'requirements.txt' : undefined
    case 'poetry':
      return verb === 'install' ? 'pyproject.toml poetry.lock' : undefined
    case 'uv':
      return verb === 'sync' ? 'pyproject.toml uv.lock' : undefined
    case 'bundle':
      return verb === 'install' ? 'Gemfile Gemfile.lock' : undefined
    case 'composer':
      return verb === 'install' ? 'composer.json composer.lock' : undefined
    case 'go':
      return verb === 'mod' && words[1] === 'download' ? 'go.mod go.sum' : undefined
    case 'dotnet':
      return verb === 'restore' ? '*.csproj' : undefined
    case 'mvn':
      return words.some((word) => /^dependency:(go-offline|resolve)$/.test(word)) ? 'pom.xml' : undefined
    default:
      return undefined
  }
}

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
  ],
  *check(_doc, context) {
    let everything: Instruction | undefined
    let installed = false
    for (const instruction of context.all) {
      if (instruction.name === 'FROM') {
        everything = undefined
        installed = false
      }
      const isCopy = instruction.name === 'COPY' || instruction.name === 'ADD'
      if (
        isCopy &&
        !everything &&
        !instruction.flags.some(({ name }) => name === 'from') &&
        rootOf(instruction)
      )
        everything = instruction
      if (instruction.name !== 'RUN' || installed) continue
      for (const command of context.runOf(instruction)?.script.commands ?? []) {
        const manifest = manifestOf(command)
        if (manifest === undefined) continue
        installed = true
        if (everything)
          yield {
            range: rootOf(everything)!,
            message: t(
              'Any change of a file repeats `{0}`. Copy {1} before it, and the rest after.',
              command.name,
              manifest.split(' ').join(', '),
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
