import { t } from '../../shared/l10n.ts'
import type { PruneReport } from '../engine.ts'
import { EngineError } from '../errors.ts'
import type { Container } from '../model/container.ts'
import type { EngineEvent } from '../model/system.ts'
import { number, text } from '../raw/fields.ts'
import { jsonOf } from '../transport/transport.ts'
import { type Link, listOf } from './link.ts'

/** Where Podman answers Docker's API otherwise than Docker does, and how that is made up for. */

export type NetworkIds = (
  containers: readonly Container[],
  signal: AbortSignal | undefined,
) => Promise<readonly Container[]>

/**
 * Podman's rows of containers name their networks where Docker tells ids, and call the default network `podman`, which its list
 * of networks calls `bridge`. The ids are looked up, and looked up again when a name is new.
 */
export function networkIds(link: Link): NetworkIds {
  let known = new Map<string, string>()

  async function learn(signal: AbortSignal | undefined): Promise<void> {
    const rows = listOf(link, await link.json((docker) => docker.listNetworks(), { signal }))
    known = new Map(rows.map((row) => [text(row['Name']), text(row['Id'])]))
    const standard = known.get('bridge')
    if (standard !== undefined) known.set('podman', standard)
  }

  return async (containers, signal) => {
    if (!(await link.isPodman(signal))) return containers
    const names = new Set(containers.flatMap(({ attachments }) => attachments.map(({ network }) => network)))
    if ([...names].some((name) => !known.has(name))) await learn(signal)
    return containers.map((container) => ({
      ...container,
      attachments: container.attachments.map((one) => ({ ...one, networkId: known.get(one.network) ?? '' })),
    }))
  }
}

/** Podman takes a network away from under its members; Docker refuses, and so does this. */
export function refuseUsedNetwork(id: string, members: readonly Container[]): void {
  const member = members.find(({ attachments }) => attachments.some(({ networkId }) => networkId === id))
  if (member === undefined) return
  throw new EngineError('conflict', t('The network is used by container {0}.', member.name), {
    nextStep: t('Disconnect or remove the containers that use it first.'),
  })
}

/** Podman's own API: in the one that it shares with Docker it cannot prune more than nameless images. */
export async function pruneAllImages(link: Link, signal: AbortSignal | undefined): Promise<PruneReport> {
  const answer = await link.transport.send({
    method: 'POST',
    path: '/v4.0.0/libpod/images/prune',
    query: { all: true },
    lane: 'long',
    signal,
    versioned: false,
  })
  const rows = listOf(link, jsonOf(answer, link.transport.endpoint.url))
  const removed = rows.filter((row) => text(row['Err']) === '')
  return {
    removed: removed.map((row) => text(row['Id'])).filter(Boolean),
    reclaimed: removed.reduce((sum, row) => sum + number(row['Size']), 0),
  }
}

/**
 * Podman takes paths for patterns, and sends what fits besides. The pattern that only this path fits: of a star it knows only such
 * a set as leaves out all other characters, since it looks for nothing where a path has one.
 */
export const patternOf = (path: string): string =>
  path.replace(/[?[\\]/g, '\\$&').replaceAll('*', '[^\u0001-)+-\u{10ffff}]')

/** A pattern for a path without any: Podman then does not say that a link is not there that leads out of a mount. */
export const unresolved = (path: string): string => path.replace(/[^/]*$/, '\\$&')

/**
 * Asks Podman for the events that it remembers. With `until` it stops reading its history when that time has come, however little
 * it has read: of a time that is past, mostly nothing.
 */
export const rememberedEvents = { stream: false }

/** Whether it happened after this time of the engine (`seconds.nanoseconds`). */
export function isLater({ timeNano }: EngineEvent, until: string): boolean {
  const [seconds = '', fraction = ''] = until.split('.')
  return BigInt(timeNano) > BigInt(seconds + fraction.padEnd(9, '0'))
}
