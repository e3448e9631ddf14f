import { Graph, layout } from '@dagrejs/dagre'
import type { GraphDependency, GraphService, ServiceGraph } from '../../shared/service-graph/graph.ts'

export interface Box {
  /** The upper left corner, in pixels. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PlacedService extends Box {
  readonly service: GraphService
}

export interface PlacedVolume extends Box {
  readonly name: string
  readonly external: boolean
}

export interface PlacedEdge {
  readonly kind: 'dependency' | 'mount'
  readonly from: string
  readonly to: string
  readonly points: readonly { readonly x: number; readonly y: number }[]
  readonly dependency?: GraphDependency
  readonly readOnly?: boolean
}

export interface Layout {
  readonly width: number
  readonly height: number
  readonly services: readonly PlacedService[]
  readonly volumes: readonly PlacedVolume[]
  readonly edges: readonly PlacedEdge[]
}

/** The width of a text in pixels as it will be drawn. */
export type Measure = (text: string, bold: boolean) => number

const longest = 32
const padding = 14
const lineHeight = 18

/** A long text with an ellipsis; the whole of it is in the title of its box. */
export const short = (text: string): string =>
  text.length > longest ? `${text.slice(0, longest - 1)}…` : text

/** The lines of a card below the name. */
export function linesOf(service: GraphService): readonly string[] {
  const { image, built, ports, profiles, replicas } = service
  const [first, second, ...more] = ports
  const portLine = [first, second].filter((port) => port !== undefined).join('  ')
  return [
    `${built ? '⚒ ' : ''}${short(image)}`,
    ...(portLine === '' ? [] : [short(more.length === 0 ? portLine : `${portLine}  +${more.length}`)]),
    ...(profiles.length === 0 ? [] : [short(`⚑ ${profiles.join(', ')}`)]),
    ...(replicas === 1 ? [] : [`× ${replicas}`]),
  ]
}

/** Places services above what they depend on, and volumes below all that mount them. */
export function place(graph: ServiceGraph, measure: Measure): Layout {
  const plan = new Graph({ multigraph: true })
  plan.setGraph({ rankdir: 'TB', nodesep: 36, ranksep: 64, edgesep: 16, marginx: 16, marginy: 16 })
  plan.setDefaultEdgeLabel(() => ({}))
  for (const service of graph.services) {
    const lines = linesOf(service)
    // Room for the word of the state and for the dots of the networks, which come and go.
    const wide = Math.max(
      measure(short(service.name), true) + 24,
      ...lines.map((line) => measure(line, false)),
    )
    plan.setNode(`service ${service.name}`, {
      width: Math.ceil(Math.max(140, wide + 2 * padding)),
      height: (lines.length + 2) * lineHeight + 14,
    })
  }
  for (const { name } of graph.volumes)
    plan.setNode(`volume ${name}`, {
      width: Math.ceil(Math.max(90, measure(short(name), false) + 2 * padding)),
      height: 46,
    })
  for (const { from, to } of graph.dependencies)
    plan.setEdge(`service ${from}`, `service ${to}`, { weight: 3 }, 'dependency')
  for (const { name, volumes } of graph.services)
    for (const volume of volumes) plan.setEdge(`service ${name}`, `volume ${volume.name}`, {}, 'mount')
  layout(plan)

  const box = (id: string): Box => {
    const { x = 0, y = 0, width = 0, height = 0 } = plan.node(id)
    return { x: x - width / 2, y: y - height / 2, width, height }
  }
  const points = (from: string, to: string, name: string): PlacedEdge['points'] =>
    plan.edge({ v: from, w: to, name }).points ?? []
  const { width = 0, height = 0 } = plan.graph()
  return {
    width: Math.ceil(width),
    height: Math.ceil(height),
    services: graph.services.map((service) => ({ service, ...box(`service ${service.name}`) })),
    volumes: graph.volumes.map((volume) => ({ ...volume, ...box(`volume ${volume.name}`) })),
    edges: [
      ...graph.dependencies.map((dependency): PlacedEdge => {
        const { from, to } = dependency
        return {
          kind: 'dependency',
          from,
          to,
          points: points(`service ${from}`, `service ${to}`, 'dependency'),
          dependency,
        }
      }),
      ...graph.services.flatMap(({ name, volumes }) =>
        volumes.map((volume): PlacedEdge => ({
          kind: 'mount',
          from: name,
          to: volume.name,
          points: points(`service ${name}`, `volume ${volume.name}`, 'mount'),
          readOnly: volume.readOnly,
        })),
      ),
    ],
  }
}
