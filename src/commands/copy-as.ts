import type { Container } from '../engine/model/container.ts'
import { composeOfSeveral, type RanAs } from '../shared/docker-run/compose-of-several.ts'
import { maskedSpec } from '../shared/docker-run/masked-spec.ts'
import { printRunLine } from '../shared/docker-run/run-line.ts'
import { plural, t } from '../shared/l10n.ts'
import { batch } from './batch.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { specOfContainer } from './run/from-inspect.ts'
import { inspectBoth } from './run/inspect-both.ts'

/** What the containers were run with, in their order; those that could not be read are told and left out. Undefined on Cancel. */
async function runsOf(
  { engines, ui }: Deps,
  containers: readonly Container[],
): Promise<readonly RanAs[] | undefined> {
  const runs = new Map<Container, RanAs>()
  const { cancelled } = await batch(ui, {
    title: t('Reading'),
    failed: t('Could not copy'),
    items: containers,
    nameOf: ({ name }) => name,
    async task(container, signal) {
      const { inspected, image } = await inspectBoth(engines.engine(container.engine), container.id, signal)
      runs.set(container, { id: container.id, spec: specOfContainer(inspected, image) })
    },
  })
  if (cancelled.length > 0) return undefined
  return containers.flatMap((container) => runs.get(container) ?? [])
}

/** Copies a text made of containers; where it holds what looks like a secret, asks whether that goes along. */
async function copy(
  deps: Deps,
  containers: readonly Container[],
  print: (runs: readonly RanAs[]) => string,
): Promise<void> {
  const runs = await runsOf(deps, containers)
  if (runs === undefined || runs.length === 0) return
  const masked = runs.map((run) => ({ ...run, spec: maskedSpec(run.spec) }))
  let chosen = runs
  if (masked.some(({ spec }, i) => spec !== runs[i]!.spec)) {
    const answer = await deps.ui.pick(
      [
        { label: t('Mask what looks like a secret'), icon: 'lock', value: masked },
        { label: t('Copy everything as it is'), icon: 'unlock', value: runs },
      ],
      { title: t('The environment or labels look as if they held secrets') },
    )
    if (answer === undefined) return
    chosen = answer
  }
  await deps.ui.copy(print(chosen))
  void deps.ui.info(
    runs.length === containers.length
      ? t('Copied.')
      : plural(
          runs.length,
          '1 of {1} was copied.',
          '{0} of {1} were copied.',
          runs.length,
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
      (runs) => runs.map(({ spec }) => printRunLine(spec)).join('\n'),
    ),
})

const asCompose = nodeCommand({
  id: 'containers.copyAsCompose',
  title: 'Copy as Compose Service',
  icon: 'file-code',
  on: ['container'],
  place: { group: '1@8', submenu: 'copy' },
  run: (deps, nodes) =>
    copy(
      deps,
      nodes.map(({ container }) => container),
      composeOfSeveral,
    ),
})

export const copyAsCommands: readonly Command[] = [asRun, asCompose]
