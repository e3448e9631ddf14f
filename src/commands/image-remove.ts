import type { Container } from '../engine/model/container.ts'
import type { Image } from '../engine/model/image.ts'
import type { ImageNode } from '../tree/node.ts'
import { EngineError, isEngineError } from '../engine/errors.ts'
import { plural, t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { batch } from './batch.ts'
import { nodeCommand, viewCommand, type Command, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { confirmOn } from './guard.ts'
import { imagesOf } from './in-use.ts'
import { shortId } from './naming.ts'
import { bytes } from './sizes.ts'

/** One thing to remove: a name of an image, or an image with all its names. */
interface Removal {
  readonly node: ImageNode
  readonly reference: string
  /** Names that the image keeps: then only the name goes. */
  readonly keeps: readonly string[]
}

/** What removing these rows comes to: a row with a tag is that name; the last name takes the image along. */
export function removalsOf(nodes: readonly ImageNode[]): readonly Removal[] {
  const chosen = new Map<string, Set<string>>()
  for (const { image, tag } of nodes) {
    const tags = chosen.get(image.id) ?? new Set()
    chosen.set(image.id, tag === undefined ? new Set([...tags, ...image.tags]) : tags.add(tag))
  }
  const seen = new Set<string>()
  return nodes.flatMap((node) => {
    const { image, tag } = node
    // An image that has names but is shown by none of them: its names go one by one, as the engine wants it.
    const references = tag !== undefined ? [tag] : image.tags.length > 0 ? image.tags : [image.id]
    const keeps = image.tags.filter((name) => !chosen.get(image.id)!.has(name))
    return references
      .filter(
        (reference) => !seen.has(`${image.engine}|${reference}`) && seen.add(`${image.engine}|${reference}`),
      )
      .map((reference) => ({ node, reference, keeps }))
  })
}

const shownReference = ({ reference, node }: Removal): string =>
  reference === node.image.id ? shortId(reference) : reference

function describe(removal: Removal): string {
  const { node, keeps } = removal
  const effect =
    keeps.length > 0
      ? t('only this name goes; the image stays as {0}', keeps.join(', '))
      : t('the image is deleted, up to {0}', bytes(node.image.size))
  return `${shownReference(removal)} (${effect})`
}

const usersOf = (nodes: readonly ImageNode[]): readonly Container[] => {
  const users = new Map(nodes.flatMap(({ usedBy }) => usedBy.map((user) => [user.id, user] as const)))
  return [...users.values()]
}

export async function removeImages(deps: Deps, nodes: readonly ImageNode[]): Promise<void> {
  const removals = removalsOf(nodes)
  const users = usersOf(nodes)
  const answer = await confirmOn(deps, {
    engines: removals.map(({ node }) => node.image.engine),
    names: removals.map(describe),
    one: (name, engine) => t('Remove {0} from {1}?', name, engine),
    several: (count, engine) => t('Remove {0} image names from {1}?', count, engine),
    action: t('Remove'),
    ...(users.length === 0
      ? {}
      : {
          note: t(
            'In use by containers: {0}. The engine keeps what they need.',
            users.map(({ name }) => plain(name, 80)).join(', '),
          ),
        }),
  })
  if (answer !== undefined) await removeAll(deps, removals, false)
}

async function removeAll(deps: Deps, removals: readonly Removal[], force: boolean): Promise<void> {
  // What we look into images with must not hold on to them.
  await (await deps.places()).release()
  let untagged = 0
  let deleted = 0
  await batch(deps.ui, {
    title: t('Removing'),
    failed: t('Could not remove'),
    items: removals,
    nameOf: shownReference,
    async task(removal, signal) {
      const engine = deps.engines.engine(removal.node.image.engine)
      try {
        const gone = await engine.images.remove(removal.reference, { force }, signal)
        untagged += gone.untagged.length
        deleted += gone.deleted.length
      } catch (fault) {
        if (isEngineError(fault, 'notFound')) return
        throw isEngineError(fault, 'conflict') ? await whoUses(deps, removal, fault, signal) : fault
      }
      const flags = force ? ['-f'] : []
      deps.ui.equivalent(dockerLine(engine, ['rmi', ...flags], [removal.reference]))
    },
    mend({ error }) {
      if (force || error.code !== 'conflict' || /cannot be forced|running/i.test(String(error.cause)))
        return undefined
      return {
        action: t('Remove by Force'),
        run: (failures) =>
          removeAll(
            deps,
            failures.map(({ item }) => item),
            true,
          ),
      }
    },
  })
  if (untagged + deleted > 0)
    void deps.ui.info(
      t(
        'Removed {0} and {1}.',
        plural(untagged, '1 name', '{0} names'),
        plural(deleted, '1 layer', '{0} layers'),
      ),
    )
}

/** The refusal in the names of the containers that use the image, as they are now. */
async function whoUses(
  deps: Deps,
  { node }: Removal,
  refusal: EngineError,
  signal: AbortSignal,
): Promise<EngineError> {
  const containers = await deps.engines.engine(node.image.engine).containers.list({}, signal)
  const users = containers.filter(({ imageId }) => imageId === node.image.id)
  if (users.length === 0) return refusal
  const names = users.map(({ name, state }) => `${plain(name, 80)} (${state})`).join(', ')
  return new EngineError('conflict', t('It is used by {0}.', names), {
    nextStep: t('Remove these containers first.'),
    cause: refusal,
  })
}

const remove = nodeCommand({
  id: 'images.remove',
  title: 'Remove…',
  icon: 'trash',
  on: ['image', 'repository'],
  place: { group: '9_remove@1' },
  keys: [{ key: 'delete', mac: 'cmd+backspace', when: 'focusedView == quayside.images' }],
  run: (deps, nodes) =>
    removeImages(
      deps,
      nodes.flatMap((node) => (node.kind === 'repository' ? node.images : [node])),
    ),
})

/** What a prune of images would take: dangling ones, or all that no container uses; and the bytes that only they hold. */
async function prunable(
  deps: Deps,
  all: boolean,
  signal: AbortSignal,
): Promise<{ readonly images: readonly Image[]; readonly size: number }> {
  const engine = await deps.engines.current()
  const [images, containers, usage] = await Promise.all([
    engine.images.list(signal),
    engine.containers.list({}, signal),
    engine.system.diskUsage(signal),
  ])
  const used = imagesOf(containers)
  const parents = new Set(images.map(({ parentId }) => parentId))
  const own = new Map(usage.images.map(({ id, size, sharedSize }) => [id, size - Math.max(0, sharedSize)]))
  const chosen = images.filter(
    (image) => !used.has(image.id) && (all || (image.dangling && !parents.has(image.id))),
  )
  return { images: chosen, size: chosen.reduce((sum, { id, size }) => sum + (own.get(id) ?? size), 0) }
}

const pruneOf = (all: boolean): Command =>
  viewCommand({
    id: all ? 'images.pruneUnused' : 'images.prune',
    title: all ? 'Remove All Unused Images…' : 'Remove Dangling Images…',
    icon: 'clear-all',
    views: ['images'],
    place: { group: all ? '3_clean@2' : '3_clean@1' },
    async run(deps) {
      const engine = await deps.engines.current()
      const { images, size } = await deps.ui.progress(t('Looking for unused images'), (_, signal) =>
        prunable(deps, all, signal),
      )
      if (images.length === 0)
        return void deps.ui.info(all ? t('All images are in use.') : t('There are no dangling images.'))
      const answer = await confirmOn(deps, {
        engines: [engine.id],
        names: images.map((image) => `${image.tags.join(', ') || shortId(image.id)} (${bytes(image.size)})`),
        one: (name, where) => t('Remove the unused image {0} from {1}?', name, where),
        several: (count, where) => t('Remove {0} unused images from {1}?', count, where),
        action: t('Remove'),
        note: t('This frees about {0}; layers that other images share stay.', bytes(size)),
      })
      if (answer === undefined) return
      const report = await deps.ui.progress(t('Removing unused images'), (_, signal) =>
        engine.images.prune({ all }, signal),
      )
      deps.ui.equivalent(dockerLine(engine, ['image', 'prune', '-f', ...(all ? ['-a'] : [])]))
      void deps.ui.info(t('Freed {0}.', bytes(report.reclaimed)))
    },
  })

export const imageRemoveCommands: readonly Command[] = [remove, pruneOf(false), pruneOf(true)]
