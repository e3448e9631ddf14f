import { childOf, normalize, parentOf } from '../engine/files/file-path.ts'
import type { FileEntry } from '../engine/files/files.ts'
import type { Place } from '../engine/files/place.ts'
import { shownName } from '../engine/files/raw-name.ts'
import { isFolder } from '../tree/files.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { download } from './file-download.ts'
import { askFolder, askPath, placeOfNode } from './file-places.ts'
import { bytes } from './sizes.ts'
import type { Choice } from './ui.ts'

type Step = { readonly to: 'folder' | 'file'; readonly path: string } | 'addFolder' | 'download'

function choiceOf(folder: string, entry: FileEntry): Choice<Step> {
  const folderThere = isFolder(entry)
  const path = childOf(folder, entry.name)
  return {
    label: plain(shownName(folderThere ? `${entry.name}/` : entry.name), 200),
    icon: entry.type === 'symlink' ? 'file-symlink-file' : folderThere ? 'folder' : 'file',
    description: entry.type === 'file' ? bytes(entry.size) : entry.type === 'symlink' ? t('link') : '',
    value: { to: folderThere ? 'folder' : 'file', path },
  }
}

const order = (a: FileEntry, b: FileEntry): number =>
  Number(isFolder(b)) - Number(isFolder(a)) || (a.name < b.name ? -1 : 1)

/** Goes from folder to folder until a file is opened, or something is done with the folder. */
export async function browse(deps: Deps, place: Place, start: string): Promise<void> {
  const files = (await deps.places()).files(place)
  for (let folder = normalize(start); ;) {
    const entries = await deps.ui.progress(t('Reading {0}', plain(folder, 200)), (_, signal) =>
      files.list(folder, signal),
    )
    const choices: Choice<Step>[] = [
      ...(folder === '/'
        ? []
        : [{ label: '../', icon: 'arrow-up', value: { to: 'folder', path: parentOf(folder) } as const }]),
      ...[...entries].sort(order).map((entry) => choiceOf(folder, entry)),
      { label: t('Add This Folder to the Workspace'), icon: 'root-folder', value: 'addFolder' },
      { label: t('Download This Folder…'), icon: 'desktop-download', value: 'download' },
    ]
    const chosen = await deps.ui.pick(choices, { title: `${place.name}: ${plain(folder, 200)}` })
    if (chosen === undefined) return
    if (chosen === 'download') return download(deps, place, [folder])
    if (chosen === 'addFolder') return addFolder(deps, place, folder)
    if (chosen.to === 'file') return deps.ui.openPlaceFile(place, chosen.path)
    folder = chosen.path
  }
}

export const addFolder = ({ ui }: Deps, place: Place, folder: string): void =>
  ui.addPlaceFolder(place, folder, folder === '/' ? place.name : `${place.name}: ${plain(folder, 200)}`)

const browseFiles = nodeCommand({
  id: 'files.browse',
  title: 'Browse Files…',
  icon: 'files',
  on: ['container', 'volume', 'image'],
  place: { group: '1_see@1', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    if (node !== undefined) await browse(deps, placeOfNode(node), '/')
  },
})

const openFile = nodeCommand({
  id: 'files.openPath',
  title: 'Open File by Path…',
  icon: 'go-to-file',
  on: ['container', 'volume', 'image'],
  place: { group: '1_see@2', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const place = placeOfNode(node)
    const path = await askPath(deps, {
      title: t('Open a File of {0}', place.name),
      prompt: t('Path of a file or folder'),
      value: '/',
    })
    if (path === undefined) return
    const files = (await deps.places()).files(place)
    const entry = await files.stat(path)
    if (isFolder(entry)) await browse(deps, place, path)
    else await deps.ui.openPlaceFile(place, normalize(path))
  },
})

const addToWorkspace = nodeCommand({
  id: 'files.addFolder',
  title: 'Add Folder to Workspace…',
  icon: 'root-folder',
  on: ['container', 'volume', 'image'],
  place: { group: '1_see@3', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const place = placeOfNode(node)
    const folder = await askFolder(
      deps,
      place,
      t('Add a Folder of {0} to the Workspace', place.name),
      t('Path of the folder'),
    )
    if (folder === undefined) return
    // Lists it once: what cannot be read is told here, not in the Explorer.
    await deps.ui.progress(t('Reading {0}', plain(folder, 200)), async (_, signal) =>
      (await deps.places()).files(place).list(folder, signal),
    )
    addFolder(deps, place, normalize(folder))
  },
})

export const fileCommands: readonly Command[] = [browseFiles, openFile, addToWorkspace]
