import { print, raw, type Yaml } from './compose-yaml.ts'
import { dollars, pair } from './compose-values.ts'
import { csvFields, csvValues } from './csv-fields.ts'

const sourceOf = (fields: ReadonlyMap<string, string>): string | undefined =>
  fields.get('source') ?? fields.get('src')

/** A `--mount` as compose has it among the volumes of a service. */
export function longVolume(mount: string): { readonly [key: string]: Yaml } {
  const fields = csvFields(mount)
  const on = (...names: readonly string[]): boolean =>
    names.some((name) => /^(true|1)$/i.test(fields.get(name) ?? ''))
  const source = sourceOf(fields)
  const target = fields.get('target') ?? fields.get('dst') ?? fields.get('destination') ?? ''
  const tmpfs = {
    ...(fields.has('tmpfs-size') ? { size: fields.get('tmpfs-size')! } : {}),
    // Compose reads it as a number of base 10 unless it begins with 0o.
    ...(fields.has('tmpfs-mode') ? { mode: raw(String(Number.parseInt(fields.get('tmpfs-mode')!, 8))) } : {}),
  }
  const volume = {
    ...(on('volume-nocopy') ? { nocopy: raw('true') } : {}),
    ...(fields.has('volume-subpath') ? { subpath: fields.get('volume-subpath')! } : {}),
  }
  const propagation = fields.get('bind-propagation')
  return {
    type: fields.get('type') ?? 'volume',
    ...(source === undefined ? {} : { source: dollars(source) }),
    target: dollars(target),
    ...(on('readonly', 'ro') ? { read_only: raw('true') } : {}),
    ...(Object.keys(tmpfs).length === 0 ? {} : { tmpfs }),
    ...(Object.keys(volume).length === 0 ? {} : { volume }),
    ...(propagation === undefined ? {} : { bind: { propagation } }),
  }
}

/** The driver of a volume that `--mount` would make: compose has it where the volume is named. */
export function volumeDriver(
  mount: string,
): readonly (readonly [volume: string, lines: readonly string[]])[] {
  const fields = csvFields(mount)
  const source = sourceOf(fields)
  const options = csvValues(mount, 'volume-opt').map((option) => pair(dollars(option)))
  const driver = fields.get('volume-driver')
  if (source === undefined || (driver === undefined && options.length === 0)) return []
  return [
    [
      source,
      [
        ...(driver === undefined ? [] : print('driver', driver, 4)),
        ...(options.length === 0 ? [] : print('driver_opts', Object.fromEntries(options), 4)),
      ],
    ],
  ]
}
