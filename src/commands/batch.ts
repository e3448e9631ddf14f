import { EngineError, isEngineError } from '../engine/errors.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import type { Report, Ui } from './ui.ts'

/** How many objects are worked on at the same time, unless a batch says so itself. */
const inFlight = 4
/** How many failures a message spells out. */
const spelledOut = 5

export interface Failure<T> {
  readonly item: T
  readonly error: EngineError
}

export interface Outcome<T> {
  readonly done: readonly T[]
  readonly failed: readonly Failure<T>[]
  /** Not begun or broken off because the user cancelled. */
  readonly cancelled: readonly T[]
}

export interface Batch<T> {
  /** Shown while it runs: `Stopping…`. */
  readonly title: string
  readonly items: readonly T[]
  readonly nameOf: (item: T) => string
  readonly task: (item: T, signal: AbortSignal, report: Report) => Promise<void>
  /** How many are worked on at the same time: all, where the work is to wait. */
  readonly atOnce?: number
  /** The head of the message when some failed: `Could not stop`. */
  readonly failed: string
  /** What is offered for a failure: the missing step, as the label of a button. The first failure that has one counts. */
  readonly mend?: (failure: Failure<T>) => Mend<T> | undefined
}

export interface Mend<T> {
  readonly action: string
  /** It explains, and does not take the place of what the error says to do next. */
  readonly explains?: true
  /** Gets the failures that have the same action. */
  readonly run: (failures: readonly Failure<T>[]) => Promise<void>
}

/** Does something to several objects: one progress, Cancel, a few at a time, and one message of what failed and why. */
export async function batch<T>(ui: Ui, options: Batch<T>): Promise<Outcome<T>> {
  if (options.items.length === 0) return { done: [], failed: [], cancelled: [] }
  const title =
    options.items.length === 1
      ? `${options.title} ${plain(options.nameOf(options.items[0]!), 80)}`
      : options.title
  const outcome = await ui.progress(title, (report, signal) => work(options, report, signal))
  if (outcome.failed.length > 0) await tell(ui, options, outcome.failed)
  return outcome
}

async function work<T>(
  { items, nameOf, task, atOnce = inFlight }: Batch<T>,
  report: Report,
  signal: AbortSignal,
): Promise<Outcome<T>> {
  const done: T[] = []
  const failed: Failure<T>[] = []
  const cancelled: T[] = []
  const waiting = [...items]
  const several = items.length > 1
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      if (signal.aborted) {
        cancelled.push(item)
        continue
      }
      try {
        await task(item, signal, several ? () => undefined : report)
        done.push(item)
      } catch (fault) {
        if (isEngineError(fault, 'cancelled')) cancelled.push(item)
        else failed.push({ item, error: asEngineError(fault) })
      }
      if (several)
        report({
          message: t('{0} of {1}: {2}', done.length + failed.length, items.length, plain(nameOf(item), 80)),
          fraction: (done.length + failed.length) / items.length,
        })
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane))
  return { done, failed, cancelled }
}

/** What was thrown as an error for the user; faults that are no `EngineError` are ours. */
export const asEngineError = (fault: unknown): EngineError =>
  fault instanceof EngineError
    ? fault
    : new EngineError('internal', fault instanceof Error ? fault.message : String(fault), { cause: fault })

async function tell<T>(
  ui: Ui,
  { nameOf, items, failed: head, mend }: Batch<T>,
  failures: readonly Failure<T>[],
): Promise<void> {
  const offered = failures.map((failure) => ({ failure, mend: mend?.(failure) }))
  const offer = offered.find((entry) => entry.mend !== undefined)?.mend
  const [first] = failures
  const shown = reasons(failures, nameOf)
  const message =
    items.length === 1
      ? `${head} ${shown[0]!}`
      : `${head} ${t('({0} of {1})', failures.length, items.length)} ${shown.join(' ')}`
  const nextSteps = new Set(failures.map(({ error }) => error.nextStep))
  const nextStep =
    nextSteps.size === 1 && (offer === undefined || offer.explains === true)
      ? first!.error.nextStep
      : undefined
  const error = new EngineError(first!.error.code, message, {
    cause: first!.error,
    ...(nextStep === undefined ? {} : { nextStep }),
  })
  if (offer === undefined) return void ui.error(error)
  const chosen = await ui.error(error, offer.action)
  if (chosen !== offer.action) return
  await offer.run(
    offered.filter((entry) => entry.mend?.action === offer.action).map((entry) => entry.failure),
  )
}

/** `a: no such image. b, c: No space is left.`: a reason that several share is said once. */
function reasons<T>(failures: readonly Failure<T>[], nameOf: (item: T) => string): string[] {
  const groups = new Map<string, string[]>()
  for (const { item, error } of failures) {
    const reason = sentence(error.message)
    const names = groups.get(reason) ?? []
    groups.set(reason, names)
    names.push(plain(nameOf(item), 80))
  }
  const all = [...groups].map(([reason, names]) => {
    const listed = names.slice(0, spelledOut).join(', ')
    const more = names.length - spelledOut
    return `${more > 0 ? t('{0} and {1} more', listed, more) : listed}: ${reason}`
  })
  const more = all.length - spelledOut
  return more > 0 ? [...all.slice(0, spelledOut), t('and {0} more', more)] : all
}

const sentence = (text: string): string => {
  const line = plain(text, 300)
  return /[.!?…]$/.test(line) ? line : `${line}.`
}
