/** Logs as an engine sends them: records with stamps, in frames or raw. */
export interface LogRecord {
  readonly stream?: 'stdout' | 'stderr' | 'engine'
  readonly stamp: string
  /** With its line end, where it has one. */
  readonly text: string | Uint8Array
}

const types = { stdout: 1, stderr: 2, engine: 3 } as const

export function frame(stream: 'stdout' | 'stderr' | 'engine', payload: Uint8Array | string): Buffer {
  const body = Buffer.from(payload)
  const header = Buffer.alloc(8)
  header[0] = types[stream]
  header.writeUInt32BE(body.length, 4)
  return Buffer.concat([header, body])
}

export function framed(records: readonly LogRecord[]): Buffer {
  return Buffer.concat(
    records.map(({ stream = 'stdout', stamp, text }) =>
      frame(stream, Buffer.concat([Buffer.from(`${stamp} `), Buffer.from(text)])),
    ),
  )
}

export function raw(records: readonly LogRecord[]): Buffer {
  return Buffer.concat(
    records.map(({ stamp, text }) => Buffer.concat([Buffer.from(`${stamp} `), Buffer.from(text)])),
  )
}

/** `at(5)` is five seconds after the hour; `at(5, 7)` seven nanoseconds later. */
export function at(seconds: number, nanos = 0): string {
  const whole = new Date(Date.UTC(2026, 0, 2, 3, 0, 0) + seconds * 1000).toISOString().slice(0, 19)
  return `${whole}.${String(nanos).padStart(9, '0')}Z`
}

/** Seconds since the epoch of `at(0)`. */
export const hour = Date.UTC(2026, 0, 2, 3, 0, 0) / 1000
