import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import type { ImageNode } from '../tree/node.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { imageName, shortId } from './naming.ts'
import { bytes } from './sizes.ts'
import type { ImageOnPage } from './ui.ts'

const onPage = ({ image, tag }: ImageNode): ImageOnPage => ({
  engine: image.engine,
  id: image.id,
  name: plain(imageName(image, tag), 120),
  size: image.size,
})

const layers = nodeCommand({
  id: 'images.layers',
  title: 'Explore Layers',
  icon: 'layers',
  on: ['image'],
  place: { group: '3_show@4' },
  async run({ ui }, nodes) {
    for (const node of nodes) await ui.openLayers(onPage(node))
  },
})

const compare = nodeCommand({
  id: 'images.compare',
  title: 'Compare Images…',
  icon: 'diff',
  on: ['image'],
  place: { group: '3_show@5' },
  async run(deps, nodes) {
    const different = nodes.filter(
      ({ image }, i) => nodes.findIndex((other) => other.image.id === image.id) === i,
    )
    const [first] = different
    if (first === undefined) return
    const second = different[1] ?? (await askOther(deps, first))
    if (second === undefined) return
    // The older one is what it was before.
    const [before, after] = first.image.created <= second.image.created ? [first, second] : [second, first]
    await deps.ui.openComparison(onPage(before), onPage(after))
  },
})

async function askOther({ engines, ui }: Deps, first: ImageNode): Promise<ImageNode | undefined> {
  const others = (await engines.nodes('image')).filter(({ image }) => image.id !== first.image.id)
  const name = plain(imageName(first.image, first.tag), 120)
  if (others.length === 0) return void ui.info(t('There is no other image to compare {0} with.', name))
  return ui.pick(
    others.map((node) => ({
      label: plain(imageName(node.image, node.tag), 120),
      description: [shortId(node.image.id), bytes(node.image.size)].join(' · '),
      icon: 'archive',
      value: node,
    })),
    { title: t('Compare {0} with', name) },
  )
}

export const imageLayerCommands: readonly Command[] = [layers, compare]
