import type { EngineId } from '../model/refs.ts'
import type { Volume } from '../model/volume.ts'
import { type Fields, fields, number, text, textMap, time } from './fields.ts'

const generatedName = /^[0-9a-f]{64}$/

/** A row of `GET /volumes`; undefined for one without a name. */
export function volumeOf(engine: EngineId, row: Fields): Volume | undefined {
  const name = text(row['Name'])
  if (name === '') return undefined
  const labels = textMap(row['Labels'])
  const created = time(row['CreatedAt'])
  const size = fields(row['UsageData'])['Size']
  return {
    kind: 'volume',
    engine,
    id: name,
    name,
    driver: text(row['Driver']),
    mountpoint: text(row['Mountpoint']),
    scope: text(row['Scope']),
    labels,
    options: textMap(row['Options']),
    ...(created === undefined ? {} : { created }),
    // Engines say -1 where they do not know.
    ...(typeof size === 'number' && size >= 0 ? { size: number(size) } : {}),
    anonymous: 'com.docker.volume.anonymous' in labels || generatedName.test(name),
  }
}
