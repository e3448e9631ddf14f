import type { Place } from '../engine/files/place.ts'
import type { Container } from '../engine/model/container.ts'
import type { Image } from '../engine/model/image.ts'
import type { Volume } from '../engine/model/volume.ts'
import { plain } from '../shared/sinks.ts'
import { shortId } from './image-names.ts'

/** Objects as places of files; `name` is how the user knows them. */
export const containerPlace = ({ engine, id, name }: Container): Place => ({
  kind: 'container',
  engine,
  id,
  name: plain(name, 80),
})

export const volumePlace = ({ engine, id, name, anonymous }: Volume): Place => ({
  kind: 'volume',
  engine,
  id,
  name: plain(anonymous ? name.slice(0, 12) : name, 80),
})

export const imagePlace = ({ engine, id, tags }: Image, tag?: string): Place => ({
  kind: 'image',
  engine,
  id,
  name: plain(tag ?? tags[0] ?? shortId(id), 80),
})
