import { randomUUID } from 'node:crypto'
import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/errors.ts'
import type { Container } from '../../engine/model/container.ts'
import { runInContainer } from '../../engine/terminal/run.ts'
import { findShell, type Shell } from '../../engine/terminal/shells.ts'
import { t } from '../../shared/l10n.ts'
import { splitWords } from '../../shared/shell-words.ts'
import { plain } from '../../shared/sinks.ts'
import type { Deps } from '../command.ts'
import { execSession } from './exec-session.ts'
import { execLine, type ExecSettings } from './open-shell.ts'

/** What a command line is to the container: given to its shell, or, where it has none, a program and its arguments. */
export async function commandOf(
  engine: Engine,
  container: string,
  line: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const shell = await findShell(engine, container, signal)
  if (shell !== undefined) return [...shell, runFlag(shell), line]
  const read = splitWords(line)
  const words = 'words' in read ? read.words : []
  if (words.length === 0) throw new EngineError('invalid', t('This is no command line.'))
  return words
}

/** The flag after which a shell takes a whole line. */
const runFlag = (shell: Shell): string => (shell[0] === 'cmd' ? '/c' : '-c')

/** Runs a line to its end and opens what it printed, with its exit code. */
export async function runOnce(
  { engines, ui }: Deps,
  container: Container,
  line: string,
  settings: ExecSettings = {},
): Promise<void> {
  const engine = engines.engine(container.engine)
  const name = plain(container.name, 60)
  const result = await ui.progress(t('Running in {0}…', name), async (_, signal) => {
    const command = await commandOf(engine, container.id, line, signal)
    ui.equivalent(execLine(container.name, [], settings, command))
    return runInContainer(engine, container.id, { command, ...settings }, signal)
  })
  const text = [
    `$ ${line}`,
    t('Exit code: {0}', result.exitCode),
    '',
    result.stdout,
    ...(result.stderr === '' ? [] : [t('— Standard error —'), result.stderr]),
    ...(result.truncated ? [t('(There was more output than is kept here.)')] : []),
  ].join('\n')
  const title = `${name} $ ${plain(line, 40)}`
  await ui.openText({ key: `exec-${randomUUID()}`, title, language: 'log', text })
}

/** Runs a line in a terminal of its own. */
export async function runInTerminal(
  { engines, ui }: Deps,
  container: Container,
  line: string,
  settings: ExecSettings,
): Promise<void> {
  const engine = engines.engine(container.engine)
  const command = await commandOf(engine, container.id, line)
  ui.equivalent(execLine(container.name, ['-it'], settings, command))
  ui.terminal(
    execSession(engine, {
      kind: 'program',
      container: container.id,
      name: `${plain(container.name, 40)} $ ${plain(line, 30)}`,
      session: randomUUID(),
      command,
      ...settings,
    }),
  )
}
