import { t } from '../shared/l10n.ts'
import { nodeCommand, type Command } from './command.ts'
import { askCopyOptions } from './copy-options.ts'
import { askDownloadPath, download } from './file-download.ts'
import { placeOfNode } from './file-places.ts'
import { pathOf } from './file-rows.ts'
import { uploadChosen } from './file-upload.ts'

const downloadWith = nodeCommand({
  id: 'files.downloadWith',
  title: 'Download with Options…',
  icon: 'desktop-download',
  on: ['container', 'volume', 'image'],
  place: { group: '2_copy@4', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const place = placeOfNode(node)
    const path = await askDownloadPath(deps, place)
    const options = path === undefined ? undefined : await askCopyOptions(deps.ui)
    if (path !== undefined && options !== undefined) await download(deps, place, [path], options)
  },
})

const downloadRowWith = nodeCommand({
  id: 'files.downloadRowWith',
  title: 'Download with Options…',
  icon: 'desktop-download',
  on: ['files', 'file'],
  place: { group: '3_transfer@4' },
  many: false,
  palette: false,
  async run(deps, [node]) {
    const options = node === undefined ? undefined : await askCopyOptions(deps.ui)
    if (node !== undefined && options !== undefined) await download(deps, node.place, [pathOf(node)], options)
  },
})

const uploadWith = nodeCommand({
  id: 'files.uploadWith',
  title: 'Upload with Options…',
  icon: 'cloud-upload',
  on: ['container', 'volume'],
  place: { group: '2_copy@5', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    const options = node === undefined ? undefined : await askCopyOptions(deps.ui)
    if (node !== undefined && options !== undefined)
      await uploadChosen(deps, placeOfNode(node), { title: t('Upload Files'), folders: false, options })
  },
})

const uploadHereWith = nodeCommand({
  id: 'files.uploadHereWith',
  title: 'Upload with Options…',
  icon: 'cloud-upload',
  on: ['files+target', 'file+target'],
  place: { group: '3_transfer@5' },
  many: false,
  palette: false,
  async run(deps, [node]) {
    const options = node === undefined ? undefined : await askCopyOptions(deps.ui)
    if (node === undefined || options === undefined) return
    const into = pathOf(node)
    await uploadChosen(deps, node.place, { title: t('Upload Files'), folders: false, into, options })
  },
})

export const fileCopyCommands: readonly Command[] = [
  downloadWith,
  downloadRowWith,
  uploadWith,
  uploadHereWith,
]
