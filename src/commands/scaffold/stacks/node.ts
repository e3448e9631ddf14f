import {
  first,
  foldersWith,
  isWord,
  jsonForm,
  nameOf,
  portIn,
  served,
  syntax,
  within,
  type Folder,
  type Project,
  type Stack,
} from '../project.ts'
import { nodeManager, type Berry, type NodeInstall } from './node-manager.ts'

interface NodeProject extends Project, NodeInstall {
  /** There is something to build before it runs. */
  readonly builds: boolean
  /** The folder's own script builds it. */
  readonly buildsAll: boolean
  /** npm's settings lie in the folder. They may hold passwords: only building may read them. */
  readonly hasSettings: boolean
  /** What starts it is itself one of the packages for developing. */
  readonly startsWithTool: boolean
  /** The packages of a workspace that are built for it, each after those that it needs. */
  readonly order: readonly string[]
}

interface Manifest {
  readonly text: Readonly<Record<string, unknown>>
  readonly scripts: Readonly<Record<string, unknown>>
  readonly main: string
  readonly start: string
}

const read = new WeakMap<Folder, Map<string, Manifest>>()

function manifestOf(folder: Folder, member: string): Manifest {
  const known = read.get(folder) ?? new Map<string, Manifest>()
  read.set(folder, known)
  const found = known.get(member)
  if (found !== undefined) return found
  const text = parsed(folder.text(within(member, 'package.json')))
  const scripts = record(text['scripts'])
  const manifest = {
    text,
    scripts,
    main: words(text['main']),
    start: words(scripts['start']),
  }
  known.set(member, manifest)
  return manifest
}

const locks: readonly (readonly [string, string])[] = [
  ['pnpm', 'pnpm-lock.yaml'],
  ['yarn', 'yarn.lock'],
  ['bun', 'bun.lock'],
  ['bun', 'bun.lockb'],
  ['npm', 'package-lock.json'],
  ['npm', 'npm-shrinkwrap.json'],
]

