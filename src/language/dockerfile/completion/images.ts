import { t } from '../../../shared/l10n.ts'
import type { TextRange } from '../../../shared/text-range.ts'
import type { Completion, CompletionList } from '../../answers.ts'
import type { Context } from '../../provider.ts'
import { splitImage } from '../../rules/facts/image.ts'
import { formatSize } from '../../units.ts'
import type { DockerfileDoc, Stage } from '../model.ts'

/** The stages above an offset, and with `numbers` those without a name by their number; none where the name of an image is typed. */
export function stageItems(
  doc: DockerfileDoc,
  before: number,
  typed: string,
  range: TextRange,
  numbers: boolean,
): Completion[] {
  if (/[:@/]/.test(typed)) return []
  const items: Completion[] = []
  for (const stage of doc.stages) {
    if (stage.from.range.end >= before) break
    const name = stage.name ?? (numbers ? String(stage.index) : undefined)
    if (name === undefined) continue
    items.push({
      label: name,
      kind: 'stage',
      edit: { range, newText: name },
      detail: t('stage {0}: {1}', stage.index, baseText(stage)),
      sort: `0${(9999 - stage.index).toString()}`,
    })
  }
  return items
}

function baseText({ base }: Stage): string {
  return base.slice(0, 100)
}

/** Names from the local images; after a colon the tags of the repository, from a registry too where that is allowed. */
export async function imageItems(typed: string, range: TextRange, context: Context): Promise<CompletionList> {
  const { host, settings, signal } = context
  const images = await host.images(signal)
  const items: Completion[] = []
  const seen = new Set<string>()
  const add = (text: string, detail: string | undefined, sort: string): void => {
    if (seen.has(text)) return
    seen.add(text)
    items.push({
      label: text,
      kind: 'image',
      edit: { range, newText: text },
      filter: text,
      sort,
      ...(detail !== undefined && { detail }),
    })
  }
  const { repository, registry, tag } = splitImage(typed)
  const wantsTag = tag !== undefined && repository !== ''
  const prefix = wantsTag ? typed.slice(0, typed.length - tag.length) : ''
  for (const image of images) {
    if (image.name.includes('<none>') || (wantsTag && !image.name.startsWith(prefix))) continue
    add(image.name, t('local, {0}', formatSize(image.size)), `1${image.name}`)
  }
  if (wantsTag && settings.registryCompletion) {
    const name = registry === undefined ? repository : `${registry}/${repository}`
    const tags = await host.registryTags(name, signal)
    for (const [index, each] of (tags ?? []).entries())
      add(`${prefix}${each}`, undefined, `2${index.toString().padStart(5, '0')}`)
    // A registry that did not answer is asked again before long.
    return { items, incomplete: tags === undefined }
  }
  if (!wantsTag) {
    add('scratch', t('nothing at all'), '3scratch')
    for (const name of wellKnown) add(name, undefined, `4${name}`)
  }
  // After a colon the list is another one.
  return { items, incomplete: true }
}

/** Official images that many Dockerfiles start from. */
const wellKnown: readonly string[] = [
  'alpine',
  'amazoncorretto',
  'busybox',
  'debian',
  'eclipse-temurin',
  'fedora',
  'gcc',
  'golang',
  'httpd',
  'mariadb',
  'mcr.microsoft.com/dotnet/aspnet',
  'mcr.microsoft.com/dotnet/sdk',
  'mongo',
  'mysql',
  'nginx',
  'node',
  'php',
  'postgres',
  'python',
  'redis',
  'ruby',
  'rust',
  'ubuntu',
]
