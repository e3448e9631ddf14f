import type { EngineEvent } from '../model/system.ts'
import { recordOf } from '../transport/lines.ts'
import { fields, number, text, textMap } from './fields.ts'

/** A line of `GET /events`; undefined for one that is no event. The digits of its time are taken from the text: they are more than a number holds. */
export function eventOf(line: string): EngineEvent | undefined {
  const record = recordOf(line)
  if (record === undefined) return undefined
  const action = (text(record['Action']) || text(record['status'])).split(':')[0]!.trim()
  if (action === '') return undefined
  const actor = fields(record['Actor'])
  const digits = /"timeNano"\s*:\s*(\d+)/.exec(line)?.[1]
  const attributes = textMap(actor['Attributes'])
  return {
    type: text(record['Type']) || 'container',
    action,
    // Podman leaves the id of a volume out, which is its name.
    id: text(actor['ID']) || text(record['id']) || (attributes['name'] ?? ''),
    attributes,
    timeNano: digits ?? `${Math.trunc(number(record['time']))}000000000`,
  }
}
