import type { ShellCommand } from '../../shell/script.ts'
import { hasOption, operands, valuesOf } from './arguments.ts'

interface Tool {
  /** Options that name the folder it works in. */
  readonly folder: readonly string[]
  /** Further options with a value. */
  readonly values?: readonly string[]
  /** The files that tell what this command installs; undefined where it is not what a project depends on. */
  readonly lists: (command: ShellCommand, words: readonly string[]) => readonly string[] | undefined
}

const when = (is: boolean, ...files: string[]): readonly string[] | undefined => (is ? files : undefined)

const pip: Tool = {
  folder: [],
  lists(command, [verb]) {
    const files = valuesOf(command, 'r', 'requirement')
    if (verb !== 'install' || files.length === 0) return undefined
    const here = [...files, ...valuesOf(command, 'c', 'constraint')].filter((file) => !/^\w+:\/\//.test(file))
    return here.length === 0 ? undefined : here
  },
}

const tools: ReadonlyMap<string, Tool> = new Map<string, Tool>([
  [
    'npm',
    {
      folder: ['prefix', 'C'],
      lists: (command, [verb, ...more]) =>
        when(
          verb === 'ci' ||
            ((verb === 'install' || verb === 'i') && more.length === 0 && !hasOption(command, 'g', 'global')),
          'package.json',
          'package-lock.json',
        ),
    },
  ],
  [
    'yarn',
    {
      folder: ['cwd'],
      lists: (_, [verb, ...more]) =>
        when(verb === undefined || (verb === 'install' && more.length === 0), 'package.json', 'yarn.lock'),
    },
  ],
  [
    'pnpm',
    {
      folder: ['dir', 'C'],
      lists: (_, [verb]) => when(verb === 'install' || verb === 'i', 'package.json', 'pnpm-lock.yaml'),
    },
  ],
  ['pip', pip],
  ['pip3', pip],
  [
    'poetry',
    {
      folder: ['directory', 'project', 'C', 'P'],
      lists: (_, [verb]) => when(verb === 'install', 'pyproject.toml', 'poetry.lock'),
    },
  ],
  [
    'uv',
    {
      folder: ['directory', 'project'],
      lists: (_, [verb]) => when(verb === 'sync', 'pyproject.toml', 'uv.lock'),
    },
  ],
  [
    'bundle',
    {
      folder: [],
      values: ['gemfile'],
      lists(command, [verb]) {
        const file = valuesOf(command, 'gemfile')[0] ?? 'Gemfile'
        return when(verb === 'install', file, `${file}.lock`)
      },
    },
  ],
  [
    'composer',
    {
      folder: ['working-dir', 'd'],
      lists: (_, [verb]) => when(verb === 'install', 'composer.json', 'composer.lock'),
    },
  ],
  [
    'go',
    {
      folder: ['C'],
      lists: (_, [verb, what]) => when(verb === 'mod' && what === 'download', 'go.mod', 'go.sum'),
    },
  ],
  [
    'dotnet',
    {
      folder: [],
      lists: (_, [verb, project = '']) =>
        when(verb === 'restore', /\.\w*(proj|slnx?)$/.test(project) ? project : join(project, '*.csproj')),
    },
  ],
  [
    'mvn',
    {
      folder: [],
      values: ['f', 'file'],
      lists(command, words) {
        const file = valuesOf(command, 'f', 'file')[0] ?? ''
        return when(
          words.some((word) => /^dependency:(go-offline|resolve)$/.test(word)),
          file.endsWith('.xml') ? file : join(file, 'pom.xml'),
        )
      },
    },
  ],
])

const join = (folder: string, path: string): string =>
  folder === '' || path.startsWith('/') ? path : `${folder.replace(/\/$/, '')}/${path}`

/** The files that tell what a command installs, as they are named from the folder that it is run in. */
export function dependencyLists(command: ShellCommand): readonly string[] | undefined {
  const tool = tools.get(command.name)
  if (tool === undefined) return undefined
  const { folder, values = [] } = tool
  const words = operands(command, [...folder, ...values]).map(({ text }) => text)
  const within = valuesOf(command, ...folder)[0] ?? ''
  return tool.lists(command, words)?.map((file) => join(within, file))
}
