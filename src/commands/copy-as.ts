import type { Container } from '../engine/model/container.ts'
import { composeService } from '../shared/docker-run/compose-service.ts'
import { printRunLine, type RunSpec } from '../shared/docker-run/run-line.ts'
import { plural, t } from '../shared/l10n.ts'
import { batch } from './batch.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { specOfContainer } from './run/from-inspect.ts'
import { inspectBoth } from './run/inspect-both.ts'
import { maskedSpec } from '../shared/docker-run/masked-spec.ts'

/** What the containers were run with, in their order; those that could not be read are told and left out. Undefined on Cancel. */
async function specsOf(
  { engines, ui }: Deps,
  containers: readonly Container[],
): Promise<readonly RunSpec[] | undefined> {
  const specs = new Map<Container, RunSpec>()
  const { cancelled } = await batch(ui, {
    title: t('Reading'),
    failed: t('Could not copy'),
    items: containers,
    nameOf: ({ name }) => name,
    async task(container, signal) {
      const { inspected, image } = await inspectBoth(engines.engine(container.engine), container.id, signal)
      specs.set(container, specOfContainer(inspected, image))
    },
  })
  if (cancelled.length > 0) return undefined
  return containers.flatMap((container) => specs.get(container) ?? [])
}

/** Copies a text made of containers; where it holds what looks like a secret, asks whether that goes along. */
async function copy(
  deps: Deps,
  containers: readonly Container[],
  print: (spec: RunSpec) => string,
): Promise<void> {
  const specs = await specsOf(deps, containers)
  if (specs === undefined || specs.length === 0) return
  const masked = specs.map(maskedSpec)
  let chosen: readonly RunSpec[] = specs
  if (masked.some((spec, i) => spec !== specs[i])) {
    const answer = await deps.ui.pick(
      [
        { label: t('Mask what looks like a secret'), icon: 'lock', value: masked },
        { label: t('Copy everything as it is'), icon: 'unlock', value: specs },
      ],
      { title: t('The environment or labels look as if they held secrets') },
    )
    if (answer === undefined) return
    chosen = answer
  }
  await deps.ui.copy(chosen.map(print).join('\n'))
  void deps.ui.info(
    specs.length === containers.length
      ? t('Copied.')
      : plural(
          specs.length,
          '1 of {1} was copied.',
          '{0} of {1} were copied.',
          specs.length,
          containers.length,
        ),
  )
}

const asRun = nodeCommand({
  id: 'containers.copyAsRun',
  title: 'Copy as docker run',
  icon: 'terminal-bash',
  on: ['container'],
  place: { group: '1@7', submenu: 'copy' },
  run: (deps, nodes) =>
    copy(
      deps,
      nodes.map(({ container }) => container),
      (spec) => printRunLine(spec),
    ),
})

const asCompose = nodeCommand({
  id: 'containers.copyAsCompose',
  title: 'Copy as Compose Service',
  icon: 'file-code',
  on: ['container'],
  place: { group: '1@8', submenu: 'copy' },
  many: false,
  run: (deps, nodes) =>
    copy(
      deps,
      nodes.map(({ container }) => container),
      (spec) => composeService(spec).yaml,
    ),
})

export const copyAsCommands: readonly Command[] = [asRun, asCompose]
