import { randomUUID } from 'node:crypto'
import type { Engine } from '../engine/engine.ts'
import { EngineError } from '../engine/errors.ts'
import type { Container } from '../engine/model/container.ts'
import { runInContainer } from '../engine/terminal/run.ts'
import { findShell } from '../engine/terminal/shells.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { commandLine } from '../shared/shell-words.ts'
import { attachSession } from './terminal/attach-session.ts'
import { execSession } from './terminal/exec-session.ts'

/** Opens the best shell of a running container in a terminal. */
export async function openShell(
  { engines, ui }: Deps,
  container: Container,
  options: { readonly user?: string; readonly workingDir?: string } = {},
): Promise<void> {
  const engine = engines.engine(container.engine)
  const shell = await shellOf(engine, container)
  const name = plain(container.name, 60)
  ui.equivalent(commandLine(['docker', 'exec', '-it', ...flags(options), container.name, ...shell]))
  ui.terminal(
    execSession(engine, { container: container.id, name, session: randomUUID(), command: shell, ...options }),
  )
}

async function shellOf(engine: Engine, container: Container): Promise<readonly string[]> {
  const shell = await findShell(engine, container.id)
  if (shell === undefined)
    throw new EngineError('unsupported', t('The container {0} has no shell.', plain(container.name)), {
      nextStep: t('Run one of its programs with “Run Command in Container”, or look at its files.'),
    })
  return shell
}

function flags({
  user,
  workingDir,
  env,
  privileged,
}: {
  readonly user?: string
  readonly workingDir?: string
  readonly env?: readonly string[]
  readonly privileged?: boolean
}): string[] {
  return [
    ...(user === undefined ? [] : ['-u', user]),
    ...(workingDir === undefined ? [] : ['-w', workingDir]),
    ...(env ?? []).flatMap((entry) => ['-e', entry]),
    ...(privileged === true ? ['--privileged'] : []),
  ]
}

const openShellCommand = nodeCommand({
  id: 'containers.openShell',
  title: 'Open Shell in Container',
  icon: 'terminal',
  on: ['container+running'],
  place: { group: '2_terminal@1', inline: true },
  async run(deps, nodes) {
    for (const { container } of nodes) await openShell(deps, container)
  },
})

const openShellWithOptions = nodeCommand({
  id: 'containers.openShellWithOptions',
  title: 'Open Shell as User or in Folder…',
  icon: 'terminal',
  on: ['container+running'],
  place: { group: '2_terminal@2' },
  many: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const title = t('Shell in {0}', plain(node.container.name, 60))
    const user = await deps.ui.input({
      title,
      prompt: t('User, or user:group; empty takes the one of the image'),
      placeholder: 'root',
    })
    if (user === undefined) return
    const workingDir = await deps.ui.input({
      title,
      prompt: t('Folder in the container; empty takes the one of the image'),
      placeholder: '/app',
      validate: (value) =>
        value === '' || value.startsWith('/') || /^[a-z]:\\/i.test(value)
          ? undefined
          : t('An absolute path is needed, such as /app.'),
    })
    if (workingDir === undefined) return
    await openShell(deps, node.container, {
      ...(user === '' ? {} : { user }),
      ...(workingDir === '' ? {} : { workingDir }),
    })
  },
})

const runCommand = nodeCommand({
  id: 'containers.exec',
  title: 'Run Command in Container…',
  icon: 'play-circle',
  on: ['container+running'],
  place: { group: '2_terminal@3' },
  many: false,
  async run({ engines, ui }, [node]) {
    if (node === undefined) return
    const { container } = node
    const engine = engines.engine(container.engine)
    const name = plain(container.name, 60)
    const line = await ui.input({
      title: t('Run in {0}', name),
      prompt: t('Command line for the shell of the container; its output opens beside its exit code'),
      placeholder: 'env',
    })
    if (line === undefined || line.trim() === '') return
    const shell = await shellOf(engine, container)
    ui.equivalent(commandLine(['docker', 'exec', container.name, ...shell, '-c', line]))
    const result = await ui.progress(t('Running in {0}…', name), (_, signal) =>
      runInContainer(engine, container.id, { command: [...shell, '-c', line] }, signal),
    )
    const text = [
      `$ ${line}`,
      t('Exit code: {0}', result.exitCode),
      '',
      result.stdout,
      ...(result.stderr === '' ? [] : [t('— Standard error —'), result.stderr]),
      ...(result.truncated ? [t('(There was more output than is kept here.)')] : []),
    ].join('\n')
    await ui.openText({
      key: `exec-${randomUUID()}`,
      title: `${name} $ ${plain(line, 40)}`,
      language: 'log',
      text,
    })
  },
})

const attach = nodeCommand({
  id: 'containers.attach',
  title: 'Attach to Container',
  icon: 'plug',
  on: ['container+running'],
  place: { group: '2_terminal@4' },
  async run({ engines, ui }, nodes) {
    for (const { container } of nodes) {
      ui.equivalent(commandLine(['docker', 'attach', container.name]))
      ui.terminal(attachSession(engines.engine(container.engine), container.id, plain(container.name, 60)))
    }
  },
})

export const terminalCommands: readonly Command[] = [
  openShellCommand,
  openShellWithOptions,
  runCommand,
  attach,
]
