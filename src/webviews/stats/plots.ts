import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Limits } from '../../engine/stats/limits.ts'
import type { StatsRow } from '../../engine/stats/page.ts'
import type { Sample } from '../../engine/stats/sample.ts'
import { amount, percent } from '../../shared/amounts.ts'
import { t } from '../../shared/l10n.ts'

interface Kind {
  readonly title: string
  readonly text: (value: number) => string
  /** The value at a sample, given the one before: rates need both. */
  readonly value: (sample: Sample, before: Sample | undefined) => number | null
  /** What the value of a container cannot pass; undefined where only the machine limits it. */
  readonly limit?: (limits: Limits) => number | undefined
  /** The top of an axis on which nothing happens. */
  readonly least: number
}

function rate(total: (sample: Sample) => number): Kind['value'] {
  return (sample, before) => {
    if (before === undefined || sample.time <= before.time) return null
    return Math.max(0, (total(sample) - total(before)) / ((sample.time - before.time) / 1000))
  }
}

const perSecond = (value: number): string => `${amount(value)}/s`
const whole = (value: number): string => (Number.isInteger(value) ? String(value) : '')

const kinds = (): readonly Kind[] => [
  {
    title: t('CPU'),
    text: percent,
    value: ({ cpu }) => cpu ?? null,
    limit: ({ cpus }) => (cpus === undefined ? undefined : cpus * 100),
    least: 5,
  },
  {
    title: t('Memory'),
    text: amount,
    value: ({ memory }) => memory,
    limit: (limits) => limits.memory,
    least: 1024,
  },
  {
    title: t('Network /s'),
    text: perSecond,
    value: rate(({ received, sent }) => received + sent),
    least: 1024,
  },
  { title: t('Disk /s'), text: perSecond, value: rate(({ read, written }) => read + written), least: 1024 },
  {
    title: t('Processes'),
    text: whole,
    value: ({ pids }) => pids,
    limit: (limits) => limits.pids,
    least: 4,
  },
]

const lastOf = (plot: uPlot, series: number): number | null =>
  [...(plot.data[series] ?? [])].findLast((one) => one != null) ?? null

