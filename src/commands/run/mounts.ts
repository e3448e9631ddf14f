import type { Raw } from '../../engine/engine.ts'
import { t } from '../../shared/l10n.ts'
import type { Flags } from './create-body.ts'
import { csvFields, csvValues } from '../../shared/docker-run/csv-fields.ts'
import { bytes, invalid } from './values.ts'

export interface Mounts {
  /** `HostConfig.Binds`: `source:target[:options]`. */
  readonly binds: readonly string[]
  readonly mounts: readonly Raw[]
  readonly tmpfs: Readonly<Record<string, string>>
  /** `Volumes`: targets of volumes without a name. */
  readonly anonymous: Readonly<Record<string, Record<never, never>>>
}

/** `-v`, `--mount` and `--tmpfs` as the body of a create call takes them. */
export function mounts(flags: Flags, absolute: (path: string) => string): Mounts {
  const binds: string[] = []
  const anonymous: Record<string, Record<never, never>> = {}
  for (const value of flags.list('volume')) {
    const parts = volumeParts(value)
    if (parts === undefined)
      throw invalid(
        'volume',
        value,
        t('Write SOURCE:TARGET or SOURCE:TARGET:ro; the target is an absolute path in the container.'),
      )
    if (parts.source === undefined) anonymous[parts.target] = {}
    else
      binds.push(
        [
          isPath(parts.source) ? absolute(parts.source) : parts.source,
          parts.target,
          ...(parts.options === undefined ? [] : [parts.options]),
        ].join(':'),
      )
  }
  const tmpfs = Object.fromEntries(
    flags.list('tmpfs').map((value) => {
      const colon = value.indexOf(':')
      return colon === -1 ? [value, ''] : [value.slice(0, colon), value.slice(colon + 1)]
    }),
  )
  return { binds, mounts: flags.list('mount').map((value) => mount(value, absolute)), tmpfs, anonymous }
}

export interface VolumeParts {
  readonly source?: string
  readonly target: string
  readonly options?: string
}

/** The parts of `-v` as the CLI splits them; a drive letter (`C:\data:/data`) is no separator. */
export function volumeParts(value: string): VolumeParts | undefined {
  const parts: string[] = []
  let rest = value
  while (rest !== '') {
    const [part] = /^(?:[a-z]:[\\/][^:]*|[^:]*)/i.exec(rest)!
    parts.push(part)
    rest = rest.slice(part.length)
    if (rest.startsWith(':')) rest = rest.slice(1) === '' ? ' ' : rest.slice(1)
  }
  if (parts.length === 0 || parts.length > 3 || parts.some((part) => part.trim() === '')) return undefined
  const [first, second, third] = parts
  const target = second ?? first!
  if (!/^(\/|[a-z]:[\\/])/i.test(target)) return undefined
  return second === undefined
    ? { target }
    : { source: first!, target, ...(third === undefined ? {} : { options: third }) }
}

/** A bind mount's source, as opposed to the name of a volume. */
export const isPath = (source: string): boolean => /^([./~\\]|[a-z]:[\\/])/i.test(source)

function mount(value: string, absolute: (path: string) => string): Raw {
  const fields = csvFields(value)
  const pick = (...names: readonly string[]): string | undefined =>
    names.map((name) => fields.get(name)).find((found) => found !== undefined)
  const type = fields.get('type') ?? 'volume'
  const target = pick('target', 'dst', 'destination')
  if (target === undefined)
    throw invalid('mount', value, t('A mount needs a target, such as type=volume,src=data,dst=/data.'))
  const source = pick('source', 'src')
  const readOnly = pick('readonly', 'ro')
  return {
    Type: type,
    Target: target,
    ...(source === undefined ? {} : { Source: type === 'bind' ? absolute(source) : source }),
    ...(readOnly === undefined ? {} : { ReadOnly: /^(true|1)$/i.test(readOnly) }),
    ...(fields.has('consistency') ? { Consistency: fields.get('consistency') } : {}),
    ...options(type, fields, csvValues(value, 'volume-opt')),
  }
}

function options(type: string, fields: ReadonlyMap<string, string>, driverOptions: readonly string[]): Raw {
  if (type === 'bind') {
    const propagation = fields.get('bind-propagation')
    const recursive = fields.get('bind-nonrecursive')
    if (propagation === undefined && recursive === undefined) return {}
    return {
      BindOptions: {
        ...(propagation === undefined ? {} : { Propagation: propagation }),
        ...(recursive === undefined ? {} : { NonRecursive: recursive === 'true' }),
      },
    }
  }
  if (type === 'tmpfs') {
    const size = fields.get('tmpfs-size')
    const mode = fields.get('tmpfs-mode')
    if (size === undefined && mode === undefined) return {}
    return {
      TmpfsOptions: {
        ...(size === undefined ? {} : { SizeBytes: bytes(size) }),
        ...(mode === undefined ? {} : { Mode: Number.parseInt(mode, 8) }),
      },
    }
  }
  const subpath = fields.get('volume-subpath')
  const noCopy = fields.get('volume-nocopy')
  const driver = fields.get('volume-driver')
  const driverConfig = {
    ...(driver === undefined ? {} : { Name: driver }),
    ...(driverOptions.length === 0
      ? {}
      : { Options: Object.fromEntries(driverOptions.map((option) => keyValue(option))) }),
  }
  const special = Object.keys(driverConfig).length > 0
  if (type !== 'volume' || (subpath === undefined && noCopy === undefined && !special)) return {}
  return {
    VolumeOptions: {
      ...(noCopy === undefined ? {} : { NoCopy: noCopy === 'true' }),
      ...(subpath === undefined ? {} : { Subpath: subpath }),
      ...(special ? { DriverConfig: driverConfig } : {}),
    },
  }
}

function keyValue(entry: string): readonly [string, string] {
  const equals = entry.indexOf('=')
  return equals === -1 ? [entry, ''] : [entry.slice(0, equals), entry.slice(equals + 1)]
}
