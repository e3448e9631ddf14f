import { t } from '../../shared/l10n.ts'
import type { Engine, LogOptions } from '../engine.ts'
import { EngineError } from '../errors.ts'
import type { LogFacts } from './facts.ts'
import { LastLines } from './last-lines.ts'
import type { LineBatch } from './line-batch.ts'
import { Resume, type PositionTracker } from './position.ts'
import { LogReader } from './reader.ts'
import { dockerPieceBytes } from './records.ts'
import { compareStamps, stampDigits, type Stamp } from './stamp.ts'

/** Which part of a log is read at first. */
export interface LogRange {
  /** Lines from the end; all without it. */
  readonly tail?: number
  readonly since?: Stamp
  readonly until?: Stamp
}

/** A line of 1 MiB is so many records: the engine counts records, so that many more are asked for. */
const slackRecords = 64
/** With more lines than this they are passed on as they come, and a first line may lack its beginning. */
const trimmedTail = 10_000

const both = { stdout: true, stderr: true, timestamps: true } as const

function readerFor(
  engine: Engine,
  facts: LogFacts,
  tracker: PositionTracker,
  lent: boolean,
  resume?: Resume,
): LogReader {
  return new LogReader({
    tty: facts.tty,
    pieceBytes: engine.info?.product === 'podman' ? 0 : dockerPieceBytes,
    tracker,
    lent,
    ...(resume === undefined ? {} : { resume }),
  })
}

/**
 * What the engine holds of a log, to its end. Batches as they arrive; the tracker knows afterwards where the end was. Where they are
 * `lent` a batch is the reader's only until it asks for the next, which comes in the same memory.
 */
export async function* readHistory(
  engine: Engine,
  facts: LogFacts,
  { tail, since, until }: LogRange,
  tracker: PositionTracker,
  signal: AbortSignal,
  lent = false,
): AsyncGenerator<LineBatch> {
  const reader = readerFor(engine, facts, tracker, lent)
  // A setting may hold anything; an engine takes what is no number of lines for all of them.
  const wanted = tail === undefined ? undefined : Math.max(0, Math.floor(tail) || 0)
  const asked: { readonly tail?: number } = wanted === undefined ? {} : { tail: wanted + slackRecords }
  const options: LogOptions = {
    ...both,
    ...asked,
    follow: false,
    lent,
    ...(since === undefined ? {} : { since: stampDigits(since) }),
    ...(until === undefined ? {} : { until: stampDigits(until) }),
  }
  const chunks = batches(engine.streams.logs(facts.id, options, signal), reader)
  if (wanted === undefined || wanted > trimmedTail) yield* chunks
  else {
    const last = new LastLines(wanted)
    for await (const batch of chunks) for (let at = 0; at < batch.count; at += 1) last.add(batch, at)
    tracker.trimmed = last.trimmed
    yield* last.take()
  }
  tracker.whole = since === undefined && (asked.tail === undefined || tracker.records < asked.tail)
}

/** So many records before the position are asked for, at first and when those were too few. */
const overlaps = [2_000, 40_000]

export interface ReadOnOptions {
  /** Goes on for as long as the engine sends; else to the end of what it holds. */
  readonly follow: boolean
  /** Where to begin while nothing has been read; at the very beginning without it. */
  readonly since?: Stamp
  readonly until?: Stamp
  /** A batch is the reader's only until it asks for the next, which comes in the same memory. */
  readonly lent?: boolean
}

/**
 * Goes on from the tracker's position: nothing lost, nothing twice. The engine finds `since` by reading the whole log from its
 * beginning, so the last part is tried first.
 */
export async function* readOn(
  engine: Engine,
  facts: LogFacts,
  tracker: PositionTracker,
  { follow, since, until, lent = false }: ReadOnOptions,
  signal: AbortSignal,
): AsyncGenerator<LineBatch> {
  const { position } = tracker
  for (const plan of plans(tracker, since)) {
    const resume = position === undefined ? undefined : new Resume(position, plan.tail === undefined)
    const reader = readerFor(engine, facts, tracker, lent, resume)
    const attempt = new AbortController()
    const abort = (): void => attempt.abort()
    signal.addEventListener('abort', abort)
    try {
      if (signal.aborted) abort()
      const options = {
        ...both,
        ...plan,
        follow,
        lent,
        ...(until === undefined ? {} : { until: stampDigits(until) }),
      }
      yield* batches(engine.streams.logs(facts.id, options, attempt.signal), reader)
      if (!reader.gap) return
    } finally {
      signal.removeEventListener('abort', abort)
      attempt.abort()
    }
  }
}

function plans(
  { position, whole, records }: PositionTracker,
  beginning: Stamp | undefined,
): readonly Pick<LogOptions, 'tail' | 'since'>[] {
  if (position === undefined) return [beginning === undefined ? {} : { since: stampDigits(beginning) }]
  const all = { since: stampDigits(position.last) }
  // A short log is as quickly read as its last part; and after the clock stepped back a last part cannot tell where it begins.
  if ((whole && records < overlaps[0]!) || compareStamps(position.latest, position.last) > 0) return [all]
  return [...overlaps.map((more) => ({ tail: position.count + more })), all]
}

async function* batches(chunks: AsyncIterable<Buffer>, reader: LogReader): AsyncGenerator<LineBatch> {
  try {
    for await (const chunk of chunks) {
      const lines = reader.push(chunk)
      if (reader.gap) return
      yield* lines
    }
  } catch (fault) {
    yield* reader.cut()
    throw fault
  }
  const { lines, whole } = reader.end()
  yield* lines
  if (!whole) throw new EngineError('lost', t('The engine ended the log in the middle of a line.'))
}
