import { t } from '../../shared/l10n.ts'
import type { ProgressRecord } from '../engine.ts'
import type { EngineError } from '../errors.ts'
import { refusalText } from '../transport/refusals.ts'
import { type Fields, fields, number, text } from './fields.ts'

/** A record of a pull, push, build or load; throws the error that the engine reports in one. */
export function progressOf(record: Fields): ProgressRecord {
  const failed = record['errorDetail'] !== undefined || typeof record['error'] === 'string'
  if (failed) throw failure(record)
  const detail = fields(record['progressDetail'])
  const part = (key: 'id' | 'status' | 'stream'): { [K in typeof key]?: string } =>
    typeof record[key] === 'string' ? { [key]: record[key] } : {}
  return {
    ...part('id'),
    ...part('status'),
    ...part('stream'),
    ...(typeof detail['current'] === 'number' ? { current: number(detail['current']) } : {}),
    ...(typeof detail['total'] === 'number' ? { total: number(detail['total']) } : {}),
    ...(record['aux'] === undefined ? {} : { aux: record['aux'] }),
  }
}

function failure(record: Fields): EngineError {
  const detail = fields(record['errorDetail'])
  return refusalText(text(detail['message']) || text(record['error']) || t('The engine reports an error.'))
}
