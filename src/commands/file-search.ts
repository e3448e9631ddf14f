import { normalize } from '../engine/files/file-path.ts'
import type { Place } from '../engine/files/place.ts'
import { shownName } from '../engine/files/raw-name.ts'
import { searchTar, type FoundLine } from '../engine/files/search.ts'
import { plural, t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { askFolder, placeOfNode } from './file-places.ts'
import { pathOf } from './file-rows.ts'

const mostLines = 1000

/**
 * Searches the files of a folder by reading its archive, which any place has: running or not, with a shell or without. The search
 * of the editor looks into file systems of extensions only as far as their files are open.
 */
async function search(deps: Deps, place: Place, folder: string): Promise<void> {
  const { ui } = deps
  const wanted = await ui.input({
    title: t('Search Text in {0}', `${place.name}:${plain(folder, 200)}`),
    prompt: t('Text to look for; with capitals, exactly as it is written'),
    validate: (value) => (value === '' ? t('A text is needed.') : undefined),
  })
  if (wanted === undefined) return
  const files = (await deps.places()).files(place)
  const found: FoundLine[] = []
  let tooLarge = 0
  await ui.progress(t('Searching {0}', plain(folder, 200)), async (show, signal) => {
    let shown = 0
    const report = (step: { readonly files: number; readonly tooLarge: number }): void => {
      tooLarge = step.tooLarge
      if (step.files - shown < 500) return
      shown = step.files
      show({
        message: t(
          '{0} in {1}',
          plural(found.length, '1 line', '{0} lines'),
          plural(step.files, '1 file', '{0} files'),
        ),
      })
    }
    const archive = files.archive(folder, signal, { followLink: true, lent: true })
    for await (const line of searchTar(archive, normalize(folder), wanted, mostLines, report))
      found.push(line)
  })
  const passed =
    tooLarge === 0
      ? []
      : [plural(tooLarge, '1 file is too large to be searched.', '{0} files are too large to be searched.')]
  if (found.length === 0) {
    const none = t('No file of {0} holds “{1}”.', plain(folder, 200), plain(wanted, 80))
    return void ui.info([none, ...passed].join(' '))
  }
  const chosen = await ui.pick(
    found.map((value) => ({
      label: `${plain(shownName(value.path), 200)}:${value.line}`,
      detail: plain(value.text, 400),
      icon: 'file',
      value,
    })),
    {
      title: t('“{0}” in {1}', plain(wanted, 80), `${place.name}:${plain(folder, 200)}`),
      placeholder: [
        found.length < mostLines
          ? plural(found.length, '1 line', '{0} lines; type to narrow them down')
          : t('The first {0} lines; type to narrow them down', mostLines),
        ...passed,
      ].join(' · '),
    },
  )
  if (chosen !== undefined) await ui.openPlaceFile(place, chosen.path, chosen)
}

const searchPlace = nodeCommand({
  id: 'files.search',
  title: 'Search Text in Files…',
  icon: 'search',
  on: ['container', 'volume', 'image'],
  place: { group: '1_see@5', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const place = placeOfNode(node)
    const folder = await askFolder(deps, place, t('Search Text in {0}', place.name), t('Path of the folder'))
    if (folder !== undefined) await search(deps, place, folder)
  },
})

const searchFolder = nodeCommand({
  id: 'files.searchFolder',
  title: 'Search Text in Folder…',
  icon: 'search',
  on: ['files', 'file+folder'],
  place: { group: '1_open@6' },
  many: false,
  palette: false,
  async run(deps, [node]) {
    if (node !== undefined) await search(deps, node.place, pathOf(node))
  },
})

export const fileSearchCommands: readonly Command[] = [searchPlace, searchFolder]
