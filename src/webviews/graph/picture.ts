import { t } from '../../shared/l10n.ts'
import type { GraphDependency, GraphService } from '../../shared/service-graph/graph.ts'
import type { LiveService } from '../../shared/service-graph/page.ts'
import { html, plain } from '../../shared/sinks.ts'
import {
  linesOf,
  short,
  type Layout,
  type PlacedEdge,
  type PlacedService,
  type PlacedVolume,
} from './layout.ts'

export interface PictureSurroundings {
  readonly project: string
  readonly live: Readonly<Record<string, LiveService>>
  /** Networks in the order of their colours. */
  readonly networks: readonly string[]
}

/** As text of an XML document, where control characters have no place. */
const shown = (text: string): string => html(plain(text, 20_000))

const none: LiveService = { state: 'none', word: '' }
const lineHeight = 18
const round = (value: number): string => String(Math.round(value * 10) / 10)

/** Networks take turns with six colours of the theme's charts. */
export const networkClass = (index: number): string => `net${index % 6}`

/** The picture as the text of an SVG element: every name in it is escaped, colours come from the classes alone. */
export function picture(layout: Layout, around: PictureSurroundings): string {
  const { width, height, services, volumes, edges } = layout
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-label="${shown(t('Services of {0}', around.project))}">`,
    `<defs>${arrow('arrow', 'head')}${arrow('arrow-near', 'head near')}</defs>`,
    ...edges.map(edge),
    ...volumes.map(volume),
    ...services.map((placed) => card(placed, around)),
    '</svg>',
  ].join('\n')
}

const arrow = (id: string, classes: string): string =>
  `<marker id="${id}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="${classes}" d="M0 0 10 5 0 10z"/></marker>`

/** The arrow at the end of a dependency; one that stands out has its line's colour. */
export const arrowOf = (near: boolean): string => `url(#${near ? 'arrow-near' : 'arrow'})`

/** What is waited for, in a word; nothing for a plain start. */
export function conditionWord({ condition }: GraphDependency): string {
  switch (condition) {
    case 'service_healthy':
      return t('healthy')
    case 'service_completed_successfully':
      return t('completed')
    default:
      return ''
  }
}

/** All that the card shows, for those who hear it. */
export function spokenService(
  { name, image, ports, profiles, networks }: GraphService,
  live: LiveService = none,
): string {
  return [
    name,
    t('service'),
    live.word,
    image === '' ? '' : t('image {0}', image),
    ports.length === 0 ? '' : t('ports {0}', ports.join(', ').replaceAll('→', ` ${t('to')} `)),
    profiles.length === 0 ? '' : t('profiles {0}', profiles.join(', ')),
    networks.length === 0 ? '' : t('networks {0}', networks.join(', ')),
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function card({ service, x, y, width, height }: PlacedService, around: PictureSurroundings): string {
  const { name, networks, enabled } = service
  const live = around.live[name] ?? none
  const spoken = spokenService(service, live)
  const lines = [...linesOf(service), live.word]
  return [
    `<g class="service ${live.state}${enabled ? '' : ' off'}" data-service="${shown(name)}" data-networks="${shown(networks.join(' '))}" tabindex="-1" role="button" aria-label="${shown(spoken)}" transform="translate(${round(x)} ${round(y)})">`,
    `<title>${shown(spoken)}</title>`,
    `<rect class="card" width="${round(width)}" height="${round(height)}" rx="6"/>`,
    `<path class="state" d="M6 0H4A4 4 0 0 0 0 4V${round(height - 4)}A4 4 0 0 0 4 ${round(height)}H6z"/>`,
    `<text class="name" x="16" y="22">${shown(short(name))}</text>`,
    ...lines.map(
      (line, index) =>
        `<text class="${index === lines.length - 1 ? 'word' : 'line'}" x="16" y="${22 + (index + 1) * lineHeight}">${shown(line)}</text>`,
    ),
    ...(around.networks.length < 2
      ? []
      : networks.map((network, index) => dot(network, index, width, around))),
    '</g>',
  ].join('')
}

function dot(network: string, index: number, width: number, { networks }: PictureSurroundings): string {
  const colour = networkClass(networks.indexOf(network))
  return `<circle class="dot ${colour}" cx="${round(width - 14 - index * 12)}" cy="16" r="4"/>`
}

function volume({ name, external, x, y, width, height }: PlacedVolume): string {
  const words = external ? t('external volume {0}', name) : t('volume {0}', name)
  const [right, bottom] = [round(width), round(height - 7)]
  const half = round(width / 2)
  return [
    `<g class="volume${external ? ' external' : ''}" data-volume="${shown(name)}" role="img" aria-label="${shown(words)}" transform="translate(${round(x)} ${round(y)})">`,
    `<title>${shown(words)}</title>`,
    `<path class="card" d="M0 7V${bottom}A${half} 7 0 0 0 ${right} ${bottom}V7A${half} 7 0 0 0 0 7A${half} 7 0 0 0 ${right} 7"/>`,
    `<text class="line" text-anchor="middle" x="${half}" y="${round(height / 2 + 8)}">${shown(short(name))}</text>`,
    '</g>',
  ].join('')
}

function edge({ kind, from, to, points, dependency, readOnly }: PlacedEdge): string {
  const weak = dependency !== undefined && (!dependency.required || !dependency.declared)
  const classes = ['edge', kind, ...(weak ? ['weak'] : []), ...(readOnly === true ? ['readonly'] : [])]
  const word = dependency === undefined ? '' : conditionWord(dependency)
  const middle = points[points.length >> 1]
  const marker = kind === 'dependency' ? ` marker-end="${arrowOf(false)}"` : ''
  return [
    `<g class="${classes.join(' ')}" data-from="${shown(from)}" data-to="${shown(to)}">`,
    `<path d="${curve(points)}"${marker}/>`,
    word === '' || middle === undefined
      ? ''
      : `<text text-anchor="middle" x="${round(middle.x)}" y="${round(middle.y + 4)}">${shown(word)}</text>`,
    '</g>',
  ].join('')
}

/** A smooth line through the points: each is the control of a curve from the middle before it to the middle after it. */
function curve(points: PlacedEdge['points']): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  const parts = [`M${round(first.x)} ${round(first.y)}`]
  rest.forEach((point, index) => {
    const next = rest[index + 1]
    if (next === undefined) parts.push(`L${round(point.x)} ${round(point.y)}`)
    else {
      const [x, y] = [round((point.x + next.x) / 2), round((point.y + next.y) / 2)]
      parts.push(`Q${round(point.x)} ${round(point.y)} ${x} ${y}`)
    }
  })
  return parts.join('')
}
