import type { Container } from '../../engine/model/container.ts'
import { refKey } from '../../engine/model/refs.ts'
import { bytes } from '../../shared/bytes.ts'
import { plural, t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { shortId, splitName } from '../image-names.ts'
import { imagePlace } from '../places.ts'
import { fullMoment, shortMoment } from '../moment.ts'
import type { ImageNode, RepositoryNode, Row } from '../node.ts'
import { labelFact, tooltip } from '../tooltip.ts'
import { usersWord } from '../users.ts'
import { dotted, spoken, type Kind } from './kind.ts'

const id = ({ image, tag }: ImageNode): string => `${refKey(image)}|${tag ?? ''}`

/** Below its repository what is left of the name, else all of it; an image without a name by its id. */
function imageLabel({ image, tag, within }: ImageNode): string {
  if (tag === undefined) return shortId(image.id)
  return plain(within === undefined ? tag : splitName(tag).tag || tag, 120)
}

const isUsed = ({ usedBy }: ImageNode): boolean => usedBy.length > 0

function imageIcon(node: ImageNode): Row['icon'] {
  if (isUsed(node)) return { name: 'package', color: 'charts.green' }
  return node.image.dangling ? { name: 'circle-slash', color: 'disabledForeground' } : { name: 'archive' }
}

const stateWords = (node: ImageNode): string =>
  isUsed(node) ? usersWord(node.usedBy) : node.image.dangling ? t('dangling') : t('unused')

export const imageKind: Kind<ImageNode> = {
  id,
  flags: (node) => [...(isUsed(node) ? ['used'] : []), ...(node.image.dangling ? ['dangling'] : [])],
  label: imageLabel,
  description: (node, context) =>
    dotted(
      bytes(node.image.size),
      stateWords(node),
      t('created {0}', shortMoment({ at: node.image.created, within: 0 }, context)),
    ),
  icon: imageIcon,
  accessibilityLabel: (node) =>
    spoken(
      node.tag === undefined ? shortId(node.image.id) : plain(node.tag, 120),
      t('image'),
      bytes(node.image.size),
      stateWords(node),
    ),
  tooltip: ({ image, tag, usedBy }, context) =>
    tooltip(tag ?? shortId(image.id), bytes(image.size), [
      [t('Names'), image.tags],
      [t('Used by'), usedBy.map(({ name }) => name)],
      [t('Created'), fullMoment({ at: image.created, within: 0 }, context)],
      [t('Digests'), image.digests],
      labelFact(image.labels),
      [t('Id'), image.id],
    ]),
  expandable: () => 'collapsed',
  children: (node) => [
    { kind: 'files', place: imagePlace(node.image, node.tag), within: id(node) },
    ...usersBelow(id(node), node.usedBy),
  ],
}

/** Containers as the users of what is above them. */
export const usersBelow = (within: string, users: readonly Container[]) =>
  users.map((container) => ({ kind: 'container', container, within }) as const)

const distinctImages = ({ images }: RepositoryNode): number =>
  new Set(images.map(({ image }) => image.id)).size

/** Of each image once, layers shared between them counted with each: what `docker images` would add up to. */
function totalSize({ images }: RepositoryNode): number {
  const sizes = new Map(images.map(({ image }) => [image.id, image.size]))
  return [...sizes.values()].reduce((sum, size) => sum + size, 0)
}

const repositoryLabel = ({ name }: RepositoryNode): string => (name === '' ? t('dangling') : plain(name, 120))

function repositoryWords(node: RepositoryNode): string {
  const used = node.images.filter(isUsed).length
  const count = distinctImages(node)
  const images = plural(count, '1 image', '{0} images')
  return dotted(images, used === 0 ? t('unused') : t('{0} used', used))
}

export const repositoryKind: Kind<RepositoryNode> = {
  id: ({ engine, name }) => `${engine}|repository|${name}`,
  flags: ({ name }) => (name === '' ? ['dangling'] : []),
  label: repositoryLabel,
  description: (node) =>
    distinctImages(node) === 1
      ? dotted(bytes(totalSize(node)), repositoryWords(node))
      : dotted(repositoryWords(node), t('{0} at most', bytes(totalSize(node)))),
  icon: (node) => ({
    name: node.name === '' ? 'circle-slash' : 'versions',
    ...(node.images.some(isUsed) ? { color: 'charts.green' } : {}),
  }),
  accessibilityLabel: (node) => spoken(repositoryLabel(node), t('repository'), repositoryWords(node)),
  tooltip: (node) =>
    tooltip(node.name === '' ? t('dangling') : node.name, repositoryWords(node), [
      [t('Tags'), node.images.map((image) => imageLabel(image))],
      [t('Size with shared layers'), bytes(totalSize(node))],
    ]),
  expandable: () => 'collapsed',
  children: ({ images }) => images,
}
