import { normalize, parentOf } from '../engine/files/file-path.ts'
import { placeKey, type Place } from '../engine/files/place.ts'
import type { NodeOf } from '../tree/node.ts'
import { containerPlace, imagePlace, volumePlace } from '../tree/places.ts'
import { t } from '../shared/l10n.ts'
import type { Deps } from './command.ts'

export type PlaceNode = NodeOf<'container'> | NodeOf<'volume'> | NodeOf<'image'>

/** What a row's files are. */
export function placeOfNode(node: PlaceNode): Place {
  switch (node.kind) {
    case 'container':
      return containerPlace(node.container)
    case 'volume':
      return volumePlace(node.volume)
    case 'image':
      return imagePlace(node.image, node.tag)
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

/** The same for a folder; that in which a container's program works is offered. */
export const askFolder = async (
  deps: Deps,
  place: Place,
  title: string,
  prompt: string,
): Promise<string | undefined> => askPath(deps, { title, prompt, value: await workingFolder(deps, place) })

async function workingFolder({ engines }: Deps, { kind, engine, id }: Place): Promise<string> {
  if (kind !== 'container') return '/'
  const raw = await engines.engine(engine).containers.inspect(id)
  const { WorkingDir } = (raw['Config'] ?? {}) as { readonly WorkingDir?: unknown }
  return typeof WorkingDir === 'string' && WorkingDir.startsWith('/') ? WorkingDir : '/'
}

/** Files and folders without those that are in another one of them: what is done to that is done to them. */
export function outermost<T extends { readonly place: Place; readonly path: string }>(
  items: readonly T[],
  isFolder: (item: T) => boolean = () => true,
): readonly T[] {
  const keyOf = (place: Place, path: string): string => `${placeKey(place)}|${path}`
  const folders = new Set(items.filter(isFolder).map(({ place, path }) => keyOf(place, normalize(path))))
  const isBelow = ({ place, path }: T): boolean => {
    for (let at = normalize(path); at !== '/';) {
      at = parentOf(at)
      if (folders.has(keyOf(place, at))) return true
    }
    return false
  }
  return items.filter((item) => !isBelow(item))
}

/** The views whose rows have files below them. */
export type ViewWithFiles = 'containers' | 'images' | 'volumes'

/** When a key means the files that are selected in one of these views. */
export const filesFocused = (...views: readonly ViewWithFiles[]): string =>
  `(${views.map((view) => `focusedView == quayside.${view} && quayside.fileSelected.${view}`).join(' || ')}) && listFocus && !inputFocus`
