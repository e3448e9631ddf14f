import { t } from '../../../shared/l10n.ts'
import type { ShellArgument } from '../../shell/script.ts'
import type { Report } from '../rule.ts'
import { headRange, operands, subcommand } from './arguments.ts'
import type { DockerfileContext, RunCommand } from './context.ts'

/** A command that installs packages. */
export interface Install extends RunCommand {
  /** The word `install`, `add` … */
  readonly verb: ShellArgument
  readonly packages: readonly ShellArgument[]
}

export interface Installer {
  readonly commands: readonly string[]
  readonly verbs: readonly string[]
  /** Options that take the next word as their value. */
  readonly valueOptions?: readonly string[]
}

export const aptGet: Installer = {
  commands: ['apt-get', 'apt', 'aptitude'],
  verbs: ['install'],
  valueOptions: ['t', 'target-release', 'o', 'option', 'c', 'config-file', 'a', 'host-architecture'],
}
/** What scripts use; `aptitude` asks in its own way. */
export const aptGetOnly: Installer = { ...aptGet, commands: ['apt-get', 'apt'] }
export const apk: Installer = {
  commands: ['apk'],
  verbs: ['add'],
  valueOptions: [
    't',
    'virtual',
    'X',
    'repository',
    'p',
    'root',
    'arch',
    'repositories-file',
    'keys-dir',
    'cache-dir',
    'wait',
  ],
}
export const yum: Installer = {
  commands: ['yum'],
  verbs: ['install', 'groupinstall', 'localinstall', 'reinstall'],
  valueOptions: [
    'c',
    'config',
    'x',
    'exclude',
    'installroot',
    'enablerepo',
    'disablerepo',
    'releasever',
    'setopt',
    'd',
    'e',
  ],
}
export const dnf: Installer = { ...yum, commands: ['dnf', 'microdnf', 'dnf5'] }
export const zypper: Installer = {
  commands: ['zypper'],
  verbs: ['install', 'in'],
  valueOptions: ['r', 'repo', 'from', 't', 'type', 'R', 'root', 'C', 'cache-dir', 'p', 'plus-repo'],
}

const cache = new WeakMap<DockerfileContext, Map<Installer, readonly Install[]>>()

/** The commands of an installer in all runs. */
export function installsOf(context: DockerfileContext, installer: Installer): readonly Install[] {
  let known = cache.get(context)
  if (!known) cache.set(context, (known = new Map()))
  let installs = known.get(installer)
  if (!installs) known.set(installer, (installs = findInstalls(context, installer)))
  return installs
}

function findInstalls(context: DockerfileContext, installer: Installer): Install[] {
  const installs: Install[] = []
  for (const entry of context.commands(...installer.commands)) {
    const install = installIn(entry, installer)
    if (install) installs.push(install)
  }
  return installs
}

/** What a command of an installer installs, if that is what it does. */
export function installIn(entry: RunCommand, installer: Installer): Install | undefined {
  const verb = subcommand(entry.command, ...installer.verbs)
  if (!verb) return undefined
  const packages = operands(entry.command, installer.valueOptions).filter((argument) => argument !== verb)
  return { ...entry, verb, packages }
}

/** One report for each command that names packages without a version. */
export function* unpinned(
  installs: Iterable<Install>,
  isPinned: (name: string) => boolean,
  howTo: string,
): Generator<Report> {
  for (const install of installs) {
    const loose = install.packages.filter(
      ({ text, known }) => (known || !/^\$/.test(text)) && !isPinned(text),
    )
    if (loose.length === 0) continue
    const names = loose.slice(0, 3).map(({ text }) => text)
    const more = loose.length - names.length
    yield {
      range: headRange(install, install.verb),
      message:
        more > 0
          ? t('No version is given for {0} and {1} more. Write {2}.', names.join(', '), more, howTo)
          : t('No version is given for {0}. Write {1}.', names.join(', '), howTo),
    }
  }
}

/** `name-1.2.3`, `name-1.2-3.el9.x86_64`, a file: how rpm packages say their version. */
export function isPinnedRpm(name: string): boolean {
  if (name.endsWith('.rpm')) return true
  const [, ...rest] = name.split('-')
  return rest.some((part) => /^(\d|\$)/.test(part)) && rest.every((part) => /^[\w.~^:+${}]*$/.test(part))
}
