import type { Image } from '../engine/model/image.ts'
import { plain } from '../shared/sinks.ts'

/** The first twelve digits of an id, as the CLI shows it. */
export const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12)

/** A name for a file on disk: what a path or a system could take otherwise is replaced. */
export const fileName = (name: string): string =>
  plain(name, 100)
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '') || 'file'

/** How an image is called: one of its names, else its short id. */
export const imageName = (image: Image, tag?: string): string => tag ?? image.tags[0] ?? shortId(image.id)

/** Bytes for people, in the units of the docker CLI: `1.2 GB`. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']
  let value = Math.max(0, count)
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? Math.round(value) : Number(value.toPrecision(3))} ${units[unit]!}`
}
