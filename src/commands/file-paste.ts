import { EngineError } from '../engine/errors.ts'
import { t } from '../shared/l10n.ts'
import { nodeCommand, resourceCommand, type Command, type Deps } from './command.ts'
import { download } from './file-download.ts'
import { copyFile } from './file-move.ts'
import { askFolder, filesFocused, outermost, placeOfNode } from './file-places.ts'
import { pathOf } from './file-rows.ts'
import { upload } from './file-upload.ts'
import { placeKey, type Place } from '../engine/files/place.ts'

const copy = nodeCommand({
  id: 'files.copy',
  title: 'Copy Files',
  icon: 'copy',
  on: ['file'],
  place: { group: '7_clipboard@1' },
  palette: false,
  keys: [{ key: 'ctrl+c', mac: 'cmd+c', when: filesFocused('containers', 'volumes', 'images') }],
  run: ({ ui }, nodes) => ui.copyFiles(nodes.map(({ place, path }) => ({ place, path }))),
})

/** Puts copies of what the clipboard names into a folder. */
async function pasteInto(deps: Deps, place: Place, folder: string | undefined): Promise<void> {
  const { local, ours } = await deps.ui.copiedFiles()
  if (local.length + ours.length === 0)
    throw new EngineError('notFound', t('The clipboard names no files.'), {
      nextStep: t('Use “Copy Files” on rows of files, or “Copy Path” in the Explorer.'),
    })
  const into =
    folder ??
    (await askFolder(deps, place, t('Paste into {0}', place.name), t('Folder that the files go into')))
  if (into === undefined) return
  for (const { place: from, path } of outermost(ours)) await copyFile(deps, from, path, place, into)
  if (local.length > 0) await upload(deps, place, into, local)
}

const paste = nodeCommand({
  id: 'files.paste',
  title: 'Paste Files',
  icon: 'clippy',
  on: ['files+target', 'file+target'],
  place: { group: '7_clipboard@2' },
  many: false,
  palette: false,
  keys: [{ key: 'ctrl+v', mac: 'cmd+v', when: filesFocused('containers', 'volumes') }],
  async run(deps, [node]) {
    if (node !== undefined) await pasteInto(deps, node.place, pathOf(node))
  },
})

const pasteInPlace = nodeCommand({
  id: 'files.pasteInto',
  title: 'Paste Files…',
  icon: 'clippy',
  on: ['container', 'volume'],
  place: { group: '2_copy@6', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    if (node !== undefined) await pasteInto(deps, placeOfNode(node), undefined)
  },
})

const copyInto = resourceCommand({
  id: 'files.copyInto',
  title: 'Copy into Container or Volume…',
  of: 'local',
  place: { group: '5_cutcopypaste@9' },
  async run(deps, { local }) {
    const [containers, volumes] = await Promise.all([
      deps.engines.nodes('container'),
      deps.engines.nodes('volume'),
    ])
    const place = await deps.ui.pick(
      [...containers, ...volumes].map((node) => {
        const value = placeOfNode(node)
        const isVolume = node.kind === 'volume'
        return {
          label: value.name,
          description: isVolume ? t('volume') : node.container.image,
          icon: isVolume ? 'database' : 'vm',
          value,
        }
      }),
      { title: t('Copy into') },
    )
    if (place === undefined) return
    const title = t('Copy into {0}', place.name)
    const folder = await askFolder(deps, place, title, t('Folder that the files go into'))
    if (folder !== undefined) await upload(deps, place, folder, local)
  },
})

const downloadResource = resourceCommand({
  id: 'files.downloadResource',
  title: 'Download to This Machine…',
  of: 'ours',
  place: { group: '5_cutcopypaste@9' },
  async run(deps, { ours }) {
    const [first] = ours
    if (first === undefined) return
    const together = outermost(ours).filter(({ place }) => placeKey(place) === placeKey(first.place))
    await download(
      deps,
      first.place,
      together.map(({ path }) => path),
    )
  },
})

export const filePasteCommands: readonly Command[] = [copy, paste, pasteInPlace, copyInto, downloadResource]
