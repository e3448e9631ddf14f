import type { Engine } from '../engine/engine.ts'
import type { DiskUsage } from '../engine/model/system.ts'
import { plural, t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { viewCommand, type Command } from './command.ts'
import { copyDone } from './copy-done.ts'
import { dockerLine } from './equivalents.ts'
import { shortId } from './naming.ts'
import { bytes } from './sizes.ts'
import { prune } from './system-prune.ts'
import { table } from './tables.ts'

/** How many of the largest of each kind are listed. */
const listed = 50

const sum = <T>(items: readonly T[], size: (item: T) => number): number =>
  items.reduce((total, item) => total + Math.max(0, size(item)), 0)

/** `docker system df -v` as text: what takes the space, the largest first, and what could go. */
export async function diskReport(engine: Engine, signal: AbortSignal): Promise<string> {
  const [usage, images, containers] = await Promise.all([
    engine.system.diskUsage(signal),
    engine.images.list(signal),
    engine.containers.list({}, signal),
  ])
  const names = new Map(images.map(({ id, tags }) => [id, tags.join(', ')]))
  const live = new Set(
    containers
      .filter(({ state }) => state === 'running' || state === 'paused' || state === 'restarting')
      .map(({ id }) => id),
  )
  const containerNames = new Map(containers.map(({ id, name }) => [id, name]))
  return [
    table(summary(usage, live)),
    section(
      t('Images'),
      usage.images,
      ({ size }) => size,
      ({ id, size, sharedSize, containers: users }) => [
        bytes(size),
        t('{0} of its own', bytes(size - Math.max(0, sharedSize))),
        plural(Math.max(0, users), '1 container', '{0} containers'),
        names.get(id) || shortId(id),
      ],
    ),
    section(
      t('Containers'),
      usage.containers,
      ({ sizeRw }) => sizeRw,
      ({ id, sizeRw, sizeRootFs }) => [
        bytes(sizeRw),
        t('{0} with its image', bytes(sizeRootFs)),
        containerNames.get(id) ?? shortId(id),
      ],
    ),
    section(
      t('Volumes'),
      usage.volumes,
      ({ size }) => size,
      ({ name, size, refCount }) => [
        bytes(size),
        plural(Math.max(0, refCount), '1 container', '{0} containers'),
        name,
      ],
    ),
    section(
      t('Build cache'),
      usage.buildCache,
      ({ size }) => size,
      ({ id, size, inUse, description }) => [bytes(size), inUse ? t('in use') : '', shortId(id), description],
    ),
    '',
  ].join('\n')
}

function summary(usage: DiskUsage, live: ReadonlySet<string>): string[][] {
  const own = (image: DiskUsage['images'][number]): number => image.size - Math.max(0, image.sharedSize)
  const row = (name: string, count: number, used: number, size: number, free: number): string[] => [
    name,
    String(count),
    String(used),
    bytes(size),
    bytes(free),
  ]
  const { images, containers, volumes, buildCache } = usage
  const unusedImages = images.filter((image) => image.containers <= 0)
  const stopped = containers.filter(({ id }) => !live.has(id))
  const unusedVolumes = volumes.filter(({ refCount }) => refCount <= 0)
  const unusedCache = buildCache.filter(({ inUse }) => !inUse)
  return [
    [t('TYPE'), t('TOTAL'), t('IN USE'), t('SIZE'), t('CAN GO')],
    row(
      t('Images'),
      images.length,
      images.length - unusedImages.length,
      usage.layersSize,
      sum(unusedImages, own),
    ),
    row(
      t('Containers'),
      containers.length,
      containers.length - stopped.length,
      sum(containers, ({ sizeRw }) => sizeRw),
      sum(stopped, ({ sizeRw }) => sizeRw),
    ),
    row(
      t('Volumes'),
      volumes.length,
      volumes.length - unusedVolumes.length,
      sum(volumes, ({ size }) => size),
      sum(unusedVolumes, ({ size }) => size),
    ),
    row(
      t('Build cache'),
      buildCache.length,
      buildCache.length - unusedCache.length,
      sum(buildCache, ({ size }) => size),
      sum(unusedCache, ({ size }) => size),
    ),
  ]
}

function section<T>(
  title: string,
  items: readonly T[],
  size: (item: T) => number,
  row: (item: T) => string[],
): string {
  if (items.length === 0) return ''
  const largest = [...items].sort((a, b) => size(b) - size(a))
  const rest = largest.length - listed
  return [
    '',
    `${title}:`,
    '',
    table(largest.slice(0, listed).map(row)),
    ...(rest > 0 ? [plural(rest, 'and 1 smaller one', 'and {0} smaller ones')] : []),
  ].join('\n')
}

const diskUsage = viewCommand({
  id: 'system.diskUsage',
  title: 'Show Disk Usage',
  icon: 'graph',
  views: ['engines'],
  place: { group: '2_disk@1' },
  async run({ engines, ui }) {
    const engine = await engines.current()
    const name = plain(engines.nameOf(engine.id), 80)
    const text = await ui.progress(t('Counting the disk usage of {0}', name), (_, signal) =>
      diskReport(engine, signal),
    )
    ui.equivalent(dockerLine(engine, ['system', 'df', '-v']))
    await ui.openText({
      key: `df|${engine.id}`,
      title: t('Disk usage of {0}', name),
      language: 'plaintext',
      text,
    })
  },
})

export const systemCommands: readonly Command[] = [diskUsage, prune, copyDone]
