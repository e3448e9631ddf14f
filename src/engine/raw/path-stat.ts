import type { PathStat } from '../engine.ts'
import { fields, number, text } from './fields.ts'
import { recordOf } from '../transport/lines.ts'

const directory = 0x80000000
const symlink = 0x08000000
const device = 0x04000000
const fifo = 0x02000000
const socket = 0x01000000
const setuid = 0x00800000
const setgid = 0x00400000
const sticky = 0x00100000

/** The header `X-Docker-Container-Path-Stat`, whose mode is Go's `os.FileMode`; undefined where it is none. */
export function pathStatOf(header: string): PathStat | undefined {
  const record = recordOf(Buffer.from(header, 'base64').toString('utf8'))
  if (record === undefined) return undefined
  const raw = fields(record)
  const mode = number(raw['mode'])
  const has = (bit: number): boolean => (mode & bit) !== 0
  return {
    name: text(raw['name']),
    size: number(raw['size']),
    mode:
      (mode & 0o777) | (has(setuid) ? 0o4000 : 0) | (has(setgid) ? 0o2000 : 0) | (has(sticky) ? 0o1000 : 0),
    type: typeOf(has),
    mtime: Math.max(0, Date.parse(text(raw['mtime'])) || 0),
    linkTarget: text(raw['linkTarget']),
  }
}

function typeOf(has: (bit: number) => boolean): PathStat['type'] {
  if (has(directory)) return 'directory'
  if (has(symlink)) return 'symlink'
  if (has(device)) return 'device'
  if (has(fifo)) return 'fifo'
  return has(socket) ? 'socket' : 'file'
}
