import type { ProgressRecord } from '../engine/engine.ts'
import { plural, t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { bytes } from './sizes.ts'
import type { LayerStep, Step } from './ui.ts'

type Phase = LayerStep['phase']
type Layer = { -readonly [Key in Exclude<keyof LayerStep, 'id'>]: LayerStep[Key] }

const phaseOf = (status: string): Phase | undefined => {
  if (
    /^(Pull complete|Already exists|Pushed|Layer already exists|Mounted from|Download complete$)/.test(status)
  )
    return status.startsWith('Download') ? 'unpacking' : 'done'
  if (/^(Downloading|Pushing|Retrying)/.test(status)) return 'moving'
  if (/^(Extracting|Verifying)/.test(status)) return 'unpacking'
  if (/^(Pulling fs layer|Waiting|Preparing)/.test(status)) return 'waiting'
  return undefined
}

/** What the records of a pull or push amount to: how many layers are there, and bytes where they are known. */
export class LayerProgress {
  readonly #layers = new Map<string, Layer>()
  /** The last record that belongs to no layer: a digest, `Status: Image is up to date …`. */
  last = ''

  push(record: ProgressRecord): Step & { readonly message: string } {
    const status = record.status ?? ''
    const phase = phaseOf(status)
    if (record.id !== undefined && phase !== undefined) {
      const layer = this.#layers.get(record.id) ?? { phase, current: 0, total: 0 }
      this.#layers.set(record.id, layer)
      layer.phase = phase
      if (phase === 'moving') {
        layer.current = record.current ?? layer.current
        layer.total = Math.max(layer.total, record.total ?? 0)
      } else if (phase === 'unpacking' || phase === 'done') layer.current = layer.total
    } else if (status !== '') this.last = status
    return { ...this.#summary(), layers: this.layers }
  }

  get layers(): readonly LayerStep[] {
    return [...this.#layers].map(([id, layer]) => ({ id: plain(id, 20), ...layer }))
  }

  #summary(): { readonly message: string; readonly fraction?: number } {
    const layers = [...this.#layers.values()]
    if (layers.length === 0) return { message: plain(this.last, 120) }
    const done = layers.filter(({ phase }) => phase === 'done').length
    const current = layers.reduce((sum, layer) => sum + layer.current, 0)
    const total = layers.reduce((sum, layer) => sum + layer.total, 0)
    const counted = plural(layers.length, '{0} of 1 layer', '{0} of {1} layers', done, layers.length)
    if (total === 0) return { message: counted, fraction: done / layers.length }
    // Unpacking follows each download: it is the last fifth of the way.
    const fraction = 0.8 * (current / total) + 0.2 * (done / layers.length)
    return { message: t('{0}, {1} of {2}', counted, bytes(current), bytes(total)), fraction }
  }
}
