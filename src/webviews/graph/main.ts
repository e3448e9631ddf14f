import { setTranslations, t } from '../../shared/l10n.ts'
import type { ServiceGraph } from '../../shared/service-graph/graph.ts'
import type { FromGraphPage, LiveService, ToGraphPage } from '../../shared/service-graph/page.ts'
import { button, element } from '../elements.ts'
import { exported } from './export.ts'
import { place } from './layout.ts'
import { moveFocus } from './move-focus.ts'
import { arrowOf, networkClass, picture } from './picture.ts'
import { serviceTable } from './service-table.ts'
import './graph.css'

declare function acquireVsCodeApi(): { postMessage(message: FromGraphPage): void }

const vscode = acquireVsCodeApi()
const zooms = [0.5, 0.75, 1, 1.25, 1.5, 2]

let graph: ServiceGraph | undefined
let live: Readonly<Record<string, LiveService>> = {}
let zoom: number | undefined
let marked: string | undefined

const heading = element('h1')
const tools = element('div', { class: 'tools', role: 'toolbar' })
const problem = element('p', { class: 'problem', role: 'alert' })
const networks = element('div', { class: 'networks' })
const frame = element('div', { class: 'frame' })
const words = element('section', { class: 'words' })
document.body.append(heading, tools, problem, networks, frame, words)

function drawTools(): void {
  const step = (by: number): void => {
    const now = zooms.indexOf(zoom ?? 1)
    zoom = zooms[Math.max(0, Math.min(zooms.length - 1, now + by))]
    drawZoom()
  }
  tools.replaceChildren(
    button('−', () => step(-1), 'secondary', t('Zoom out')),
    button('+', () => step(1), 'secondary', t('Zoom in')),
    button(t('Fit'), () => {
      zoom = undefined
      drawZoom()
    }),
    button(t('Save as SVG…'), save),
  )
  tools.setAttribute('aria-label', t('Picture'))
}

function drawZoom(): void {
  const svg = frame.querySelector('svg')
  if (svg === null) return
  const { width, height } = svg.viewBox.baseVal
  svg.classList.toggle('fit', zoom === undefined)
  svg.setAttribute('width', String(width * (zoom ?? 1)))
  svg.setAttribute('height', String(height * (zoom ?? 1)))
}

function save(): void {
  const svg = frame.querySelector('svg')
  if (svg !== null) vscode.postMessage({ type: 'save', svg: exported(svg) })
}

const pencil = document.createElement('canvas').getContext('2d')

/** The width of a text in the page's own font. */
function measure(text: string, bold: boolean): number {
  if (pencil === null) return text.length * 7.5
  const { fontFamily } = getComputedStyle(document.body)
  pencil.font = `${bold ? '600 14px' : '12px'} ${fontFamily}`
  return pencil.measureText(text).width
}

function draw(): void {
  if (graph === undefined) return
  const names = graph.networks.map(({ name }) => name)
  const focused = document.activeElement?.getAttribute('data-service')
  const text = picture(place(graph, measure), { project: graph.project, live, networks: names })
  const parsed = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement
  const svg = document.importNode(parsed, true)
  frame.replaceChildren(svg)
  const services = [...frame.querySelectorAll<SVGGElement>('[data-service]')]
  const [first] = services
  const current = services.find((service) => service.dataset['service'] === focused) ?? first
  current?.setAttribute('tabindex', '0')
  if (focused !== undefined && focused !== null) current?.focus()
  drawZoom()
  drawNetworks(names)
  mark()
  words.replaceChildren(
    element('h2', {}, t('In words')),
    serviceTable(graph, live, (service) => vscode.postMessage({ type: 'open', service })),
  )
}

function drawNetworks(names: readonly string[]): void {
  networks.hidden = names.length < 2
  networks.replaceChildren(
    t('Networks'),
    ...names.map((name, index) => {
      const made = button(name, () => {
        marked = marked === name ? undefined : name
        drawNetworks(names)
        mark()
      })
      made.prepend(element('span', { class: `swatch ${networkClass(index)}` }))
      made.setAttribute('aria-pressed', String(marked === name))
      return made
    }),
  )
}

/** Services that are not in the network that is looked at step back. */
function mark(): void {
  for (const service of frame.querySelectorAll<SVGGElement>('[data-service]')) {
    const within = marked === undefined || (service.dataset['networks'] ?? '').split(' ').includes(marked)
    service.classList.toggle('dim', !within)
  }
}

/** Lines of the service under the pointer, or with the focus, stand out. */
function follow(target: EventTarget | null): void {
  const name =
    target instanceof Element ? target.closest('[data-service]')?.getAttribute('data-service') : null
  for (const edge of frame.querySelectorAll<SVGGElement>('.edge')) {
    const { from, to } = edge.dataset
    const own = from === name || (to === name && edge.classList.contains('dependency'))
    const near = typeof name === 'string' && own
    edge.classList.toggle('near', near)
    edge.querySelector('[marker-end]')?.setAttribute('marker-end', arrowOf(near))
  }
}

const open = (target: EventTarget | null): void => {
  const service =
    target instanceof Element ? target.closest('[data-service]')?.getAttribute('data-service') : null
  if (typeof service === 'string') vscode.postMessage({ type: 'open', service })
}

frame.addEventListener('click', ({ target }) => open(target))
frame.addEventListener('mouseover', ({ target }) => follow(target))
frame.addEventListener('focusin', ({ target }) => follow(target))
frame.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' || event.key === ' ') open(event.target)
  else if (!moveFocus(frame, event.key)) return
  event.preventDefault()
})

window.addEventListener('message', ({ data }: MessageEvent<ToGraphPage>) => {
  problem.textContent = data.type === 'problem' ? data.message : ''
  if (data.type === 'problem') return
  if (data.type === 'graph') {
    setTranslations(data.texts)
    graph = data.graph
    heading.textContent = t('Services of {0}', graph.project)
    drawTools()
  }
  live = data.live
  draw()
})
vscode.postMessage({ type: 'ready' })
