import type { Raw } from '../../engine/engine.ts'
import { csvPairs } from '../../shared/docker-run/csv-fields.ts'
import { t } from '../../shared/l10n.ts'
import { array as list, number, object, string as text, strings } from '../raw.ts'
import type { Flags } from './create-body.ts'
import { bytes, invalid } from './values.ts'

/** Flags about one block device each, with the field of `HostConfig` and what its value is called there. */
const perDevice = [
  ['blkio-weight-device', 'BlkioWeightDevice', 'Weight'],
  ['device-read-bps', 'BlkioDeviceReadBps', 'Rate'],
  ['device-write-bps', 'BlkioDeviceWriteBps', 'Rate'],
  ['device-read-iops', 'BlkioDeviceReadIOps', 'Rate'],
  ['device-write-iops', 'BlkioDeviceWriteIOps', 'Rate'],
] as const

/** The fields of `HostConfig` about devices: nodes, GPUs, limits of block devices. */
export function devices(flags: Flags): Raw {
  const config: Record<string, unknown> = {}
  const nodes = flags.list('device')
  if (nodes.length > 0) config['Devices'] = nodes.map(device)
  const wanted = flags.text('gpus')
  if (wanted !== undefined) config['DeviceRequests'] = gpus(wanted)
  for (const [flag, field, name] of perDevice) {
    const values = flags.list(flag)
    if (values.length > 0) config[field] = values.map((value) => deviceValue(flag, value, name))
  }
  return config
}

/** The same back from what the engine says of a container, as flags with their values. */
export function deviceFlags(host: Raw): readonly (readonly [flag: string, values: readonly string[]])[] {
  const limits = perDevice.map(
    ([flag, field, name]) =>
      [
        flag,
        list(host[field]).map((entry) => `${text(object(entry)['Path'])}:${number(object(entry)[name])}`),
      ] as const,
  )
  const nodes = list(host['Devices']).map((entry) => {
    const { PathOnHost: outside, PathInContainer: inside, CgroupPermissions: permissions } = object(entry)
    return [text(outside), text(inside), text(permissions)].filter((part) => part !== '').join(':')
  })
  return [['device', nodes], ...limits]
}

/** `--gpus` of the first request for GPUs, if there is one. */
export function gpusFlag(host: Raw): string {
  for (const request of list(host['DeviceRequests']).map((entry) => object(entry))) {
    const capabilities = strings(list(request['Capabilities'])[0])
    if (!capabilities.includes('gpu')) continue
    const ids = strings(request['DeviceIDs'])
    const count = number(request['Count'])
    const others = capabilities.filter((capability) => capability !== 'gpu')
    const fields = [
      ids.length > 0 ? `device=${ids.join(',')}` : count === -1 ? 'all' : String(count),
      ...(text(request['Driver']) === '' ? [] : [`driver=${text(request['Driver'])}`]),
      ...(others.length === 0 ? [] : [`capabilities=${others.join(',')}`]),
    ]
    return fields.map((field) => (field.includes(',') ? `"${field}"` : field)).join(',')
  }
  return ''
}

function device(value: string): Raw {
  const [host = '', inside, permissions] = value.split(':')
  const onlyPermissions = inside !== undefined && permissions === undefined && /^[rwm]{1,3}$/.test(inside)
  return {
    PathOnHost: host,
    PathInContainer: inside === undefined || onlyPermissions ? host : inside,
    CgroupPermissions: onlyPermissions ? inside : (permissions ?? 'rwm'),
  }
}

function deviceValue(flag: string, value: string, field: 'Weight' | 'Rate'): Raw {
  const colon = value.lastIndexOf(':')
  const amount = colon === -1 ? undefined : bytes(value.slice(colon + 1))
  if (amount === undefined) throw invalid(flag, value, t('Write DEVICE:VALUE, such as /dev/sda:1mb.'))
  return { Path: value.slice(0, colon), [field]: amount }
}

/** `all`, `2`, `device=0`, `"device=0,1"`, `all,capabilities=utility`, `count=2,driver=nvidia` (docker/cli, opts/gpus.go). */
function gpus(value: string | undefined): readonly Raw[] | undefined {
  if (value === undefined) return undefined
  const fields = csvPairs(value)
  const field = (name: string): string | undefined => fields.find(([key]) => key === name)?.[1]
  const first = fields[0]?.[1] === 'true' ? fields[0][0] : undefined
  const count = field('count') ?? first
  const devices = field('device')
  const wanted = count === undefined ? undefined : count === 'all' ? -1 : Number(count)
  if (Number.isNaN(wanted)) throw invalid('gpus', value, t('It is all, a number, or device=ID.'))
  return [
    {
      ...(field('driver') === undefined ? {} : { Driver: field('driver') }),
      ...(devices === undefined ? { Count: wanted ?? 1 } : { DeviceIDs: devices.split(',') }),
      Capabilities: [[...(field('capabilities')?.split(',') ?? []), 'gpu']],
    },
  ]
}
