import { plainSpec } from '../shared/docker-run/plain-spec.ts'
import { nodeCommand, viewCommand, type Command } from './command.ts'
import { whyNotRecreate } from './recreate.ts'
import { inspectBoth } from './run/inspect-both.ts'
import { specOfContainer } from './run/from-inspect.ts'

const runWithOptions = nodeCommand({
  id: 'images.runWithOptions',
  title: 'Run with Options…',
  icon: 'settings',
  on: ['image'],
  place: { group: '1_run@0' },
  many: false,
  async run({ ui }, [node]) {
    if (node === undefined) return
    await ui.openRunForm({
      engine: node.image.engine,
      spec: { flags: { detach: 'true' }, image: node.tag ?? node.image.id, command: [] },
    })
  },
})

const runAnything = viewCommand({
  id: 'containers.run',
  title: 'Run a Container…',
  icon: 'add',
  views: ['containers'],
  place: { group: 'navigation@0' },
  async run({ engines, ui }) {
    await ui.openRunForm({ engine: (await engines.current()).id })
  },
})

const runAnother = nodeCommand({
  id: 'containers.runAnother',
  title: 'Run Another Like This…',
  icon: 'copy',
  on: ['container'],
  place: { group: '4_change@8' },
  many: false,
  async run({ engines, ui }, [node]) {
    if (node === undefined) return
    const { engine: id, id: container } = node.container
    const { inspected, image } = await inspectBoth(engines.engine(id), container)
    const { flags, ...rest } = plainSpec(specOfContainer(inspected, image))
    // The name is taken by the one that it is made like.
    const { name: _, ...others } = flags
    await ui.openRunForm({ engine: id, spec: { flags: others, ...rest } })
  },
})

const change = nodeCommand({
  id: 'containers.recreate',
  title: 'Change and Recreate…',
  icon: 'edit',
  on: ['container'],
  place: { group: '4_change@7' },
  many: false,
  async run({ engines, ui }, [node]) {
    if (node === undefined) return
    const { container } = node
    const refused = whyNotRecreate(container)
    if (refused !== undefined) throw refused
    const { inspected, image } = await inspectBoth(engines.engine(container.engine), container.id)
    const spec = plainSpec(specOfContainer(inspected, image))
    await ui.openRunForm({ engine: container.engine, spec, replaces: container })
  },
})

export const runFormCommands: readonly Command[] = [runWithOptions, runAnything, runAnother, change]
