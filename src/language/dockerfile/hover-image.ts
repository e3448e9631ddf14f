import { t } from '../../shared/l10n.ts'
import { markdown, markdownCode } from '../../shared/sinks.ts'
import type { LocalImage } from '../host.ts'
import type { Context } from '../provider.ts'
import { splitImage } from '../rules/facts/image.ts'
import { formatDay, formatSize } from '../units.ts'
import { imagePage } from './image-link.ts'
import { logicalAt } from './logical.ts'
import type { DockerfileDoc } from './model.ts'
import { scopesOf } from './scope.ts'
import type { StageReference } from './stage-names.ts'

/** What is known of an image without asking any registry. */
export async function hoverImage(
  doc: DockerfileDoc,
  { text, range, instruction }: StageReference,
  context: Context,
): Promise<string> {
  const { logical } = instruction
  const name =
    scopesOf(doc).expand(instruction, logicalAt(logical, range.start), logicalAt(logical, range.end)) ?? text
  if (name.toLowerCase() === 'scratch')
    return `**scratch**\n\n${t('Nothing at all: the image holds only what the instructions below put into it.')}`
  const lines = [`**${markdown(name)}**`]
  if (name !== text) lines.push(t('Written as {0}', markdownCode(text)))
  if (name.includes('$'))
    return [...lines, t('Which one it is, is known when the image is built.')].join('\n\n')
  return [...lines, ...(await imageFacts(name, context))].join('\n\n')
}

/** What the engine knows of an image, and the page about it: paragraphs of Markdown. */
export async function imageFacts(name: string, { host, signal }: Context): Promise<string[]> {
  const lines: string[] = []
  const image = findImage(await host.images(signal), name)
  if (image === undefined) lines.push(t('Not among the local images.'))
  else {
    const platform = await host.imagePlatform(image.id, signal)
    const facts = [formatSize(image.size), formatDay(image.created), platform ?? ''].filter(
      (fact) => fact !== '',
    )
    lines.push(t('Local image: {0}', facts.map((fact) => markdown(fact)).join(' · ')))
    if (image.digest !== undefined) lines.push(markdownCode(image.digest))
  }
  const page = imagePage(name)
  if (page !== undefined) lines.push(`[${t('About this image')}](${page})`)
  return lines
}

/** A local image by the name that a Dockerfile gives it: the tag defaults to `latest`, the registry to Docker Hub. */
export function findImage(images: readonly LocalImage[], name: string): LocalImage | undefined {
  const wanted = normalize(name)
  const { digest } = splitImage(name)
  return images.find(
    (image) => normalize(image.name) === wanted && (digest === undefined || image.digest === digest),
  )
}

/** Whether two names differ in tag and digest at most. */
export const sameRepository = (a: string, b: string): boolean => repositoryOf(a) === repositoryOf(b)

function normalize(name: string): string {
  return `${repositoryOf(name)}:${splitImage(name).tag ?? 'latest'}`
}

function repositoryOf(name: string): string {
  const { registry, repository } = splitImage(name)
  const hub = registry === undefined || registry === 'docker.io' || registry === 'index.docker.io'
  return hub ? repository.replace(/^library\//, '') : `${registry}/${repository}`
}
