import type { Engine } from '../engine/engine.ts'
import { isEngineError } from '../engine/errors.ts'
import { logFacts, type LogFacts } from '../engine/logs/facts.ts'
import { LastLines } from '../engine/logs/last-lines.ts'
import type { LineBatch } from '../engine/logs/line-batch.ts'
import { PositionTracker } from '../engine/logs/position.ts'
import { readHistory } from '../engine/logs/read-log.ts'
import { compareStamps, noStamp, type Stamp } from '../engine/logs/stamp.ts'
import type { EngineId } from '../engine/model/refs.ts'
import { isMark } from './line-flags.ts'
import { LineReader } from './line-reader.ts'
import type { NewLines } from './line-block.ts'
import type { LineStore } from './line-store.ts'
import { Merger } from './merge.ts'
import type { LogSource } from './source.ts'

export interface OlderPage {
  readonly lines: readonly NewLines[]
  /** There is nothing older at any engine. */
  readonly atBeginning: boolean
}

/** Of one source: where what is held of it begins. */
interface Anchor {
  /** The stamp of its oldest line held; that of the oldest line of all when it has none. */
  readonly stamp: Stamp
  /** How many of its lines held bear that stamp, from the oldest on. */
  readonly same: number
  /** How many of its lines are held. */
  readonly held: number
}

interface SourcePage {
  readonly source: LogSource
  readonly lines: readonly LineBatch[]
  readonly whole: boolean
}

/** Lines from before the oldest held, `count` of each source at most, merged; complete from the first of them on. */
export async function readOlder(
  store: LineStore,
  sources: readonly LogSource[],
  engineOf: (id: EngineId) => Engine | undefined,
  count: number,
  signal: AbortSignal,
): Promise<OlderPage> {
  const anchors = anchorsOf(store, sources)
  const pages = await Promise.all(
    sources.map(async (source): Promise<SourcePage> => {
      const engine = engineOf(source.target.engine)
      const anchor = anchors.get(source.id)
      const nothing = { source, lines: [], whole: true }
      if (engine === undefined || anchor === undefined) return nothing
      return { ...nothing, ...(await readPage(engine, source, anchor, count, signal)) }
    }),
  )
  return { lines: mergePages(pages), atBeginning: pages.every(({ whole }) => whole) }
}

function anchorsOf(store: LineStore, sources: readonly LogSource[]): ReadonlyMap<number, Anchor> {
  const found = new Map<number, { stamp: Stamp; same: number; held: number }>()
  let oldest: Stamp | undefined
  for (const { block, from, to } of store.range(store.first, store.end))
    for (let index = from; index < to; index += 1) {
      if (isMark(block.flags(index))) continue
      const stamp = { seconds: block.seconds(index), nanos: block.nanos(index) }
      oldest ??= stamp
      const anchor = found.get(block.source(index))
      if (anchor === undefined) found.set(block.source(index), { stamp, same: 1, held: 1 })
      else {
        anchor.held += 1
        if (anchor.held === anchor.same + 1 && compareStamps(stamp, anchor.stamp) === 0) anchor.same += 1
      }
    }
  if (oldest !== undefined)
    for (const { id } of sources) if (!found.has(id)) found.set(id, { stamp: oldest, same: 0, held: 0 })
  return found
}

/** So many records more than lines are asked for: long lines are several records. */
const slack = 200
/** No log is asked for more lines than this. */
const longestTail = 2 ** 31

