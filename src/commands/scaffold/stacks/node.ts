import { first, isWord, nameOf, portIn, type Folder, type Stack } from '../project.ts'
import { nodeDockerfile, type NodeProject } from './node-dockerfile.ts'
import { buildScript, madeFolders, productOf } from './node-framework.ts'
import type { Berry } from './node-manager.ts'
import { nodeWords } from './node-start.ts'
import { nodeVersionFor, usualNode } from './node-version.ts'
import { buildOrder, manifestOf, membersOf, record, words } from './node-workspace.ts'

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

/** Where the code says that it listens. */
const listens = /(?:\.listen\(\s*|\bPORT["'`]?\]?\)?\s*(?:\|\||\?\?)\s*|\bport\s*[:=]\s*)["'`]?(\d{2,5})\b/i

/** The versions of Node that are kept long, as nvm calls them. */
const longKept: Readonly<Record<string, number>> = { hydrogen: 18, iron: 20, jod: 22, krypton: 24 }

function versionOf(folder: Folder): string {
  const files = ['.nvmrc', '.node-version']
  const named =
    first(folder, files, /^v?(\d+)/) ??
    longKept[first(folder, files, /^lts\/(\w+)/) ?? ''] ??
    first(folder, ['.tool-versions'], /^node(?:js)?[ \t]+v?(\d+)/m)
  const range = words(record(manifestOf(folder, '').text['engines'])['node'])
  const version = Number(named ?? nodeVersionFor(range))
  return String(version >= 4 && version < 100 ? version : usualNode)
}

/** The file that is started when no script says so. */
function entryOf(folder: Folder, member: string, manager: string): string | undefined {
  const { text, scripts, main } = manifestOf(folder, member)
  const place = member === '' ? '' : `${member}/`
  const source = manager === 'bun' ? /[jt]s$/ : /js$/
  const found = folder.names
    .filter((name) => isCode(name, place) && source.test(name))
    .map((name) => name.slice(place.length))[0]
  const dev = /^bun\s+(?:run\s+)?(?:--(?:hot|watch)\s+)*([\w./-]+\.[cm]?[jt]sx?)$/.exec(
    words(scripts['dev']),
  )?.[1]
  const named = manager === 'bun' ? [main, words(text['module']), dev ?? ''] : [main]
  return named.find(isWord) ?? found
}

const isCode = (name: string, place: string): boolean =>
  name.startsWith(place) && /^(src\/)?(server|app|index|main)\.[cm]?[jt]s$/.test(name.slice(place.length))

/** How a script is called where it starts the image. */
function call(manager: string, script: string, options: readonly string[] = []): readonly string[] {
  if (manager === 'bun') return ['bun', 'run', script, ...options]
  const rest = options.length === 0 ? [] : ['--', ...options]
  return [...(script === 'start' ? ['npm', 'start'] : ['npm', 'run', script]), ...rest]
}

export function nodeAt(
  folder: Folder,
  member: string,
  members: readonly string[],
  among: number,
): NodeProject {
  const { names } = folder
  const root = manifestOf(folder, '')
  const { text, scripts, main, startName, start } = manifestOf(folder, member)
  const developing = record(text['devDependencies'])
  const packages = { ...record(text['dependencies']), ...developing }
  const lock = locks.find(([, file]) => names.includes(file))
  const named = words(root.text['packageManager'])
  const manager = lock?.[0] ?? /^(npm|yarn|pnpm|bun)@/.exec(named)?.[1] ?? 'npm'
  const flag = /(?:\bPORT=|\s(?:-p|--port)[ =])(\d{2,5})\b/.exec(start)?.[1]
  const place = member === '' ? '' : `${member}/`
  const said = Number(flag ?? portIn(folder, (name) => isCode(name, place), listens, 0))
  const product = productOf({
    ...{ packages, scripts, start, main, member },
    port: said || 3000,
    has: (path) => names.some((name) => name.startsWith(`${place}${path}/`)),
    text: (name) => folder.text(`${place}${name}`),
  })
  const isSite = product?.kind === 'site'
  const direct = product?.kind === 'program' ? product.words : nodeWords(start)
  const script =
    product?.kind === 'script' ? product.script : direct === undefined && start !== '' ? startName : undefined
  const own = direct === undefined ? entryOf(folder, member, manager) : undefined
  const node = direct ?? [own ?? 'index.js']
  const hasSettings = names.includes(npmrc.file)
  // A folder that is built by another script's name is built where that makes a site of it.
  const builder = member === '' && isSite ? buildScript(root.scripts) : 'build'
  const buildsAll = builder !== undefined && builder in root.scripts
  const order = buildsAll ? [] : buildOrder(folder, member, members)
  return {
    stack: 'node',
    name: nameOf(folder, among === 1 ? '' : member),
    version: versionOf(folder),
    port: said || (isSite ? 8080 : 3000),
    ...(isSite && { innerPort: 8080 }),
    member,
    manager,
    locked: lock !== undefined,
    berry: manager === 'yarn' ? berryOf(folder, named) : undefined,
    members,
    entry: isSite ? product.folder : (script ?? node.join(' ')),
    runner: isSite ? 'site' : script === undefined ? 'none' : 'start',
    hasOnlyTools: product === undefined && start === '' && own === undefined,
    product,
    command:
      script === undefined
        ? [manager === 'bun' ? 'bun' : 'node', ...node]
        : call(manager, script, product?.kind === 'script' ? product.options : []),
    made: madeFolders(packages),
    builds: buildsAll || order.length > 0,
    buildsAll,
    builder: builder ?? 'build',
    order,
    scripts: ['preinstall', 'install', 'postinstall', 'prepare'].filter((name) => name in root.scripts),
    hasSettings,
    ...(hasSettings && { buildSecrets: [npmrc] }),
    libraries: 'prisma' in packages || '@prisma/client' in packages ? ['openssl'] : [],
    startsWithTool: script !== undefined && Object.hasOwn(developing, toolOf(words(scripts[script]))),
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
    const { start, scripts } = manifestOf(folder, member)
    const hasServer = folder.names.some(
      (name) =>
        name.startsWith(`${member}/`) && /^(src\/)?server\.[cm]?[jt]s$/.test(name.slice(member.length + 1)),
    )
    return (
      start !== '' ||
      hasServer ||
      ('dev' in scripts && nodeAt(folder, member, members, 1).product !== undefined)
    )
  })
}

export const node: Stack<NodeProject> = {
  id: 'node',
  title: 'Node.js',
  plain: (folder) => nodeAt(folder, '', membersOf(folder), 1),
  detect(folder) {
    if (!folder.names.includes('package.json')) return []
    const members = membersOf(folder)
    const parts = startable(folder, members)
    const own = manifestOf(folder, '').start !== '' || parts.length === 0 ? [''] : []
    const found = [...parts, ...own]
    return found.map((member) => nodeAt(folder, member, members, found.length))
  },
  dockerfile: nodeDockerfile,
  ignored: ({ builds, berry, hasSettings, made, members }) => [
    ...(hasSettings ? [npmrc.file] : []),
    'npm-debug.log*',
    // Pages of a site.
    ...(made.some((name) => /_site|vitepress/.test(name)) ? ['!*.md'] : []),
    // Without anything that builds it, it is part of the source.
    ...(builds
      ? [
          members.length > 0 ? '**/dist' : 'dist',
          ...made.map((name) => (members.length > 0 && !name.startsWith('**/') ? `**/${name}` : name)),
        ]
      : []),
    ...(berry === undefined ? [] : ['.pnp.*', '.yarn/cache', '.yarn/unplugged', '.yarn/install-state.gz']),
    'coverage',
  ],
}
