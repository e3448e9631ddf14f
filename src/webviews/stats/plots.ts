import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { StatsRow, StatsTexts } from '../../engine/stats/page.ts'
import type { Sample } from '../../engine/stats/sample.ts'
import { amount, percent } from '../../shared/amounts.ts'

interface Kind {
  readonly title: (texts: StatsTexts) => string
  readonly text: (value: number) => string
  /** The value at a sample, given the one before: rates need both. */
  readonly value: (sample: Sample, before: Sample | undefined) => number | null
  /** What the value cannot pass, drawn as a dashed line when one container is shown. */
  readonly limit?: (sample: Sample) => number
}

function rate(total: (sample: Sample) => number): Kind['value'] {
  return (sample, before) => {
    if (before === undefined || sample.time <= before.time) return null
    return Math.max(0, (total(sample) - total(before)) / ((sample.time - before.time) / 1000))
  }
}

const perSecond = (value: number): string => `${amount(value)}/s`

const kinds: readonly Kind[] = [
  { title: ({ cpu }) => cpu, text: percent, value: ({ cpu }) => cpu ?? null },
  {
    title: ({ memory }) => memory,
    text: amount,
    value: ({ memory }) => memory,
    limit: ({ memoryLimit }) => memoryLimit,
  },
  {
    title: ({ network }) => `${network} /s`,
    text: perSecond,
    value: rate(({ received, sent }) => received + sent),
  },
  { title: ({ disk }) => `${disk} /s`, text: perSecond, value: rate(({ read, written }) => read + written) },
]

const dashes = [[], [6, 3], [2, 3], [10, 4, 2, 4]]
const colors = ['blue', 'green', 'yellow', 'red', 'purple', 'orange']
const held = 3600

/** One plot for each kind of resource, with a line for each container shown; lines differ by colour and by dash. */
export class Plots {
  readonly #area: HTMLElement
  readonly #texts: StatsTexts
  readonly #samples = new Map<string, Sample[]>()
  #rows: readonly StatsRow[] = []
  #plots: readonly uPlot[] = []

  constructor(area: HTMLElement, texts: StatsTexts) {
    this.#area = area
    this.#texts = texts
    new ResizeObserver(() => this.#resize()).observe(area)
    // VS Code changes the theme by the class of the body.
    new MutationObserver(() => this.#make()).observe(document.body, {
      attributes: true,
      attributeFilter: ['class'],
    })
  }

  add(id: string, sample: Sample): void {
    const samples = this.#samples.get(id) ?? []
    if (sample.time <= (samples.at(-1)?.time ?? 0)) return
    samples.push(sample)
    if (samples.length > held) samples.shift()
    this.#samples.set(id, samples)
  }

  forget(id: string): void {
    this.#samples.delete(id)
  }

  show(rows: readonly StatsRow[]): void {
    if (rows.length === this.#rows.length && rows.every(({ id }, i) => id === this.#rows[i]!.id))
      return this.draw()
    this.#rows = rows
    this.#make()
  }

  draw(): void {
    kinds.forEach((kind, i) => this.#plots[i]?.setData(this.#data(kind)))
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
    const only = this.#rows.length === 1 ? this.#samples.get(this.#rows[0]!.id)?.at(-1) : undefined
    const limit = only === undefined ? 0 : (kind.limit?.(only) ?? 0)
    return [
      times,
      ...lines,
      ...(kind.limit === undefined ? [] : [times.map(() => (limit > 0 ? limit : null))]),
    ]
  }

  #make(): void {
    for (const plot of this.#plots) plot.destroy()
    const style = getComputedStyle(document.body)
    const color = (name: string, otherwise: string): string =>
      style.getPropertyValue(`--vscode-${name}`).trim() || otherwise
    const text = color('foreground', '#888')
    const grid = { stroke: color('widget-border', 'rgba(128,128,128,0.25)'), width: 1 }
    const width = Math.max(200, Math.floor(this.#area.clientWidth / 2) - 12)
    this.#plots = kinds.map((kind) => {
      const series: uPlot.Series[] = this.#rows.map(({ name }, i) => ({
        label: name,
        stroke: color(`charts-${colors[i % colors.length]!}`, 'gray'),
        dash: dashes[Math.floor(i / colors.length) % dashes.length]!,
        width: 1.5,
        spanGaps: true,
        points: { show: false },
        value: (_: uPlot, value: number | null) => (value === null ? '–' : kind.text(value)),
      }))
      if (kind.limit !== undefined)
        series.push({
          label: this.#texts.limit,
          stroke: text,
          dash: [4, 4],
          width: 1,
          points: { show: false },
          value: (_: uPlot, value: number | null) => (value === null ? '–' : kind.text(value)),
        })
      const options: uPlot.Options = {
        title: kind.title(this.#texts),
        width,
        height: 180,
        series: [{ value: '{HH}:{mm}:{ss}' }, ...series],
        axes: [
          { stroke: text, grid, ticks: grid },
          {
            stroke: text,
            grid,
            ticks: grid,
            size: 76,
            values: (_: uPlot, values: number[]) => values.map(kind.text),
          },
        ],
        scales: {
          y: {
            range: (_: uPlot, __: number, maximum: number) => [
              0,
              Math.max(maximum * 1.1, kind.text === percent ? 5 : 1024),
            ],
          },
        },
      }
      return new uPlot(options, this.#data(kind), this.#area)
    })
  }

  #resize(): void {
    const width = Math.max(200, Math.floor(this.#area.clientWidth / 2) - 12)
    for (const plot of this.#plots) plot.setSize({ width, height: 180 })
  }
}
