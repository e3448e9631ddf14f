import type { Image, ImageLayer } from '../model/image.ts'
import type { EngineId } from '../model/refs.ts'
import { type Fields, number, text, textMap, texts } from './fields.ts'

/** A row of `GET /images/json`; undefined for one without an id. */
export function imageOf(engine: EngineId, row: Fields): Image | undefined {
  const id = text(row['Id'])
  if (id === '') return undefined
  const tags = texts(row['RepoTags']).filter((tag) => tag !== '<none>:<none>')
  const digests = texts(row['RepoDigests']).filter((digest) => !digest.startsWith('<none>'))
  return {
    kind: 'image',
    engine,
    id: id.includes(':') ? id : `sha256:${id}`,
    tags,
    digests,
    parentId: text(row['ParentId']),
    created: number(row['Created']) * 1000,
    size: number(row['Size']),
    labels: textMap(row['Labels']),
    dangling: tags.length === 0 && digests.length === 0,
  }
}

export function layerOf(row: Fields): ImageLayer {
  return {
    id: text(row['Id']),
    created: number(row['Created']) * 1000,
    createdBy: text(row['CreatedBy']),
    size: number(row['Size']),
    comment: text(row['Comment']),
    tags: texts(row['Tags']),
  }
}
