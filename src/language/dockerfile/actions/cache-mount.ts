import { t } from '../../../shared/l10n.ts'
import type { TextEdit } from '../../../shared/text-range.ts'
import type { CodeAction } from '../../answers.ts'
import { documentRange, shellScriptOf, type ShellCommand } from '../../shell/script.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'

interface Cache {
  readonly tool: string
  readonly commands: readonly string[]
  /** The first argument must be one of these; empty: any. */
  readonly verbs: readonly string[]
  readonly targets: readonly string[]
  readonly locked?: true
  /** Options that turn the cache off. */
  readonly without?: readonly string[]
}

const caches: readonly Cache[] = [
  {
    tool: 'pip',
    commands: ['pip', 'pip3'],
    verbs: ['install', 'wheel', 'download'],
    targets: ['/root/.cache/pip'],
    without: ['--no-cache-dir', '--no-cache'],
  },
  {
    tool: 'uv',
    commands: ['uv'],
    verbs: ['sync', 'pip'],
    targets: ['/root/.cache/uv'],
    without: ['--no-cache'],
  },
  { tool: 'npm', commands: ['npm'], verbs: ['ci', 'install', 'i'], targets: ['/root/.npm'] },
  { tool: 'yarn', commands: ['yarn'], verbs: [], targets: ['/usr/local/share/.cache/yarn'] },
  {
    tool: 'pnpm',
    commands: ['pnpm'],
    verbs: ['install', 'i', 'fetch'],
    targets: ['/root/.local/share/pnpm/store'],
  },
  {
    tool: 'go',
    commands: ['go'],
    verbs: ['build', 'install', 'test', 'mod'],
    targets: ['/go/pkg/mod', '/root/.cache/go-build'],
  },
  {
    tool: 'cargo',
    commands: ['cargo'],
    verbs: ['build', 'install', 'fetch'],
    targets: ['/usr/local/cargo/registry'],
  },
  { tool: 'maven', commands: ['mvn', './mvnw'], verbs: [], targets: ['/root/.m2'] },
  { tool: 'gradle', commands: ['gradle', './gradlew'], verbs: [], targets: ['/root/.gradle'] },
  {
    tool: 'dotnet',
    commands: ['dotnet'],
    verbs: ['restore', 'build', 'publish'],
    targets: ['/root/.nuget/packages'],
  },
  {
    tool: 'composer',
    commands: ['composer'],
    verbs: ['install', 'update'],
    targets: ['/root/.composer/cache'],
  },
  {
    tool: 'apk',
    commands: ['apk'],
    verbs: ['add', 'upgrade'],
    // In `/var/cache/apk` it keeps its index only, packages where this folder is.
    targets: ['/etc/apk/cache'],
    locked: true,
    without: ['--no-cache'],
  },
]

/** Keeps what a package manager downloads from build to build, in a cache mount. */
export function cacheMount(doc: DockerfileDoc, instruction: Instruction): CodeAction | undefined {
  if (instruction.name !== 'RUN' || instruction.command?.form !== 'shell') return undefined
  const script = shellScriptOf(doc, instruction)
  if (script === undefined || script.problems.length > 0) return undefined
  const mounts = instruction.flags.flatMap(({ name, value }) => (name === 'mount' && value ? [value] : []))
  for (const command of script.commands) {
    const cache = caches.find((each) => uses(command, each))
    if (cache === undefined || mounts.some((mount) => holds(mount, cache))) continue
    const flags = cache.targets.map(
      (target) => `--mount=type=cache,target=${target}${cache.locked ? ',sharing=locked' : ''}`,
    )
    const at = instruction.keywordRange.end
    const edits: TextEdit[] = [{ range: { start: at, end: at }, newText: ` ${flags.join(' ')}` }]
    for (const { text, word } of command.args) {
      if (cache.without?.includes(text) !== true) continue
      const { start, end } = documentRange(script, word)
      if (doc.text[start - 1] === ' ') edits.push({ range: { start: start - 1, end }, newText: '' })
    }
    return { title: t('Cache what {0} downloads', cache.tool), kind: 'refactor.rewrite', edits }
  }
  return undefined
}

function uses({ name, args }: ShellCommand, { commands, verbs }: Cache): boolean {
  if (!commands.includes(name)) return false
  return verbs.length === 0 || verbs.includes(args.find(({ text }) => !text.startsWith('-'))?.text ?? '')
}

/** Whether a mount already keeps what the tool downloads: at its folder or above, or at another one by its name. */
function holds(mount: string, { tool, targets }: Cache): boolean {
  const target = /(?:^|,)(?:target|dst|destination)=([^,]+)/.exec(mount)?.[1]?.replace(/\/$/, '') ?? ''
  const named = new RegExp(`(?<![a-z])${tool}(?![a-z])`)
  return (
    targets.some((each) => each === target || each.startsWith(`${target}/`)) ||
    (/(?:^|,)type=cache(?:,|$)/.test(mount) && named.test(mount))
  )
}