async function readPage(
  engine: Engine,
  source: LogSource,
  anchor: Anchor,
  count: number,
  signal: AbortSignal,
): Promise<{ readonly lines: readonly LineBatch[]; readonly whole: boolean }> {
  try {
    const facts = logFacts(source.container, await engine.containers.inspect(source.container, signal))
    const begins = await firstStamp(engine, facts, signal)
    // Older lines were those of a container before this one, or the engine has dropped them.
    if (begins === undefined || compareStamps(begins, anchor.stamp) > 0) return { lines: [], whole: true }
    let before = 0
    // The engine counts from its end, and nobody knows how many lines newer than those held there are by now.
    for (let tail = anchor.held + count + slack; tail < longestTail; tail *= 2) {
      const { lines, more, read, first } = await readBefore(engine, facts, anchor, { tail, count }, signal)
      const fromBeginning = first !== undefined && compareStamps(first, begins) === 0
      if (more || (countOf(lines) === count && !fromBeginning)) return { lines, whole: false }
      // Other lines may bear the stamp of the first one: only when asking for more brings no more, it is the first.
      if (fromBeginning && read === before) return { lines, whole: true }
      before = read
    }
    return { lines: [], whole: true }
  } catch (fault) {
    // Removed, or the engine is away: there is nothing to be had now.
    if (isEngineError(fault)) return { lines: [], whole: isEngineError(fault, 'notFound') }
    throw fault
  }
}

interface Before {
  /** The last lines from before the anchor. */
  readonly lines: readonly LineBatch[]
  /** There were more of them. */
  readonly more: boolean
  /** How many lines the engine sent, and the stamp of the first. */
  readonly read: number
  readonly first: Stamp | undefined
}

/** The last `count` lines before the anchor among the last `tail` lines that the engine holds. */
async function readBefore(
  engine: Engine,
  facts: LogFacts,
  anchor: Anchor,
  { tail, count }: { readonly tail: number; readonly count: number },
  signal: AbortSignal,
): Promise<Before> {
  const older = new LastLines(count)
  const same: (readonly [batch: LineBatch, at: number])[] = []
  let first: Stamp | undefined
  let read = 0
  const range = { tail, until: anchor.stamp }
  for await (const batch of readHistory(engine, facts, range, new PositionTracker(), signal)) {
    read += batch.count
    first ??= batch.stamp(0)
    for (let at = 0; at < batch.count; at += 1) {
      const order = compareStamps(batch.stamp(at), anchor.stamp)
      if (order < 0) older.add(batch, at)
      else if (order === 0) same.push([batch, at])
    }
  }
  for (const [batch, at] of same.slice(0, Math.max(0, same.length - anchor.same))) older.add(batch, at)
  return { lines: older.take(), more: older.trimmed, read, first }
}

/** When the first line that the engine holds was written. */
async function firstStamp(engine: Engine, facts: LogFacts, signal: AbortSignal): Promise<Stamp | undefined> {
  const enough = new AbortController()
  const abort = (): void => enough.abort()
  signal.addEventListener('abort', abort)
  try {
    for await (const lines of readHistory(engine, facts, {}, new PositionTracker(), enough.signal))
      return lines.stamp(0)
    return undefined
  } finally {
    signal.removeEventListener('abort', abort)
    enough.abort()
  }
}

const countOf = (batches: readonly LineBatch[]): number => batches.reduce((sum, { count }) => sum + count, 0)

/** A page reaches back only as far as all sources do that have more. */
function mergePages(pages: readonly SourcePage[]): readonly NewLines[] {
  let complete = noStamp
  for (const { lines, whole } of pages) {
    const begins = lines[0]?.stamp(0)
    if (!whole && begins !== undefined && compareStamps(begins, complete) > 0) complete = begins
  }
  const merger = new Merger<LineBatch>(0)
  const readers = new Map<number, LineReader>()
  for (const { source, lines } of pages) {
    readers.set(source.id, new LineReader())
    merger.add(source.id, 0)
    for (const batch of lines)
      for (const fitting of since(batch, complete)) merger.push(source.id, fitting, 0)
    merger.end(source.id)
  }
  const merged: NewLines[] = []
  for (let run = merger.take(0, Infinity); run !== undefined; run = merger.take(0, Infinity)) {
    const { source, batch, from, to } = run
    merged.push({ ...run, flags: readers.get(source)!.read(batch, from, to) })
  }
  return merged
}

/** The lines of a batch that are not older than `stamp`. */
function* since(batch: LineBatch, stamp: Stamp): Generator<LineBatch> {
  for (let from = 0, to = 0; from < batch.count; from = to += 1) {
    while (to < batch.count && compareStamps(batch.stamp(to), stamp) >= 0) to += 1
    if (to > from) yield batch.slice(from, to)
  }
}
