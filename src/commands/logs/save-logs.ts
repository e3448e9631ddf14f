import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { EngineError, isEngineError } from '../../engine/errors.ts'
import type { LogTarget } from '../../engine/logs/target.ts'
import { visibleText } from '../../logs/ansi.ts'
import { mergedHistory, type LabelledLine } from '../../logs/merged-history.ts'
import { labelOf } from '../../logs/source.ts'
import { fullTime } from '../../logs/time-text.ts'
import { bytes } from '../../shared/bytes.ts'
import { plural, t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Deps } from '../command.ts'
import { dockerLine } from '../equivalents.ts'
import type { Report } from '../ui.ts'

/** How lines are written to a file. `bytes`: as the container printed them, colours and all. */
export type LogForm = 'text' | 'times' | 'bytes'

/** Asks how and where, then writes all that the engines hold of these logs to a file. */
export async function saveLogs({ engines, ui }: Deps, targets: readonly LogTarget[]): Promise<void> {
  const [first] = targets
  if (first === undefined) return
  const form = await ui.pick<LogForm>(
    [
      {
        label: t('Text with times'),
        value: 'times',
        detail: t('The time of each line before it, without colours'),
      },
      { label: t('Text'), value: 'text', detail: t('Without times and colours') },
      { label: t('As it was printed'), value: 'bytes', detail: t('Every byte, control sequences and all') },
    ],
    { title: t('Save Logs') },
  )
  if (form === undefined) return
  const name = targets.length === 1 ? first.name : (first.compose?.project ?? t('containers'))
  const path = await ui.saveAs({
    title: t('Save Logs'),
    name: `${fileName(name)}.log`,
    filters: { [t('Logs')]: ['log', 'txt'] },
  })
  if (path === undefined) return
  const sources = targets.map((target) => ({
    engine: engines.engine(target.engine),
    container: target.container,
    label: labelOf(target, targets, false),
  }))
  for (const [index, { engine }] of sources.entries())
    ui.equivalent(
      dockerLine(engine, ['logs', ...(form === 'times' ? ['--timestamps'] : [])], [targets[index]!.name]),
    )
  const size = await ui.progress(t('Saving the logs of {0}', plain(name, 60)), (report, signal) =>
    writeLogs(
      mergedHistory(sources, {}, signal),
      { path, form, labelled: targets.length > 1 },
      report,
      signal,
    ),
  )
  const openIt = t('Open')
  if ((await ui.info(t('Saved {0}.', bytes(size)), openIt)) === openIt) await ui.openFile(path)
}

interface Destination {
  readonly path: string
  readonly form: LogForm
  /** The name of the container before each line. */
  readonly labelled: boolean
}

/** Writes beside the file first: a file of this name is whole or as it was. Resolves with its size. */
async function writeLogs(
  lines: AsyncIterable<readonly LabelledLine[]>,
  { path, form, labelled }: Destination,
  report: Report,
  signal: AbortSignal,
): Promise<number> {
  const part = `${path}.part`
  let size = 0
  let count = 0
  async function* encoded(): AsyncGenerator<Uint8Array> {
    for await (const batch of lines) {
      const chunk = Buffer.concat(batch.map((line) => encode(line, form, labelled)))
      size += chunk.length
      count += batch.length
      report({ message: t('{0}, {1}', bytes(size), plural(count, '1 line', '{0} lines')) })
      yield chunk
    }
  }
  try {
    await pipeline(Readable.from(encoded(), { objectMode: false }), createWriteStream(part), { signal })
    await rename(part, path)
    return size
  } catch (fault) {
    await rm(part, { force: true })
    if (signal.aborted) throw new EngineError('cancelled', t('Saving was cancelled.'))
    if (isEngineError(fault)) throw fault
    const said = fault instanceof Error ? fault.message : String(fault)
    throw new EngineError('internal', t('The file could not be written: {0}', said), { cause: fault })
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

function encode({ label, line }: LabelledLine, form: LogForm, labelled: boolean): Uint8Array {
  // A very long line comes in pieces, which are one line again.
  const end = line.unfinished && !labelled ? '' : '\n'
  const before = labelled ? `${label} | ` : ''
  if (form === 'bytes') return Buffer.concat([Buffer.from(before), line.bytes, Buffer.from(end)])
  const time = form === 'times' ? `${fullTime(line)} ` : ''
  return Buffer.from(`${time}${before}${visibleText(decoder.decode(line.bytes))}${end}`)
}

/** A name that every file system takes. */
function fileName(name: string): string {
  const safe = name.replace(/[^\w.-]+/g, '-').replace(/^[.-]+/, '')
  return safe === '' ? 'container' : safe.slice(0, 80)
}
