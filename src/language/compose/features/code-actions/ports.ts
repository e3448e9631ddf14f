import { t } from '../../../../shared/l10n.ts'
import type { CodeAction } from '../../../answers.ts'
import { quoted } from '../../../rules/compose/edits.ts'
import { parsePort, printRange } from '../../project/ports.ts'
import { portWords, type PortWords } from '../../project/port-words.ts'
import type { MapNode, ScalarNode } from '../../yaml/nodes.ts'
import { entryOf } from '../../yaml/nodes.ts'
import { asBlock, asFlow, asWord, inBlock, nodeAtDepth, rewrite, type ActionPlace } from './place.ts'

/** Between `"8080:80"` and the mapping that says the same. */
export function convertPort(place: ActionPlace): readonly CodeAction[] {
  const { path } = place
  if (path[0] !== 'services' || path[2] !== 'ports' || path.length < 4) return []
  const node = nodeAtDepth(place, 4)
  if (node?.anchor !== undefined || node?.tag !== undefined) return []
  if (node?.kind === 'scalar') return toLong(place, node)
  return node?.kind === 'map' ? toShort(place, node) : []
}

function toLong(place: ActionPlace, node: ScalarNode): readonly CodeAction[] {
  const port = node.text.includes('$') ? partsOf(node.text) : wordsOf(node.text)
  if (port === undefined) return []
  const pairs = [
    `target: ${port.target.includes('$') ? quoted(port.target) : port.target}`,
    ...(port.published === '' ? [] : [`published: ${quoted(port.published)}`]),
    ...(port.hostIp === '' ? [] : [`host_ip: ${quoted(port.hostIp)}`]),
    ...(port.protocol === 'tcp' ? [] : [`protocol: ${port.protocol}`]),
  ]
  const edit = inBlock(place, node) ? asBlock(place.yaml, node, pairs) : asFlow(node, pairs)
  return [rewrite(t('Write the port in long form'), [edit])]
}

function wordsOf(text: string): PortWords | undefined {
  const port = parsePort(text)
  if (typeof port === 'string' || port.target[0] !== port.target[1]) return undefined
  const published = port.published === undefined ? '' : printRange(port.published)
  return { hostIp: port.hostIp, published, target: String(port.target[0]), protocol: port.protocol }
}

/** A whole number or a whole variable: the long form has no ranges. */
const single = /^(?:\d+|\$(?:\w+|\{[^{}]*\}))$/

/** The parts of a port of which some are variables, whole ones. */
function partsOf(text: string): PortWords | undefined {
  const words = portWords(text)
  return words !== undefined && single.test(words.target) && /^(?:tcp|udp|sctp)$/.test(words.protocol)
    ? words
    : undefined
}

function toShort(place: ActionPlace, node: MapNode): readonly CodeAction[] {
  const known = new Set(['target', 'published', 'host_ip', 'protocol'])
  const words = new Map<string, string>()
  for (const { key, value } of node.entries) {
    // Mode, name and the like have no place in the short form.
    if (key.kind !== 'scalar' || value.kind !== 'scalar' || !known.has(key.text)) return []
    words.set(key.text, value.text)
  }
  const target = words.get('target')
  if (target === undefined || entryOf(node, 'target') === undefined) return []
  const host = words.get('host_ip') ?? ''
  const address = host === '' ? '' : host.includes(':') ? `[${host}]:` : `${host}:`
  const published = words.get('published') ?? ''
  const protocol = words.get('protocol') ?? 'tcp'
  const word = `${address}${published === '' && address === '' ? '' : `${published}:`}${target}${protocol === 'tcp' ? '' : `/${protocol}`}`
  const edit = asWord(place, node, quoted(word))
  return edit === undefined ? [] : [rewrite(t('Write the port in short form'), [edit])]
}