/** Yarn from its second version on, which another program than the first one's understands. */
function berryOf({ names, text }: Folder, named: string): Berry | undefined {
  const major = /^yarn@(\d+)/.exec(named)?.[1]
  const settings = text('.yarnrc.yml')
  if (settings === undefined && (major === undefined || Number(major) < 2)) return undefined
  const program = /^yarnPath:\s*["']?([\w./-]+)/m.exec(settings ?? '')?.[1]
  const kept = program !== undefined && names.includes(program) ? program : undefined
  const version = Number(/yarn-(\d+)\./.exec(kept ?? '')?.[1] ?? major ?? 4)
  return {
    program: kept,
    isNamed: major !== undefined,
    canFocus: version >= 4 || /workspace-tools/.test(settings ?? ''),
    hasFiles: names.some((name) => /^\.yarn\/(?:releases|plugins|patches)\//.test(name)),
  }
}

/** The folders of a workspace that have a manifest, as its patterns name them. */
function membersOf(folder: Folder): readonly string[] {
  const said = manifestOf(folder, '').text['workspaces']
  const ofNpm = Array.isArray(said) ? (said as readonly unknown[]) : record(said)['packages']
  const patterns = [...(Array.isArray(ofNpm) ? ofNpm : []).map(words), ...ofPnpm(folder)]
    .slice(0, mostPatterns)
    .map((pattern) => pattern.replace(/^(!?)\.\//, '$1').replace(/\/$/, ''))
    .filter((pattern) => pattern !== '')
  const among = (member: string, chosen: readonly string[]): boolean =>
    chosen.some((pattern) => matches(member.split('/'), pattern.split('/')))
  const positive = patterns.filter((pattern) => !pattern.startsWith('!'))
  const negative = patterns.flatMap((pattern) => (pattern.startsWith('!') ? [pattern.slice(1)] : []))
  return foldersWith(folder, /^package\.json$/).filter(
    (member) => member !== '' && among(member, positive) && !among(member, negative),
  )
}

const mostPatterns = 100

/** The list below `packages:` of pnpm's own file. */
function ofPnpm({ text }: Folder): readonly string[] {
  const lines = (text('pnpm-workspace.yaml') ?? '').split(/\r?\n/)
  const begin = lines.findIndex((line) => /^packages:\s*$/.test(line)) + 1
  if (begin === 0) return []
  const end = lines.findIndex((line, at) => at >= begin && /^[^\s#-]/.test(line))
  return lines
    .slice(begin, end === -1 ? undefined : end)
    .flatMap((line) => /^\s*-\s*["']?([^"'\s#]+)/.exec(line)?.[1] ?? [])
}

/** Whether the parts of a path are those of a pattern, whose stars stand for any name, and two of them for any number of names. */
function matches(path: readonly string[], pattern: readonly string[]): boolean {
  const [wanted, ...rest] = pattern
  const [name, ...below] = path
  if (wanted === undefined) return name === undefined
  if (wanted === '**')
    return rest[0] !== '**' && (matches(path, rest) || (name !== undefined && matches(below, pattern)))
  if (name === undefined) return false
  const before = wanted.indexOf('*')
  const isNamed =
    before === -1
      ? name === wanted
      : name.length >= wanted.replaceAll('*', '').length &&
        name.startsWith(wanted.slice(0, before)) &&
        name.endsWith(wanted.slice(wanted.lastIndexOf('*') + 1))
  return isNamed && matches(below, rest)
}

/** The packages of a workspace with something to build that a part needs, each after its own needs; the part itself last. */
function buildOrder(folder: Folder, part: string, members: readonly string[]): readonly string[] {
  const byName = new Map(members.map((member) => [words(manifestOf(folder, member).text['name']), member]))
  const seen = new Set<string>()
  const order: string[] = []
  const visit = (member: string): void => {
    if (seen.has(member)) return
    seen.add(member)
    const { text, scripts } = manifestOf(folder, member)
    for (const name of Object.keys({
      ...record(text['dependencies']),
      ...record(text['devDependencies']),
    })) {
      const needed = byName.get(name)
      if (needed !== undefined) visit(needed)
    }
    const name = words(text['name'])
    if ('build' in scripts && isWord(name)) order.push(name)
  }
  if (part !== '') visit(part)
  return order
}

const sites = ['vite', 'react-scripts', 'astro']

function at(folder: Folder, member: string, members: readonly string[], among: number): NodeProject {
  const { names } = folder
  const root = manifestOf(folder, '')
  const { text, scripts, main, start } = member === '' ? root : manifestOf(folder, member)
  const developing = record(text['devDependencies'])
  const packages = { ...record(text['dependencies']), ...developing }
  // What a range only forbids says nothing of what to build with.
  const range = words(record(root.text['engines'])['node']).replace(/<=?\s*\d+/g, '')
  const major = first(folder, ['.nvmrc', '.node-version'], /^v?(\d+)/) ?? /(\d+)/.exec(range)?.[1]
  const lock = locks.find(([, file]) => names.includes(file))
  const named = words(root.text['packageManager'])
  const manager = lock?.[0] ?? /^(npm|yarn|pnpm|bun)@/.exec(named)?.[1] ?? 'npm'
  const direct = /^node\s+([\w./@-]+)$/.exec(start)?.[1]
  const isStarted = direct === undefined && start !== ''
  const isSite =
    'build' in scripts &&
    main === '' &&
    /^$|^(vite|react-scripts|astro)\b/.test(start) &&
    sites.some((name) => name in packages) &&
    !('@sveltejs/kit' in packages || '@astrojs/node' in packages)
  const place = within(member, '')
  const isCode = (name: string): boolean =>
    name.startsWith(place) && /^(src\/)?(server|app|index|main)\.[cm]?[jt]s$/.test(name.slice(place.length))
  const scripted = names.find((name) => isCode(name) && /js$/.test(name))?.slice(place.length)
  const entry = direct ?? (isWord(main) ? main : (scripted ?? 'index.js'))
  const listens = /(?:\.listen\(\s*|\bPORT\s*(?:\|\||\?\?)\s*|\bport\s*[:=]\s*)["'`]?(\d{2,5})\b/i
  const flag = /(?:\bPORT=|\s(?:-p|--port)[ =])(\d{2,5})\b/.exec(start)?.[1]
  const hasSettings = names.includes(npmrc.file)
  const buildsAll = 'build' in root.scripts
  const order = buildsAll ? [] : buildOrder(folder, member, members)
  return {
    stack: 'node',
    name: nameOf(folder, among === 1 ? '' : member),
    version: major !== undefined && Number(major) >= 4 && Number(major) < 100 ? major : '22',
    port: Number(flag ?? portIn(folder, isCode, listens, isSite ? 8080 : 3000)),
    ...(isSite && { innerPort: 8080 }),
    member,
    manager,
    locked: lock !== undefined,
    berry: manager === 'yarn' ? berryOf(folder, named) : undefined,
    members,
    entry: isSite ? ('react-scripts' in packages ? 'build' : 'dist') : isStarted ? 'start' : entry,
    runner: isSite ? 'site' : isStarted ? 'start' : 'none',
    builds: buildsAll || order.length > 0,
    buildsAll,
    order,
    scripts: ['preinstall', 'install', 'postinstall', 'prepare'].filter((name) => name in root.scripts),
    hasSettings,
    ...(hasSettings && { buildSecrets: [npmrc] }),
    startsWithTool: Object.hasOwn(developing, toolOf(start)),
  }
}

const npmrc = { id: 'npmrc', file: '.npmrc' }

const packagesOfPrograms: Readonly<Record<string, string>> = {
  tsc: 'typescript',
  nest: '@nestjs/cli',
  ng: '@angular/cli',
}

/** The package of the program that a script starts with. */
function toolOf(script: string): string {
  const program = /^(?:\w+=\S+\s+)*(?:cross-env\s+(?:\w+=\S+\s+)*|npx\s+)?([\w.@/-]+)/.exec(script)?.[1] ?? ''
  return packagesOfPrograms[program] ?? program
}

/** The parts of a workspace that something starts, or that are a site. */
function startable(folder: Folder, members: readonly string[]): readonly string[] {
  return members.filter((member) => {
    const { start, scripts, text } = manifestOf(folder, member)
    const packages = {
      ...record(text['dependencies']),
      ...record(text['devDependencies']),
    }
    const hasServer = folder.names.some(
      (name) =>
        name.startsWith(`${member}/`) && /^(src\/)?server\.[cm]?[jt]s$/.test(name.slice(member.length + 1)),
    )
    return (
      start !== '' ||
      hasServer ||
      ('build' in scripts && 'dev' in scripts && sites.some((name) => name in packages))
    )
  })
}

/** The commands that come once all files are there. */
function afterwards(project: NodeProject): string | undefined {
  const { buildsAll, order, runner, startsWithTool } = project
  const { scripts, run, buildParts, prune } = nodeManager(project)
  const steps = [
    ...(project.scripts.length > 0 ? [scripts] : []),
    ...(buildsAll ? [run('build')] : order.length > 0 ? [buildParts(order)] : []),
    ...(runner === 'site' || startsWithTool || prune === undefined ? [] : [prune]),
  ]
  return steps.length === 0 ? undefined : steps.join(' && \\\n    ')
}

export const node: Stack<NodeProject> = {
  id: 'node',
  title: 'Node.js',
  plain: (folder) => at(folder, '', membersOf(folder), 1),
  detect(folder) {
    if (!folder.names.includes('package.json')) return []
    const members = membersOf(folder)
    const parts = startable(folder, members)
    const own = manifestOf(folder, '').start !== '' || parts.length === 0 ? [''] : []
    const found = [...parts, ...own]
    return found.map((member) => at(folder, member, members, found.length))
  },
  dockerfile(project) {
    const { version, manager, entry, port, builds, runner, member, members, startsWithTool } = project
    const hasScripts = project.scripts.length > 0
    const { files, setup, install, production, quiet, cache } = nodeManager(project)
    const image = manager === 'bun' ? 'oven/bun:1-alpine' : `node:${version}-alpine`
    const secret = project.hasSettings ? '--mount=type=secret,id=npmrc,target=/app/.npmrc ' : ''
    const mount = `RUN ${secret}--mount=type=cache,target=${cache} `
    const manifests = [
      ...(secret === '' ? [] : ['# By hand: docker build --secret id=npmrc,src=.npmrc .\n']),
      `COPY ${files} ./\n`,
      ...members.map((each) => `COPY ${each}/package.json ${each}/\n`),
    ].join('')
    const isStaged =
      builds ||
      hasScripts ||
      members.length > 0 ||
      project.berry !== undefined ||
      startsWithTool ||
      runner === 'site'
    const then = afterwards(project)
    const build = `FROM ${image} AS build
WORKDIR /app
${setup}${manifests}${mount}${install}${hasScripts ? ` ${quiet}` : ''}
COPY . .
${then === undefined ? '' : `${mount}${then}\n`}`
    const home = within('/app', member)
    if (runner === 'site') return `${syntax}${build}\n${served(`--from=build ${within(home, entry)}`)}`
    const program = manager === 'bun' ? 'bun' : 'node'
    const command =
      runner !== 'start'
        ? jsonForm(program, entry)
        : manager === 'bun'
          ? jsonForm('bun', 'run', 'start')
          : jsonForm('npm', 'start')
    return `${syntax}${isStaged ? `${build}\n` : ''}FROM ${image}
ENV NODE_ENV=production \\
    PORT=${port}
WORKDIR /app
${
  isStaged
    ? `COPY --from=build --chown=1000:1000 /app .${member === '' ? '' : `\nWORKDIR ${home}`}`
    : `${setup}${manifests}${mount}${install} ${production}\nCOPY --chown=1000:1000 . .`
}
USER 1000
EXPOSE ${port}
CMD ${command}
`
  },
  ignored: ({ builds, berry, hasSettings }) => [
    ...(hasSettings ? [npmrc.file] : []),
    'npm-debug.log*',
    // Without anything that builds it, it is part of the source.
    ...(builds ? ['dist'] : []),
    ...(berry === undefined ? [] : ['.pnp.*', '.yarn/cache', '.yarn/unplugged', '.yarn/install-state.gz']),
    'coverage',
  ],
}

const words = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(text ?? '{}'))
  } catch {
    return {}
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {}
