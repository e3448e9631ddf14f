import { plainSpec } from '../shared/docker-run/plain-spec.ts'
import { runProblemText } from '../shared/docker-run/problem-text.ts'
import { parseRunLine, withoutContinuations } from '../shared/docker-run/run-line.ts'
import { t } from '../shared/l10n.ts'
import { nodeCommand, viewCommand, type Command } from './command.ts'
import { whyNotRecreate } from './recreate.ts'
import { checkSpec } from './run/check-spec.ts'
import { specOfContainer } from './run/from-inspect.ts'
import { inspectBoth } from './run/inspect-both.ts'
import { runAndTell } from './run/run-and-tell.ts'
import { shellValues, surroundings } from './run/surroundings.ts'

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

/** The way to any option by keyboard alone: a line is typed or pasted, checked as one types, and done. */
const runLine = viewCommand({
  id: 'containers.runLine',
  title: 'Run a docker run Line…',
  icon: 'terminal',
  views: ['containers'],
  place: { group: '1_run@1' },
  async run(deps) {
    const { engines, ui } = deps
    const engine = await engines.current()
    const folder = ui.folders()[0]
    const containers = await engine.containers.list()
    const read = (text: string) => parseRunLine(withoutContinuations(text), shellValues(folder))
    const line = await ui.input({
      title: t('Run a docker run Line'),
      prompt: t('The line as for a terminal; it is run here, without the docker program'),
      placeholder: 'docker run --rm -p 8080:80 nginx:alpine',
      validate(text) {
        const result = read(text)
        if ('problem' in result) return runProblemText(result.problem)
        if (result.unexpanded.length > 0)
          return t('No shell runs here: write what {0} stands for.', result.unexpanded.join(', '))
        return Object.values(checkSpec(result.spec, containers))[0]
      },
    })
    const result = line === undefined ? undefined : read(line)
    if (result !== undefined && 'spec' in result)
      await runAndTell(deps, engine, result.spec, surroundings(folder), true)
  },
})

export const runFormCommands: readonly Command[] = [runWithOptions, runAnything, runLine, runAnother, change]
