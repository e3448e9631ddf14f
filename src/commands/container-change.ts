import type { Raw } from '../engine/engine.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { batch } from './batch.ts'
import { nodeCommand, type Command } from './command.ts'
import { dockerLine, flag } from './equivalents.ts'
import { parseReference, referenceProblem } from './image-reference.ts'
import { fileName, shortId } from './naming.ts'
import { saveFile } from './save-file.ts'
import { bytes } from './sizes.ts'
import { askLimits } from './container-limits.ts'

const rename = nodeCommand({
  id: 'containers.rename',
  title: 'Rename…',
  icon: 'edit',
  on: ['container'],
  place: { group: '4_change@1' },
  many: false,
  keys: [{ key: 'f2', when: 'focusedView == quayside.containers && !quayside.fileSelected.containers' }],
  async run({ engines, ui }, [node]) {
    if (node === undefined) return
    const { container } = node
    const engine = engines.engine(container.engine)
    const name = await ui.input({
      title: t('Rename {0}', plain(container.name, 80)),
      prompt: t('The new name of the container'),
      value: container.name,
      validate: (value) =>
        /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(value)
          ? undefined
          : t('Two or more letters, digits and . _ -, beginning with a letter or digit.'),
    })
    if (name === undefined || name === container.name) return
    await engine.containers.rename(container.id, name)
    ui.equivalent(dockerLine(engine, ['rename'], [container.name, name]))
  },
})

const update = nodeCommand({
  id: 'containers.update',
  title: 'Change Limits and Restart Policy…',
  icon: 'settings',
  on: ['container'],
  place: { group: '4_change@2' },
  async run(deps, nodes) {
    const containers = nodes.map(({ container }) => container)
    const [first] = containers
    if (first === undefined) return
    const present: Raw = await deps.engines.engine(first.engine).containers.inspect(first.id)
    const limits = await askLimits(deps.ui, present)
    if (limits === undefined) return
    const warnings = new Set<string>()
    const { done } = await batch(deps.ui, {
      title: t('Updating'),
      failed: t('Could not update'),
      items: containers,
      nameOf: ({ name }) => name,
      async task(container, signal) {
        const engine = deps.engines.engine(container.engine)
        for (const warning of await engine.containers.update(container.id, limits.body, signal))
          warnings.add(plain(warning, 300))
        deps.ui.equivalent(dockerLine(engine, ['update', ...limits.flags], [container.name]))
      },
    })
    if (warnings.size > 0) void deps.ui.warn([...warnings].join(' '))
    else if (done.length > 0)
      void deps.ui.info(t('Updated {0}.', done.map(({ name }) => plain(name, 80)).join(', ')))
  },
})

const commit = nodeCommand({
  id: 'containers.commit',
  title: 'Commit as Image…',
  icon: 'save-as',
  on: ['container'],
  place: { group: '2_change@1', submenu: 'more' },
  many: false,
  async run({ engines, ui }, [node]) {
    if (node === undefined) return
    const { container } = node
    const engine = engines.engine(container.engine)
    const title = t('Commit {0}', plain(container.name, 80))
    const reference = await ui.input({
      title,
      prompt: t('Name of the new image; empty leaves it without one'),
      placeholder: 'team/app:1.2',
      validate: (value) => referenceProblem(value, true),
    })
    if (reference === undefined) return
    const message = await ui.input({ title, prompt: t('Message, as for a commit of code; may be empty') })
    if (message === undefined) return
    const author = await ui.input({
      title,
      prompt: t('Author; may be empty'),
      placeholder: 'Ann Example <ann@example.com>',
    })
    if (author === undefined) return
    const pause =
      container.state !== 'running'
        ? true
        : await ui.pick(
            [
              { label: t('Pause it meanwhile'), description: t('Its files are of one moment'), value: true },
              {
                label: t('Let it go on'),
                description: t('Files may change while they are read'),
                value: false,
              },
            ],
            { title },
          )
    if (pause === undefined) return
    const named = parseReference(reference.trim())
    const id = await ui.progress(t('Committing {0}', plain(container.name, 80)), (_, signal) =>
      engine.images.commit(
        container.id,
        {
          ...(named === undefined ? {} : { repository: named.repository, tag: named.tag ?? 'latest' }),
          ...(message === '' ? {} : { message }),
          ...(author === '' ? {} : { author }),
          pause,
        },
        signal,
      ),
    )
    const flags = [...flag('-a', author), ...flag('-m', message), ...(pause ? [] : ['--pause=false'])]
    const target = named === undefined ? [] : [reference.trim()]
    ui.equivalent(dockerLine(engine, ['commit', ...flags], [container.name, ...target]))
    const copyId = t('Copy ID')
    const made = named === undefined ? shortId(id) : reference.trim()
    const chosen = await ui.info(t('Made the image {0} of {1}.', made, plain(container.name, 80)), copyId)
    if (chosen === copyId) await ui.copy(id)
  },
})

const exportFiles = nodeCommand({
  id: 'containers.export',
  title: 'Export Files as Tar…',
  icon: 'desktop-download',
  on: ['container'],
  place: { group: '2_change@2', submenu: 'more' },
  many: false,
  async run({ engines, ui }, [node]) {
    if (node === undefined) return
    const { container } = node
    const engine = engines.engine(container.engine)
    const path = await ui.saveAs({
      title: t('Export {0}', plain(container.name, 80)),
      name: `${fileName(container.name)}.tar`,
      filters: { Tar: ['tar'] },
    })
    if (path === undefined) return
    const size = await ui.progress(t('Exporting {0}', plain(container.name, 80)), (report, signal) =>
      saveFile(path, engine.streams.export(container.id, signal), signal, report),
    )
    ui.equivalent(dockerLine(engine, ['export', '-o', path], [container.name]))
    void ui.info(t('Exported {0}: {1}.', plain(container.name, 80), bytes(size)))
  },
})

export const containerChangeCommands: readonly Command[] = [rename, update, commit, exportFiles]
