import { execFileSync } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** The file in which an engine's `json-file` driver keeps the log of a container. */
export function jsonFileOf(
  host: { readonly dockerBin: string; readonly env: Readonly<Record<string, string>> },
  id: string,
): string {
  const root = execFileSync(host.dockerBin, ['info', '-f', '{{.DockerRootDir}}'], { env: { ...host.env } })
  return join(root.toString().trim(), 'containers', id, `${id}-json.log`)
}

const together = 10_000

/** Puts `count` lines, a microsecond after each other, into the log of a container that has ended. */
export function writeLog(file: string, count: number, line: (index: number) => string): void {
  const descriptor = openSync(file, 'w')
  try {
    for (let from = 0; from < count; from += together) {
      let text = ''
      for (let index = from; index < Math.min(count, from + together); index += 1) {
        const second = String(Math.floor(index / 1_000_000) % 60).padStart(2, '0')
        const micros = String(index % 1_000_000).padStart(6, '0')
        text += `{"log":"${line(index)}\\n","stream":"stdout","time":"2026-01-02T03:04:${second}.${micros}000Z"}\n`
      }
      writeSync(descriptor, text)
    }
  } finally {
    closeSync(descriptor)
  }
}
