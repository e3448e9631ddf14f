import { largestOpened } from '../engine/files/limits.ts'
import { placeKey } from '../engine/files/place.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import type { NodeOf } from '../tree/node.ts'
import { nodeCommand, type Command } from './command.ts'
import { download } from './file-download.ts'
import { outermost } from './file-places.ts'
import { uploadChosen } from './file-upload.ts'
import { addFolder, browse } from './files.ts'
import { bytes } from './sizes.ts'

/** The path of a row of files; that of the root folder is `/`. */
export const pathOf = (node: NodeOf<'files'> | NodeOf<'file'> | NodeOf<'change'>): string =>
  node.kind === 'files' ? '/' : node.path

const open = nodeCommand({
  id: 'files.open',
  title: 'Open',
  icon: 'go-to-file',
  on: ['file+regular'],
  place: { group: '1_open@1' },
  palette: false,
  async run(deps, nodes) {
    for (const { place, path, entry } of nodes) {
      if (entry.size <= largestOpened) {
        await deps.ui.openPlaceFile(place, path)
        continue
      }
      const instead = t('Download…')
      const text = t('{0} is too large to be opened: {1}.', plain(path, 200), bytes(entry.size))
      if ((await deps.ui.warn(text, instead)) === instead) await download(deps, place, [path])
    }
  },
})

const reveal = nodeCommand({
  id: 'files.reveal',
  title: 'Reveal in Explorer',
  icon: 'list-tree',
  on: ['file', 'files'],
  place: { group: '1_open@4' },
  many: false,
  palette: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const { place } = node
    if (await deps.ui.revealPlaceFile(place, pathOf(node))) return
    const add = t('Add Folder to Workspace')
    const text = t('No folder of {0} that holds it is part of the workspace.', place.name)
    if ((await deps.ui.info(text, add)) === add) addFolder(deps, place, '/')
  },
})

const addRow = nodeCommand({
  id: 'files.addRow',
  title: 'Add Folder to Workspace',
  icon: 'root-folder',
  on: ['files', 'file+folder'],
  place: { group: '1_open@5' },
  many: false,
  palette: false,
  run(deps, [node]) {
    if (node !== undefined) addFolder(deps, node.place, pathOf(node))
    return Promise.resolve()
  },
})

const find = nodeCommand({
  id: 'files.find',
  title: 'Find in Folder…',
  icon: 'search',
  on: ['files', 'file+folder'],
  place: { group: '1_open@2' },
  many: false,
  palette: false,
  async run(deps, [node]) {
    if (node !== undefined) await browse(deps, node.place, pathOf(node))
  },
})

const refresh = nodeCommand({
  id: 'files.refresh',
  title: 'Refresh Files',
  icon: 'refresh',
  on: ['files', 'file+folder', 'changes'],
  place: { group: '1_open@9', inline: true },
  many: false,
  palette: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const files = (await deps.places()).files(node.place)
    files.forget()
    await deps.ui.placeChanged(node.place, node.kind === 'changes' ? '/' : pathOf(node))
  },
})

const downloadRow = nodeCommand({
  id: 'files.downloadRow',
  title: 'Download…',
  icon: 'desktop-download',
  on: ['files', 'file'],
  place: { group: '3_transfer@1' },
  palette: false,
  async run(deps, nodes) {
    const [first] = nodes
    if (first === undefined) return
    const together = nodes
      .filter(({ place }) => placeKey(place) === placeKey(first.place))
      .map((node) => ({ place: node.place, path: pathOf(node) }))
    await download(
      deps,
      first.place,
      outermost(together).map(({ path }) => path),
    )
  },
})

const uploadHere = nodeCommand({
  id: 'files.uploadHere',
  title: 'Upload Files Here…',
  icon: 'cloud-upload',
  on: ['files+target', 'file+target'],
  place: { group: '3_transfer@2' },
  many: false,
  palette: false,
  async run(deps, [node]) {
    if (node !== undefined)
      await uploadChosen(deps, node.place, { title: t('Upload Files'), folders: false, into: pathOf(node) })
  },
})

const uploadFolderHere = nodeCommand({
  id: 'files.uploadFolderHere',
  title: 'Upload Folder Here…',
  icon: 'folder-opened',
  on: ['files+target', 'file+target'],
  place: { group: '3_transfer@3' },
  many: false,
  palette: false,
  async run(deps, [node]) {
    if (node !== undefined)
      await uploadChosen(deps, node.place, { title: t('Upload a Folder'), folders: true, into: pathOf(node) })
  },
})

const copyPath = nodeCommand({
  id: 'files.copyPath',
  title: 'Copy Path',
  icon: 'copy',
  on: ['file', 'change'],
  place: { group: '8_copy@1' },
  palette: false,
  run: (deps, nodes) => deps.ui.copy(nodes.map(pathOf).join('\n')),
})

const showMore = nodeCommand({
  id: 'files.showMore',
  title: 'Show More Files',
  icon: 'ellipsis',
  on: ['more'],
  place: { group: '1_open@1' },
  many: false,
  palette: false,
  run(deps, [node]) {
    if (node !== undefined) deps.ui.showMore(node.within)
    return Promise.resolve()
  },
})

export const fileRowCommands: readonly Command[] = [
  open,
  find,
  reveal,
  addRow,
  refresh,
  downloadRow,
  uploadHere,
  uploadFolderHere,
  copyPath,
  showMore,
]
