import { foldersWith, isWord, within, type Folder } from '../project.ts'
import { startScript } from './node-start.ts'

/** What `package.json` says. */
export interface Manifest {
  readonly text: Readonly<Record<string, unknown>>
  readonly scripts: Readonly<Record<string, unknown>>
  readonly main: string
  /** The name of the script that starts it where it is used, and the script. */
  readonly startName: string
  readonly start: string
}

const read = new WeakMap<Folder, Map<string, Manifest>>()

export function manifestOf(folder: Folder, member: string): Manifest {
  const known = read.get(folder) ?? new Map<string, Manifest>()
  read.set(folder, known)
  const found = known.get(member)
  if (found !== undefined) return found
  const text = parsed(folder.text(within(member, 'package.json')))
  const scripts = record(text['scripts'])
  const startName = startScript(scripts)
  const manifest = {
    text,
    scripts,
    main: words(text['main']),
    startName,
    start: words(scripts[startName]),
  }
  known.set(member, manifest)
  return manifest
}

/** The folders of a workspace that have a manifest, as its patterns name them. */
export function membersOf(folder: Folder): readonly string[] {
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
export function buildOrder(folder: Folder, part: string, members: readonly string[]): readonly string[] {
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

export const words = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(text ?? '{}'))
  } catch {
    return {}
  }
}

export const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {}
