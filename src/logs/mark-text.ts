import { LineBatch } from '../engine/logs/line-batch.ts'
import type { LogHappening, LogMark } from '../engine/logs/mark.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { markStream } from './line-flags.ts'

const encoder = new TextEncoder()

/** A mark as a line between those of the log. */
export function markLine(mark: LogMark, name: string): LineBatch {
  return LineBatch.of(encoder.encode(markText(mark, name)), mark, markStream)
}

/** What happened, as the sentence that stands between the lines. */
export function markText(mark: LogHappening, name: string): string {
  switch (mark.what) {
    case 'started':
      return t('{0} was started', name)
    case 'restarted':
      return t('{0} was restarted', name)
    case 'exited':
      return mark.oomKilled
        ? t('{0} ran out of memory and was killed (exit code {1})', name, mark.exitCode)
        : t('{0} exited with code {1}', name, mark.exitCode)
    case 'neverStarted':
      return t('{0} has not been started yet', name)
    case 'removed':
      return t('{0} was removed', name)
    case 'recreated':
      return t('{0} was created anew', name)
    case 'lost':
      return t('The connection to the engine was lost; it goes on by itself when the engine is back')
    case 'back':
      return t('The connection to the engine is back')
    case 'unreadable':
      return mark.driver === 'none'
        ? t('{0} keeps no log: its log driver is “none”', name)
        : t(
            'The log of {0} cannot be read here: its log driver “{1}” sends it elsewhere',
            name,
            plain(mark.driver, 40),
          )
    case 'failed':
      return t('The log of {0} cannot be read: {1}', name, plain(mark.message, 300))
  }
}
