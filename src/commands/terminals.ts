import { t } from '../shared/l10n.ts'
import { commandLine } from '../shared/shell-words.ts'
import { plain } from '../shared/sinks.ts'
import { batch } from './batch.ts'
import { nodeCommand, type Command } from './command.ts'
import { attachSession } from './terminal/attach-session.ts'
import { askExec, askFolder, askUser } from './terminal/exec-form.ts'
import { openShell } from './terminal/open-shell.ts'
import { runInTerminal, runOnce } from './terminal/run-line.ts'

const openShellCommand = nodeCommand({
  id: 'containers.openShell',
  title: 'Open Shell in Container',
  icon: 'terminal',
  on: ['container+running'],
  place: { group: '2_terminal@1', inline: true },
  async run(deps, nodes) {
    const [first] = nodes
    if (first !== undefined && nodes.length === 1) return openShell(deps, first.container)
    await batch(deps.ui, {
      title: t('Opening shells'),
      failed: t('Could not open a shell in'),
      items: nodes,
      nameOf: ({ container }) => container.name,
      task: ({ container }) => openShell(deps, container),
    })
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
    const user = await askUser(deps.ui, title)
    if (user === undefined) return
    const workingDir = await askFolder(deps.ui, title)
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
  async run(deps, [node]) {
    if (node === undefined) return
    const line = await deps.ui.input({
      title: t('Run in {0}', plain(node.container.name, 60)),
      prompt: t('Command line for the shell of the container; its output opens beside its exit code'),
      placeholder: 'env',
    })
    if (line !== undefined && line.trim() !== '') await runOnce(deps, node.container, line)
  },
})

const runWithOptions = nodeCommand({
  id: 'containers.execWithOptions',
  title: 'Run Command with Options…',
  icon: 'play-circle',
  on: ['container+running'],
  place: { group: '2_terminal@4' },
  many: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const { container } = node
    const title = t('Run in {0}', plain(container.name, 60))
    const form = await askExec(deps.ui, title, { line: '', terminal: true })
    if (form === undefined) return
    const { line, terminal, ...settings } = form
    if (line === '') await openShell(deps, container, settings)
    else await (terminal ? runInTerminal : runOnce)(deps, container, line, settings)
  },
})

const attach = nodeCommand({
  id: 'containers.attach',
  title: 'Attach to Container',
  icon: 'plug',
  on: ['container+running'],
  place: { group: '2_terminal@5' },
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
  runWithOptions,
  attach,
]
