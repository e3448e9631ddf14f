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
