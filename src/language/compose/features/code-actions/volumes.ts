import { t } from '../../../../shared/l10n.ts'
import type { CodeAction } from '../../../answers.ts'
import { scalarText } from '../../../rules/compose/edits.ts'
import { isPath, isReadOnly, parseMount } from '../../project/mounts.ts'
import type { MapNode, ScalarNode } from '../../yaml/nodes.ts'
import { asBlock, asFlow, asWord, inBlock, nodeAtDepth, rewrite, type ActionPlace } from './place.ts'

const propagations = new Set(['rprivate', 'private', 'rshared', 'shared', 'rslave', 'slave'])

/** Between `./a:/b:ro` and the mapping that says the same. */
export function convertVolume(place: ActionPlace): readonly CodeAction[] {
  const { path } = place
  if (path[0] !== 'services' || path[2] !== 'volumes' || path.length < 4) return []
  const node = nodeAtDepth(place, 4)
  if (node?.anchor !== undefined || node?.tag !== undefined) return []
  if (node?.kind === 'scalar') return toLong(place, node)
  return node?.kind === 'map' ? toShort(place, node) : []
}

function toLong(place: ActionPlace, node: ScalarNode): readonly CodeAction[] {
  const mount = parseMount(node.text)
  if (typeof mount === 'string' || node.text.includes('$')) return []
  const flow = !inBlock(place, node)
  const write = (word: string): string => scalarText(word, flow)
  const pairs = [`type: ${mount.type}`]
  if (mount.source !== '') pairs.push(`source: ${write(mount.source)}`)
  pairs.push(`target: ${write(mount.target)}`)
  if (isReadOnly(mount)) pairs.push('read_only: true')
  // Of several words for one thing the last counts.
  const settings = new Map<string, string>()
  for (const option of mount.options) {
    if (option === 'ro' || option === 'rw' || option === '') continue
    if (mount.type === 'volume' && option === 'nocopy') settings.set('nocopy', 'true')
    else if (mount.type === 'bind' && (option === 'z' || option === 'Z')) settings.set('selinux', option)
    else if (mount.type === 'bind' && propagations.has(option)) settings.set('propagation', option)
    else return []
  }
  const inner = [...settings].map(([key, value]) => `${key}: ${value}`)
  if (mount.type === 'bind') inner.push('create_host_path: true')
  if (inner.length > 0 && flow) pairs.push(`${mount.type}: { ${inner.join(', ')} }`)
  else if (inner.length > 0) pairs.push(`${mount.type}:`, ...inner.map((line) => `  ${line}`))
  const edit = flow ? asFlow(node, pairs) : asBlock(place.yaml, node, pairs)
  return [rewrite(t('Write the volume in long form'), [edit])]
}

function toShort(place: ActionPlace, node: MapNode): readonly CodeAction[] {
  const words = new Map<string, string>()
  const options: string[] = []
  let createsPath = false
  for (const { key, value } of node.entries) {
    if (key.kind !== 'scalar') return []
    if (value.kind === 'map' && (key.text === 'bind' || key.text === 'volume')) {
      for (const inner of value.entries) {
        if (inner.key.kind !== 'scalar' || inner.value.kind !== 'scalar') return []
        const { text } = inner.value
        if (inner.key.text === 'propagation' || inner.key.text === 'selinux') options.push(text)
        else if (inner.key.text === 'nocopy' && text === 'true') options.push('nocopy')
        else if (inner.key.text === 'create_host_path' && text === 'true') createsPath = true
        else return []
      }
      continue
    }
    if (value.kind !== 'scalar' || !['type', 'source', 'target', 'read_only'].includes(key.text)) return []
    words.set(key.text, value.text)
  }
  const type = words.get('type')
  const source = words.get('source') ?? ''
  const target = words.get('target')
  if (target === undefined || (type !== 'bind' && type !== 'volume')) return []
  if (type === 'bind' ? !isPath(source) : isPath(source)) return []
  // The short form makes a missing folder; the long form does not unless it says so.
  if (type === 'bind' && !createsPath) return []
  if (words.get('read_only') === 'true') options.unshift('ro')
  const word = [source, target, options.join(',')].filter((part) => part !== '').join(':')
  const edit = asWord(place, node, scalarText(word))
  return edit === undefined ? [] : [rewrite(t('Write the volume in short form'), [edit])]
}
