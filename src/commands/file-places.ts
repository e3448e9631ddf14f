import type { Place } from '../engine/files/place.ts'
import type { NodeOf } from '../tree/node.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import type { Deps } from './command.ts'
import { imageName, shortId } from './naming.ts'

export type PlaceNode = NodeOf<'container'> | NodeOf<'volume'> | NodeOf<'image'>

/** What a row's files are; `name` is how the user knows it. */
export function placeOfNode(node: PlaceNode): Place {
  switch (node.kind) {
    case 'container': {
      const { engine, id, name } = node.container
      return { kind: 'container', engine, id, name: plain(name, 80) }
    }
    case 'volume': {
      const { engine, id, name, anonymous } = node.volume
      return { kind: 'volume', engine, id, name: plain(anonymous ? shortId(name) : name, 80) }
    }
    case 'image': {
      const { engine, id } = node.image
      return { kind: 'image', engine, id, name: plain(imageName(node.image, node.tag), 80) }
    }
  }
}

/** `docker cp` knows containers only. */
export const copyName = (place: Place): string | undefined =>
  place.kind === 'container' ? place.name : undefined

/** Asks for a path in a place. */
export const askPath = (
  { ui }: Deps,
  options: { readonly title: string; readonly prompt: string; readonly value: string },
): Promise<string | undefined> =>
  ui.input({
    ...options,
    validate: (value) =>
      value.startsWith('/') && !value.includes('\0')
        ? undefined
        : t('A path from the root is needed: /etc/hosts.'),
  })
