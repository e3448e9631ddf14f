import type { ImageOnPage } from '../../commands/ui.ts'
import type { ImageArchive } from '../../engine/layers/archive.ts'
import { ChangeTree } from '../../engine/layers/change-tree.ts'
import { changesOf, type ImageChanges } from '../../engine/layers/changes.ts'
import {
  configDifferences,
  fileDifferences,
  sharedLayers,
  type ConfigPart,
} from '../../engine/layers/compare.ts'
import type { LayerPlace } from '../../engine/layers/archives.ts'
import type { ToComparePage } from '../../engine/layers/page.ts'
import { bytes } from '../../shared/bytes.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { openImagePage, type ImagePageParts } from './image-page.ts'

/** Opens the page that shows what is different in two images: configuration and files. */
export function openComparePage(before: ImageOnPage, after: ImageOnPage, parts: ImagePageParts): void {
  openImagePage<ToComparePage>(
    {
      name: 'compare',
      title: t('{0} and {1}', before.name, after.name),
      async load(signal, report) {
        const all = before.size + after.size
        const archives: ImageArchive[] = []
        for (const [image, done] of [
          [before, 0],
          [after, before.size],
        ] as const)
          archives.push(
            await parts.archives.open(image.engine, image.id, {
              signal,
              digests: true,
              progress: (read) => report(done + Math.min(read, image.size), all),
            }),
          )
        const [old, young] = archives as [ImageArchive, ImageArchive]
        const [oldFiles, youngFiles] = [changesOf(old.layers), changesOf(young.layers)]
        const differences = fileDifferences(oldFiles.files, youngFiles.files)
        const tree = new ChangeTree(differences)
        const counts = { added: 0, changed: 0, removed: 0 }
        for (const { change, file } of differences) if (file.type !== 'directory') counts[change]++
        return {
          message: {
            type: 'comparison',
            before: before.name,
            after: after.name,
            facts: factsOf(old, young, oldFiles, youngFiles),
            config: configDifferences(old.config, young.config).map((difference) => ({
              ...difference,
              part: partName(difference.part),
              name: plain(difference.name, 200),
              before: plain(difference.before, 2000),
              after: plain(difference.after, 2000),
            })),
            counts,
          },
          tree: () => tree,
          places: (_, path) => ({
            ...placeIn('before', before, oldFiles, path),
            ...placeIn('after', after, youngFiles, path),
          }),
        }
      },
    },
    parts,
  )
}

/** Where the bytes of a file are: of a second name those of the first. */
function placeIn<K extends 'before' | 'after'>(
  key: K,
  { engine, id }: ImageOnPage,
  { files }: ImageChanges,
  path: string,
): Partial<Record<K, LayerPlace>> {
  const content = files.at(path)?.content
  if (content === undefined) return {}
  const place = { engine, image: id, layer: content.layer, path: content.path }
  return { [key]: place } as Partial<Record<K, LayerPlace>>
}

function factsOf(
  old: ImageArchive,
  young: ImageArchive,
  oldFiles: ImageChanges,
  youngFiles: ImageChanges,
): readonly { readonly name: string; readonly before: string; readonly after: string }[] {
  const shared = sharedLayers(old.config, young.config)
  const layers = ({ layers }: ImageArchive): string =>
    t('{0}, of these {1} in both images', layers.length, shared)
  return [
    { name: t('Layers'), before: layers(old), after: layers(young) },
    { name: t('Size'), before: bytes(oldFiles.size), after: bytes(youngFiles.size) },
    { name: t('Wasted'), before: bytes(oldFiles.wasted), after: bytes(youngFiles.wasted) },
  ]
}

function partName(part: ConfigPart): string {
  const names: Readonly<Record<ConfigPart, string>> = {
    entrypoint: t('Entrypoint'),
    command: t('Command'),
    user: t('User'),
    folder: t('Working folder'),
    shell: t('Shell'),
    stopSignal: t('Stop signal'),
    healthCheck: t('Health check'),
    onBuild: t('On build'),
    platform: t('Platform'),
    author: t('Author'),
    created: t('Created'),
    env: t('Environment variable'),
    label: t('Label'),
    port: t('Port'),
    volume: t('Volume'),
  }
  return names[part]
}
