import type { Engine } from '../engine/engine.ts'
import { t } from '../shared/l10n.ts'
import { batch } from './batch.ts'
import { planOf, takeInventory, type Inventory, type Part, type Plan } from './clean-up-plan.ts'
import { viewCommand, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { confirmOn } from './guard.ts'
import { bytes } from './sizes.ts'

const describe = (inventory: Inventory, part: Part, with_: readonly Part[] = []): string => {
  const { lines, bytes: size } = planOf(inventory, [...with_, part])
  const before = planOf(inventory, with_)
  return t('{0}, {1}', lines.length - before.lines.length, bytes(size - before.bytes))
}

export const prune = viewCommand({
  id: 'system.prune',
  title: 'Clean Up…',
  icon: 'clear-all',
  views: ['engines'],
  place: { group: '2_disk@2' },
  async run(deps) {
    const { engines, ui } = deps
    const engine = await engines.current()
    const inventory = await ui.progress(t('Looking for what can go'), (_, signal) =>
      takeInventory(engine, signal),
    )
    const after: readonly Part[] = ['containers']
    const parts = await ui.pickMany<Part>(
      [
        {
          label: t('Stopped containers'),
          description: describe(inventory, 'containers'),
          picked: true,
          value: 'containers',
        },
        {
          label: t('Unused networks'),
          description: describe(inventory, 'networks', after),
          picked: true,
          value: 'networks',
        },
        {
          label: t('Dangling images'),
          description: describe(inventory, 'dangling', after),
          picked: true,
          value: 'dangling',
        },
        {
          label: t('Build cache'),
          description: t('{0}, {1}', inventory.cacheCount, bytes(inventory.cacheSize)),
          picked: true,
          value: 'cache',
        },
        {
          label: t('All images without containers'),
          description: describe(inventory, 'images', after),
          value: 'images',
        },
        {
          label: t('Anonymous volumes without containers'),
          description: describe(inventory, 'anonymous', after),
          value: 'anonymous',
        },
        {
          label: t('Named volumes without containers too'),
          description: describe(inventory, 'volumes', after),
          detail: t('Their files cannot be had back.'),
          value: 'volumes',
        },
      ],
      { title: t('Clean Up'), placeholder: t('What may go; you see every object before it does') },
    )
    if (parts === undefined || parts.length === 0) return
    const plan = planOf(inventory, parts)
    if (plan.lines.length === 0) return void ui.info(t('There is nothing of that to remove.'))
    const answer = await confirmOn(deps, {
      engines: [engine.id],
      names: plan.lines,
      one: (name, where) => t('Remove this from {1}? {0}', name, where),
      several: (count, where) => t('Remove {0} objects from {1}?', count, where),
      action: t('Remove'),
      note: t('This frees about {0}.', bytes(plan.bytes)),
    })
    if (answer !== undefined) await carryOut(deps, engine, plan)
  },
})

/** One step of the plan, in the order in which things let go of each other. */
interface Step {
  readonly name: string
  /** Resolves with the bytes that went. */
  readonly run: (signal: AbortSignal) => Promise<number>
}

function stepsOf({ ui }: Deps, engine: Engine, plan: Plan): readonly Step[] {
  const done = (words: readonly string[], operands: readonly string[] = []): void =>
    ui.equivalent(dockerLine(engine, words, operands))
  return [
    ...plan.networks.map((network): Step => ({
      name: network.name,
      async run(signal) {
        await engine.networks.remove(network.id, signal)
        done(['network', 'rm'], [network.name])
        return 0
      },
    })),
    ...plan.volumes.map((volume): Step => ({
      name: volume.name,
      async run(signal) {
        await engine.volumes.remove(volume.name, {}, signal)
        done(['volume', 'rm'], [volume.name])
        return 0
      },
    })),
    ...(plan.images.length === 0
      ? []
      : [
          {
            name: t('images'),
            async run(signal: AbortSignal) {
              const { reclaimed } = await engine.images.prune({ all: plan.allImages }, signal)
              done(['image', 'prune', '-f', ...(plan.allImages ? ['-a'] : [])])
              return reclaimed
            },
          },
        ]),
    ...(plan.cache
      ? [
          {
            name: t('build cache'),
            async run(signal: AbortSignal) {
              const { reclaimed } = await engine.system.pruneBuildCache({ all: false }, signal)
              done(['builder', 'prune', '-f'])
              return reclaimed
            },
          },
        ]
      : []),
  ]
}

async function carryOut(deps: Deps, engine: Engine, plan: Plan): Promise<void> {
  const failed = t('Could not remove')
  const title = t('Removing')
  // Containers first: what they hold is free only when they are gone.
  if (plan.containers.length > 0) {
    const { cancelled } = await batch(deps.ui, {
      title,
      failed,
      items: plan.containers,
      nameOf: ({ name }) => name,
      async task(container, signal) {
        await engine.containers.remove(container.id, {}, signal)
        deps.ui.equivalent(dockerLine(engine, ['rm'], [container.name]))
      },
    })
    if (cancelled.length > 0) return
  }
  const steps = stepsOf(deps, engine, plan)
  let reclaimed = 0
  if (steps.length > 0)
    await batch(deps.ui, {
      title,
      failed,
      items: steps,
      nameOf: ({ name }) => name,
      async task(step, signal) {
        reclaimed += await step.run(signal)
      },
    })
  void deps.ui.info(
    reclaimed > 0 ? t('Cleaned up. Images and build cache freed {0}.', bytes(reclaimed)) : t('Cleaned up.'),
  )
}
