import { randomUUID } from 'node:crypto'
import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/errors.ts'
import type { Container } from '../../engine/model/container.ts'
import { findShell, type Shell } from '../../engine/terminal/shells.ts'
import { t } from '../../shared/l10n.ts'
import { maskWords } from '../../shared/masking.ts'
import { plain } from '../../shared/sinks.ts'
import { commandLine } from '../../shared/shell-words.ts'
import type { Deps } from '../command.ts'
import type { TerminalSession } from '../ui.ts'
import { execSession } from './exec-session.ts'

/** How a program is run in a container, beside the program itself. */
export interface ExecSettings {
  readonly user?: string
  readonly workingDir?: string
  /** `NAME=value` each. */
  readonly env?: readonly string[]
  readonly privileged?: boolean
}

/** Opens the best shell of a running container in a terminal. */
export async function openShell(
  deps: Deps,
  container: Container,
  settings: ExecSettings = {},
): Promise<void> {
  deps.ui.terminal(await shellSession(deps, container, settings))
}

/** The best shell of a running container, as a terminal that has not been opened yet. */
export async function shellSession(
  { engines, ui }: Deps,
  { engine: id, id: container, name }: Pick<Container, 'engine' | 'id' | 'name'>,
  settings: ExecSettings = {},
  more: { readonly greeting?: string; readonly signal?: AbortSignal } = {},
): Promise<TerminalSession> {
  const engine = engines.engine(id)
  if (engine.info === undefined) await engine.connect(more.signal)
  const shell = await shellOf(engine, container, name, more.signal)
  ui.equivalent(execLine(name, ['-it'], settings, shell))
  return execSession(engine, {
    kind: 'shell',
    container,
    name: plain(name, 60),
    session: randomUUID(),
    command: shell,
    ...settings,
    ...(more.greeting === undefined ? {} : { greeting: more.greeting }),
  })
}

async function shellOf(
  engine: Engine,
  container: string,
  name: string,
  signal: AbortSignal | undefined,
): Promise<Shell> {
  const shell = await findShell(engine, container, signal)
  if (shell === undefined)
    throw new EngineError('unsupported', t('The container {0} has no shell.', plain(name)), {
      nextStep: t('Run one of its programs with “Run Command in Container”, or look at its files.'),
    })
  return shell
}

/** The line that does the same with the docker program, for the log: secrets in its words are hidden. */
export function execLine(
  container: string,
  flags: readonly string[],
  { user, workingDir, env, privileged }: ExecSettings,
  command: readonly string[],
): string {
  const words = [
    'docker',
    'exec',
    ...flags,
    ...(user === undefined ? [] : ['-u', user]),
    ...(workingDir === undefined ? [] : ['-w', workingDir]),
    ...(env ?? []).flatMap((entry) => ['-e', entry]),
    ...(privileged === true ? ['--privileged'] : []),
    container,
    ...command,
  ]
  return commandLine(maskWords(words))
}
