import type { Engine } from '../engine/engine.ts'
import { EngineError } from '../engine/errors.ts'
import type { EngineId } from '../engine/model/refs.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import type { Deps } from './command.ts'
import type { Confirmation } from './ui.ts'

/** How many names a question lists before it only counts. */
const listed = 20

/** What the user is asked before something is destroyed. */
export interface Question {
  readonly engines: readonly EngineId[]
  /** The names of what will go, as the engine has them. */
  readonly names: readonly string[]
  /** The sentence for one and for several: the name or the count, and the engine, are its arguments. */
  readonly one: (name: string, engine: string) => string
  readonly several: (count: number, engine: string) => string
  readonly action: string
  readonly alternative?: string
  /** Lines below the names. */
  readonly note?: string
}

/**
 * Asks once, naming objects and engine, and then compares the engines: where one is no longer the one that was shown
 * (closed, replaced behind the same address), nothing is done and the reason is thrown.
 */
export async function confirmOn(
  { engines, ui }: Deps,
  question: Question,
): Promise<'action' | 'alternative' | undefined> {
  const ids = [...new Set(question.engines)]
  const before = ids.map((id) => identity(engines.engine(id)))
  const where = ids.map((id) => plain(engines.nameOf(id), 80)).join(', ')
  const names = question.names.map((name) => plain(name, 120))
  const lines = names.length === 1 ? [] : names.slice(0, listed)
  if (names.length > listed) lines.push(t('and {0} more', names.length - listed))
  if (question.note !== undefined) lines.push(...(lines.length > 0 ? [''] : []), question.note)
  const confirmation: Confirmation = {
    message: names.length === 1 ? question.one(names[0]!, where) : question.several(names.length, where),
    action: question.action,
    ...(lines.length > 0 ? { detail: lines.join('\n') } : {}),
    ...(question.alternative === undefined ? {} : { alternative: question.alternative }),
  }
  const answer = await ui.confirm(confirmation)
  if (answer !== undefined)
    ids.forEach((id, index) => {
      if (!same(before[index]!, identity(engines.engine(id)))) throw changed(engines.nameOf(id))
    })
  return answer
}

interface Identity {
  readonly engine: Engine
  readonly data: string | undefined
}

const identity = (engine: Engine): Identity => ({ engine, data: engine.info?.id })
const same = (a: Identity, b: Identity): boolean => a.engine === b.engine && a.data === b.data

const changed = (name: string): EngineError =>
  new EngineError('lost', t('Another engine answers as {0} now; nothing was done.', plain(name, 80)), {
    nextStep: t('Look at the view and try again.'),
  })
