import type { ImageOnPage } from '../../commands/ui.ts'
import { ChangeTree } from '../../engine/layers/change-tree.ts'
import { changesOf, type ImageChanges } from '../../engine/layers/changes.ts'
import { stepsOf } from '../../engine/layers/instructions.ts'
import type { PathRow, StepRow, ToLayersPage } from '../../engine/layers/page.ts'
import type { ImageArchive } from '../../engine/layers/archive.ts'
import { t } from '../../shared/l10n.ts'
import { maskText } from '../../shared/masking.ts'
import { plain } from '../../shared/sinks.ts'
import { openImagePage, type ImagePageParts } from './image-page.ts'

const listed = 20

/** Opens the page that shows the layers of an image: what each does to which files, and what is wasted. */
export function openLayersPage(image: ImageOnPage, parts: ImagePageParts): void {
  openImagePage<ToLayersPage>(
    {
      name: 'layers',
      title: t('Layers of {0}', image.name),
      async load(signal, report) {
        const archive = await parts.archives.open(image.engine, image.id, {
          signal,
          progress: (read) => report(read, image.size),
        })
        const changes = changesOf(archive.layers)
        const trees = new Map<number, ChangeTree>()
        return {
          message: messageOf(archive, changes),
          tree(layer) {
            const found = trees.get(layer)
            const layerChanges = changes.layers[layer]?.changes
            if (found !== undefined || layerChanges === undefined) return found
            const made = new ChangeTree(layerChanges)
            trees.set(layer, made)
            return made
          },
          places(layer, path) {
            const change = changes.layers[layer]?.changes.find((one) => one.path === path)
            if (change === undefined) return {}
            const place = { engine: image.engine, image: image.id, path }
            return {
              ...(change.change === 'removed' ? {} : { after: { ...place, layer } }),
              ...(change.beforeLayer === undefined
                ? {}
                : { before: { ...place, layer: change.beforeLayer } }),
            }
          },
        }
      },
    },
    parts,
  )
}

function messageOf(archive: ImageArchive, changes: ImageChanges): ToLayersPage {
  return {
    type: 'image',
    steps: stepsOf(archive.config, archive.layers.length).map(
      ({ instruction, comment, created, layer: index }): StepRow => {
        const layer = index === undefined ? undefined : changes.layers[index]
        return {
          instruction: plain(maskText(instruction), 4000),
          comment: plain(comment, 200),
          ...(created === undefined ? {} : { created }),
          ...(layer === undefined || index === undefined
            ? {}
            : { layer: { index, size: layer.size, wasted: layer.wasted, counts: layer.counts } }),
        }
      },
    ),
    size: changes.size,
    wasted: changes.wasted,
    wastedPaths: changes.wastedPaths
      .slice(0, listed)
      .map(({ path, bytes, copies }) => ({ path, bytes, number: copies })),
    biggest: biggest(changes),
  }
}

/** The largest files that a container of the image sees. */
function biggest({ files }: ImageChanges): readonly PathRow[] {
  const rows: PathRow[] = []
  files.each((path, { file, layer }) => {
    if (file.type !== 'file' || file.size === 0) return
    if (rows.length === listed && file.size <= rows[listed - 1]!.bytes) return
    rows.push({ path, bytes: file.size, number: layer })
    rows.sort((a, b) => b.bytes - a.bytes || (a.path < b.path ? -1 : 1))
    rows.length = Math.min(rows.length, listed)
  })
  return rows
}
