import { plural, t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { nodeCommand, type Command } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { parseReference, referenceProblem } from './image-reference.ts'
import { imageName, shortId } from './naming.ts'
import { maskText } from './secrets.ts'
import { bytes } from './sizes.ts'
import { table, timestamp } from './tables.ts'

const tag = nodeCommand({
  id: 'images.tag',
  title: 'Tag…',
  icon: 'tag',
  on: ['image'],
  place: { group: '4_change@1' },
  many: false,
  async run({ engines, ui }, [node]) {
    if (node === undefined) return
    const engine = engines.engine(node.image.engine)
    const present = imageName(node.image, node.tag)
    const reference = await ui.input({
      title: t('Tag {0}', plain(present, 120)),
      prompt: t('Another name for the image; with a registry in front it can be pushed there'),
      value: node.tag ?? '',
      placeholder: 'registry.example.com/team/app:1.2',
      validate(value) {
        const problem = referenceProblem(value)
        if (problem !== undefined) return problem
        return value.includes('@')
          ? t('A name with a digest cannot be given; leave out all from @ on.')
          : undefined
      },
    })
    const named = reference === undefined ? undefined : parseReference(reference.trim())
    if (named === undefined) return
    const name = `${named.repository}:${named.tag ?? 'latest'}`
    await engine.images.tag(node.image.id, named.repository, named.tag ?? 'latest')
    ui.equivalent(dockerLine(engine, ['tag'], [node.tag ?? node.image.id, name]))
  },
})

const history = nodeCommand({
  id: 'images.history',
  title: 'Show History',
  icon: 'history',
  on: ['image'],
  place: { group: '3_show@3' },
  async run({ engines, ui }, nodes) {
    for (const { image, tag: name } of nodes) {
      const engine = engines.engine(image.engine)
      const layers = await engine.images.history(image.id)
      const rows = layers.map((layer) => [
        bytes(layer.size),
        timestamp(layer.created),
        layer.tags.join(', '),
        maskText(layer.createdBy.replace(/^\/bin\/sh -c #\(nop\)\s+/, '').replace(/\s+/g, ' ')),
        layer.comment,
      ])
      const total = layers.reduce((sum, { size }) => sum + size, 0)
      await ui.openText({
        key: `history|${engine.id}|${image.id}`,
        title: t('History of {0}', plain(imageName(image, name), 80)),
        language: 'plaintext',
        text: [
          `# ${plain(imageName(image, name))} ${image.id}`,
          `# ${plural(layers.length, '1 layer, {1}', '{0} layers, {1}; newest first', layers.length, bytes(total))}`,
          '',
          table([[t('SIZE'), t('CREATED'), t('TAGS'), t('MADE BY'), t('COMMENT')], ...rows], 4000),
          '',
        ].join('\n'),
      })
    }
  },
})

const copyName = nodeCommand({
  id: 'images.copyName',
  title: 'Copy Full Name',
  on: ['image'],
  place: { group: '1@1', submenu: 'copy' },
  run: ({ ui }, nodes) => ui.copy(nodes.map(({ image, tag: name }) => imageName(image, name)).join('\n')),
})

const copyId = nodeCommand({
  id: 'images.copyId',
  title: 'Copy ID',
  on: ['image'],
  place: { group: '1@2', submenu: 'copy' },
  run: ({ ui }, nodes) => ui.copy(nodes.map(({ image }) => image.id).join('\n')),
})

const copyDigest = nodeCommand({
  id: 'images.copyDigest',
  title: 'Copy Name with Digest',
  on: ['image'],
  place: { group: '1@3', submenu: 'copy' },
  async run({ ui }, nodes) {
    const digests = nodes.flatMap(({ image }) => image.digests.slice(0, 1))
    if (digests.length > 0) return ui.copy(digests.join('\n'))
    const [first] = nodes
    const name =
      first === undefined ? '' : plain(imageName(first.image, first.tag) || shortId(first.image.id), 120)
    void ui.info(t('{0} has no digest: it was neither pulled nor pushed.', name))
  },
})

export const imageCommands: readonly Command[] = [tag, history, copyName, copyId, copyDigest]
