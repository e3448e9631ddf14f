import { t } from '../../shared/l10n.ts'
import type { JsonCalls } from '../dockerode.ts'
import { isEngineError } from '../errors.ts'
import type { EngineId } from '../model/refs.ts'
import type { Ids } from '../model/system.ts'
import { type Fields, fields, items } from '../raw/fields.ts'
import { notDocker } from '../transport/refusals.ts'
import type { Transport } from '../transport/transport.ts'

/** What the calls of one engine share. */
export interface Link {
  readonly engine: EngineId
  readonly transport: Transport
  /** Plain JSON calls, by dockerode, which is loaded with the first of them. */
  readonly json: JsonCalls
  /** The API version that is spoken; negotiates it first where that has not been done. */
  readonly ready: (signal?: AbortSignal) => Promise<string>
  readonly isPodman: (signal?: AbortSignal) => Promise<boolean>
  /** What root of containers is on the engine's machine, where that is not root; known once the engine is connected. */
  readonly remapped: () => Ids | undefined
}

/** The rows of an answer that has to be a list; null is an empty one, rows that are no objects are left out. */
export function listOf(link: Link, answer: unknown): readonly Fields[] {
  if (answer === null) return []
  if (!Array.isArray(answer)) throw notDocker(link.transport.endpoint.url, { what: t('a list was expected') })
  return items(answer)
}

/** An answer that has to be an object. */
export function objectOf(link: Link, answer: unknown): Fields {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    throw notDocker(link.transport.endpoint.url, { what: t('an object was expected') })
  return fields(answer)
}

/** Asks for something to be done, however long it takes; what is answered but its status does not matter. */
export async function act(
  link: Link,
  use: Parameters<JsonCalls>[0],
  call: Parameters<JsonCalls>[1] = {},
): Promise<void> {
  await link.json(use, { lane: 'long', ...call, discard: true })
}

/** Does what an engine answers to with "nothing had to be done" (304) as if it had been done. */
export async function settled(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (fault) {
    if (!isEngineError(fault, 'notModified')) throw fault
  }
}

/** Keeps those that could be read. */
export function present<T>(values: readonly (T | undefined)[]): readonly T[] {
  return values.filter((value) => value !== undefined)
}
