import { normalize, parentOf } from '../engine/files/file-path.ts'
import type { FileEntry } from '../engine/files/files.ts'
import type { Place } from '../engine/files/place.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { isFolder } from '../tree/files.ts'
import { containerPlace } from '../tree/places.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { entryAt } from './file-move.ts'

async function imageOf({ engines }: Deps, { engine, id, name }: Place): Promise<Place> {
  const { Image } = await engines.engine(engine).containers.inspect(id)
  return { kind: 'image', engine, id: String(Image), name: t('image of {0}', name) }
}

const entryIn = async (deps: Deps, place: Place, path: string): Promise<FileEntry | undefined> =>
  entryAt((await deps.places()).files(place), path)

/** Shows a file of a container beside the image's; alone where only one of them has it. */
async function compareWithImage(deps: Deps, place: Place, path: string): Promise<void> {
  const image = await imageOf(deps, place)
  const [before, after] = [await entryIn(deps, image, path), await entryIn(deps, place, path)]
  const shown = plain(path, 200)
  if ([before, after].some((entry) => entry !== undefined && isFolder(entry)))
    return void deps.ui.info(t('{0} is a folder.', shown))
  if (before === undefined && after === undefined)
    return void deps.ui.info(t('There is no {0} any more.', shown))
  if (before === undefined) return deps.ui.openPlaceFile(place, path)
  if (after === undefined) return deps.ui.openPlaceFile(image, path)
  await deps.ui.comparePlaceFiles(image, place, path, t('{0}: image and {1}', shown, place.name))
}

const compare = nodeCommand({
  id: 'files.compareWithImage',
  title: 'Compare File with Image…',
  icon: 'diff',
  on: ['container'],
  place: { group: '1_see@4', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const place = containerPlace(node.container)
    const changes = await deps.ui.progress(t('Comparing the files of {0}', place.name), (_, signal) =>
      deps.engines.engine(place.engine).containers.changes(place.id, signal),
    )
    const folders = new Set(changes.map(({ path }) => parentOf(path)))
    const files = changes
      .filter(({ path, change }) => change === 'modified' && !folders.has(path))
      .map(({ path }) => path)
    if (files.length === 0)
      return void deps.ui.info(t('No file of the image has been changed in {0}.', place.name))
    const path = await deps.ui.pick(
      files.map((value) => ({ label: plain(value, 400), icon: 'diff-modified', value })),
      { title: t('Changed Files of {0}', place.name) },
    )
    if (path !== undefined) await compareWithImage(deps, place, path)
  },
})

const compareRow = nodeCommand({
  id: 'files.compareRow',
  title: 'Compare with Image',
  icon: 'diff',
  on: ['file+comparable'],
  place: { group: '1_open@3' },
  many: false,
  palette: false,
  async run(deps, [node]) {
    if (node !== undefined) await compareWithImage(deps, node.place, normalize(node.path))
  },
})

const openChange = nodeCommand({
  id: 'files.openChange',
  title: 'Open Change',
  icon: 'go-to-file',
  on: ['change+leaf'],
  place: { group: '1_open@1' },
  many: false,
  palette: false,
  async run(deps, [node]) {
    if (node !== undefined) await compareWithImage(deps, node.place, normalize(node.path))
  },
})

export const fileCompareCommands: readonly Command[] = [compare, compareRow, openChange]
