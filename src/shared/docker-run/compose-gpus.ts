import { item, raw, type Yaml } from './compose-yaml.ts'
import { csvPairs } from './csv-fields.ts'

/** `--gpus` as a list of requests (Compose 2.30); `all` has a short form. */
export function gpus(value: string | undefined): readonly string[] {
  if (value === undefined) return []
  if (value === 'all') return ['    gpus: all']
  const pairs = csvPairs(value)
  const field = (name: string): string | undefined => pairs.find(([key]) => key === name)?.[1]
  const count = field('count') ?? (pairs[0]?.[1] === 'true' ? pairs[0][0] : undefined)
  const capabilities = field('capabilities')
  const request: { readonly [key: string]: Yaml } = {
    ...(field('driver') === undefined ? {} : { driver: field('driver')! }),
    ...(field('device') === undefined
      ? { count: count === 'all' ? 'all' : raw(count ?? '1') }
      : { device_ids: field('device')!.split(',') }),
    ...(capabilities === undefined ? {} : { capabilities: capabilities.split(',') }),
  }
  return ['    gpus:', ...item(request, 6)]
}
