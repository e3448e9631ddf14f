import type { LogRange } from '../engine/logs/read-log.ts'
import { t } from '../shared/l10n.ts'
import type { ViewState } from './messages.ts'
import { noPattern } from './pattern.ts'
import type { TimeMode } from './time-text.ts'
import { parseMoment } from './time-input.ts'

/** What a viewer begins with: the user's settings. */
export interface ViewDefaults {
  readonly tail: number
  readonly time: TimeMode
  readonly wrap: boolean
}

export function initialView({ tail, time, wrap }: ViewDefaults): ViewState {
  return {
    include: noPattern,
    exclude: noPattern,
    find: noPattern,
    minLevel: 0,
    context: 0,
    time,
    wrap,
    fold: true,
    fields: true,
    announce: false,
    hidden: [],
    tail: String(tail),
    since: '',
    until: '',
  }
}

/** Which part of the logs is read at first, from what a person wrote; or what is wrong with it. `now` in milliseconds. */
export function rangeOf(
  { tail, since, until }: Pick<ViewState, 'tail' | 'since' | 'until'>,
  now: number,
): LogRange | { readonly error: string } {
  const from = since.trim() === '' ? undefined : parseMoment(since, now)
  if (from !== undefined && 'error' in from) return { error: from.error }
  const to = until.trim() === '' ? undefined : parseMoment(until, now)
  if (to !== undefined && 'error' in to) return { error: to.error }
  const lines = tail.trim()
  if (lines !== '' && !/^\d{1,9}$/.test(lines))
    return { error: t('Write a number of lines, or nothing for all.') }
  return {
    ...(lines === '' ? {} : { tail: Number(lines) }),
    ...(from === undefined ? {} : { since: from }),
    ...(to === undefined ? {} : { until: to }),
  }
}
