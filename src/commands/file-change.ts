import { childOf, nameOf, normalize, parentOf } from '../engine/files/file-path.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { nodeCommand, type Command } from './command.ts'
import { filesFocused, outermost } from './file-places.ts'
import { pathOf } from './file-rows.ts'
import { confirmOn } from './guard.ts'

function nameProblem(name: string): string | undefined {
  if (name === '' || name === '.' || name === '..') return t('A name is needed.')
  if (/[/\0]/.test(name)) return t('A name has no slash in it.')
  return Buffer.byteLength(name) > 255 ? t('A name has 255 bytes at most.') : undefined
}

const newFile = nodeCommand({
  id: 'files.newFile',
  title: 'New File…',
  icon: 'new-file',
  on: ['files+target', 'file+target'],
  place: { group: '2_new@1' },
  many: false,
  palette: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const { place } = node
    const folder = pathOf(node)
    const name = await deps.ui.input({
      title: t('New File in {0}', plain(folder, 200)),
      prompt: t('Name of the file'),
      validate: nameProblem,
    })
    if (name === undefined) return
    const path = childOf(folder, name)
    await (await deps.places()).files(place).write(path, new Uint8Array(), { create: true, overwrite: false })
    await deps.ui.placeChanged(place, folder, { came: [name] })
    await deps.ui.openPlaceFile(place, path)
  },
})

const newFolder = nodeCommand({
  id: 'files.newFolder',
  title: 'New Folder…',
  icon: 'new-folder',
  on: ['files+target', 'file+target'],
  place: { group: '2_new@2' },
  many: false,
  palette: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const folder = pathOf(node)
    const name = await deps.ui.input({
      title: t('New Folder in {0}', plain(folder, 200)),
      prompt: t('Name of the folder'),
      validate: nameProblem,
    })
    if (name === undefined) return
    await (await deps.places()).files(node.place).createFolder(childOf(folder, name))
    await deps.ui.placeChanged(node.place, folder, { came: [name] })
  },
})

const rename = nodeCommand({
  id: 'files.rename',
  title: 'Rename File…',
  icon: 'edit',
  on: ['file+editable'],
  place: { group: '4_change@1' },
  keys: [{ key: 'f2', when: filesFocused('containers', 'volumes') }],
  many: false,
  palette: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const path = normalize(node.path)
    const name = await deps.ui.input({
      title: t('Rename {0}', plain(path, 200)),
      prompt: t('New name'),
      value: nameOf(path),
      validate: nameProblem,
    })
    if (name === undefined || name === nameOf(path)) return
    const folder = parentOf(path)
    await (await deps.places()).files(node.place).rename(path, childOf(folder, name), { overwrite: false })
    await deps.ui.placeChanged(node.place, folder, { went: [nameOf(path)], came: [name] })
  },
})

const remove = nodeCommand({
  id: 'files.delete',
  title: 'Delete Files…',
  icon: 'trash',
  on: ['file+editable'],
  place: { group: '4_change@2' },
  keys: [{ key: 'delete', mac: 'cmd+backspace', when: filesFocused('containers', 'volumes') }],
  palette: false,
  async run(deps, selected) {
    // What a link leads to does not go with it.
    const nodes = outermost(selected, ({ entry }) => entry.type === 'directory')
    const answer = await confirmOn(deps, {
      engines: nodes.map(({ place }) => place.engine),
      names: nodes.map(({ place, path }) => `${place.name}:${path}`),
      one: (name, engine) => t('Delete {0} of {1}?', name, engine),
      several: (count, engine) => t('Delete {0} files and folders of {1}?', count, engine),
      action: t('Delete'),
      note: t('Folders go with all that is in them. This cannot be undone.'),
    })
    if (answer === undefined) return
    const places = await deps.places()
    for (const { place, path } of nodes)
      try {
        await places.files(place).remove(path, { recursive: true })
      } finally {
        await deps.ui.placeChanged(place, parentOf(normalize(path)), { went: [nameOf(normalize(path))] })
      }
  },
})

export const fileChangeCommands: readonly Command[] = [newFile, newFolder, rename, remove]
