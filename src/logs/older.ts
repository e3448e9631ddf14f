import type { Engine } from '../engine/engine.ts'
import { isEngineError } from '../engine/errors.ts'
import { logFacts, type LogFacts } from '../engine/logs/facts.ts'
import { LastLines } from '../engine/logs/last-lines.ts'
import type { LogLine } from '../engine/logs/line.ts'
import { PositionTracker } from '../engine/logs/position.ts'
import { readHistory } from '../engine/logs/read-log.ts'
import { compareStamps, type Stamp } from '../engine/logs/stamp.ts'
import type { EngineId } from '../engine/model/refs.ts'
import { isMark } from './line-flags.ts'
import { LineReader } from './line-reader.ts'
import type { LineStore, NewLine } from './line-store.ts'
import { Merger } from './merge.ts'
import type { LogSource } from './source.ts'

export interface OlderPage {
  readonly lines: readonly NewLine[]
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
  readonly lines: readonly LogLine[]
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
): Promise<{ readonly lines: readonly LogLine[]; readonly whole: boolean }> {
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
      if (more || (lines.length === count && !fromBeginning)) return { lines, whole: false }
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
  readonly lines: readonly LogLine[]
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
  const same: LogLine[] = []
  let first: Stamp | undefined
  let read = 0
  const range = { tail, until: anchor.stamp }
  for await (const lines of readHistory(engine, facts, range, new PositionTracker(), signal)) {
    read += lines.length
    first ??= lines[0]
    for (const line of lines) {
      const order = compareStamps(line, anchor.stamp)
      if (order < 0) older.add(line)
      else if (order === 0) same.push(line)
    }
  }
  for (const line of same.slice(0, Math.max(0, same.length - anchor.same))) older.add(line)
  return { lines: older.take(), more: older.trimmed, read, first }
}

/** When the first line that the engine holds was written. */
async function firstStamp(engine: Engine, facts: LogFacts, signal: AbortSignal): Promise<Stamp | undefined> {
  const enough = new AbortController()
  const abort = (): void => enough.abort()
  signal.addEventListener('abort', abort)
  try {
    for await (const lines of readHistory(engine, facts, {}, new PositionTracker(), enough.signal))
      return lines[0]
    return undefined
  } finally {
    signal.removeEventListener('abort', abort)
    enough.abort()
  }
}

/** A page reaches back only as far as all sources do that have more. */
function mergePages(pages: readonly SourcePage[]): readonly NewLine[] {
  let complete: Stamp = { seconds: 0, nanos: 0 }
  for (const { lines, whole } of pages)
    if (!whole && lines[0] !== undefined && compareStamps(lines[0], complete) > 0) complete = lines[0]
  const merger = new Merger<LogLine>(0)
  const readers = new Map<number, LineReader>()
  for (const { source, lines } of pages) {
    const fitting = lines.filter((line) => compareStamps(line, complete) >= 0)
    readers.set(source.id, new LineReader(source.id))
    merger.add(source.id, 0)
    merger.push(source.id, fitting, 0)
    merger.end(source.id)
  }
  const merged: NewLine[] = []
  for (let run = merger.take(0, Infinity); run !== undefined; run = merger.take(0, Infinity))
    for (let at = run.from; at < run.to; at += 1) merged.push(readers.get(run.source)!.read(run.items[at]!))
  return merged
}