const minutes = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const seconds = new Intl.DateTimeFormat('en', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** Where the pointer is on no moment, the last one is told. */
function moment(plot: uPlot, at: number | null): string {
  const shown = at ?? lastOf(plot, 0)
  return shown === null ? '–' : seconds.format(shown * 1000)
}

/** Times as the legend tells them, in every language: those of the library are American. */
function times(_: uPlot, marks: number[], __: number, ___: number, step: number): string[] {
  const format = step < 60 ? seconds : minutes
  return marks.map((mark) => format.format(mark * 1000))
}

/** The steps of an axis of bytes. */
const powersOfTwo = Array.from({ length: 50 }, (_, i) => 2 ** i)
const dashes = [[], [6, 3], [2, 3], [10, 4, 2, 4]]
const colors = [
  'charts-blue',
  'charts-green',
  'charts-yellow',
  'charts-red',
  'charts-purple',
  'terminal-ansiCyan',
]
const held = 3600
/** Seconds that are drawn at least: the first samples stand at the right, and an axis of milliseconds says nothing. */
const shortest = 60
const height = 180

/**
 * One plot for each kind of resource, with a line for each container shown; lines differ by colour and by dash. A thin dotted line
 * of the same colour is the limit of a container. That of one alone is always seen; those of several once one comes near them.
 */
export class Plots {
  readonly #area: HTMLElement
  readonly #kinds = kinds()
  readonly #samples = new Map<string, Sample[]>()
  #rows: readonly StatsRow[] = []
  #plots: readonly uPlot[] = []

  constructor(area: HTMLElement) {
    this.#area = area
    new ResizeObserver(() => this.#resize()).observe(area)
    // VS Code tells of another theme by attributes of the body.
    new MutationObserver(() => this.#make()).observe(document.body, {
      attributes: true,
      attributeFilter: ['data-vscode-theme-id', 'data-vscode-theme-kind'],
    })
  }

  add(id: string, sample: Sample): void {
    const samples = this.#samples.get(id) ?? []
    if (sample.time <= (samples.at(-1)?.time ?? 0)) return
    samples.push(sample)
    if (samples.length > held) samples.shift()
    this.#samples.set(id, samples)
  }

  /** Forgets all but these containers. */
  keep(ids: ReadonlySet<string>): void {
    for (const id of [...this.#samples.keys()]) if (!ids.has(id)) this.#samples.delete(id)
  }

  show(rows: readonly StatsRow[]): void {
    const same = (one: StatsRow, i: number): boolean => JSON.stringify(one) === JSON.stringify(this.#rows[i])
    if (rows.length === this.#rows.length && rows.every(same)) return this.draw()
    this.#rows = rows
    this.#make()
  }

  draw(): void {
    this.#kinds.forEach((kind, i) => this.#plots[i]?.setData(this.#data(kind)))
  }

  #data(kind: Kind): uPlot.AlignedData {
    // Samples of different containers are a second apart at most: they share the whole seconds.
    const times = [
      ...new Set(
        this.#rows.flatMap(({ id }) =>
          (this.#samples.get(id) ?? []).map(({ time }) => Math.round(time / 1000)),
        ),
      ),
    ].sort((a, b) => a - b)
    const last = times.at(-1)
    if (last !== undefined && last - times[0]! < shortest) times.unshift(last - shortest)
    const place = new Map(times.map((time, i) => [time, i]))
    const lines = this.#rows.map(({ id }) => {
      const line = new Array<number | null>(times.length).fill(null)
      let before: Sample | undefined
      for (const sample of this.#samples.get(id) ?? []) {
        line[place.get(Math.round(sample.time / 1000))!] = kind.value(sample, before)
        before = sample
      }
      return line
    })
    return [times, ...lines, ...this.#limits(kind).map(({ limit }) => times.map(() => limit))]
  }

  #limits({ limit }: Kind) {
    return this.#rows.flatMap(({ name, limits }, i) => {
      const found = limit?.(limits)
      return found === undefined ? [] : [{ name, color: i, limit: found }]
    })
  }

  #make(): void {
    for (const plot of this.#plots) plot.destroy()
    const style = getComputedStyle(document.body)
    const color = (name: string, otherwise: string): string =>
      style.getPropertyValue(`--vscode-${name}`).trim() || otherwise
    const text = color('foreground', '#888')
    // Fainter than any line in every theme, of high contrast too.
    const grid = { stroke: 'rgba(128,128,128,0.3)', width: 1 }
    const lineColor = (i: number): string => color(colors[i % colors.length]!, 'gray')
    this.#plots = this.#kinds.map((kind) => {
      const value = (plot: uPlot, at: number | null, series: number): string => {
        const shown = at ?? lastOf(plot, series)
        return shown === null ? '–' : kind.text(shown)
      }
      const lines: uPlot.Series[] = this.#rows.map(({ name }, i) => ({
        label: name,
        stroke: lineColor(i),
        dash: dashes[Math.floor(i / colors.length) % dashes.length]!,
        width: 1.5,
        spanGaps: true,
        points: { show: false },
        value,
      }))
      const alone = this.#rows.length === 1
      const limits: uPlot.Series[] = this.#limits(kind).map(({ name, color: own }) => ({
        label: alone ? t('Limit') : t('Limit of {0}', name),
        stroke: alone ? text : lineColor(own),
        dash: [2, 4],
        width: 1,
        auto: alone,
        points: { show: false },
        value,
      }))
      const options: uPlot.Options = {
        title: kind.title,
        width: this.#width,
        height,
        series: [{ label: t('Time'), value: moment }, ...lines, ...limits],
        axes: [
          { stroke: text, grid, ticks: grid, size: 34, space: 70, values: times },
          {
            stroke: text,
            grid,
            ticks: grid,
            size: 76,
            values: (_: uPlot, values: number[]) => values.map(kind.text),
            ...(kind.least === 1024 ? { incrs: [...powersOfTwo] } : {}),
          },
        ],
        scales: {
          y: { range: (_: uPlot, __: number, maximum: number) => [0, Math.max(maximum * 1.1, kind.least)] },
        },
      }
      return new uPlot(options, this.#data(kind), this.#area)
    })
  }

  /** Two plots side by side, one below the other where there is no room for two. */
  get #width(): number {
    const { clientWidth } = this.#area
    return Math.max(200, clientWidth < 640 ? clientWidth : Math.floor(clientWidth / 2) - 6)
  }

  #resize(): void {
    for (const plot of this.#plots) plot.setSize({ width: this.#width, height })
  }
}
