import type { Engine } from '../engine.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { archiveWriter, type ArchiveWriter } from './by-archive.ts'
import type { Ownership } from './files.ts'
import { finder, type Finder } from './find.ts'
import type { Place } from './place.ts'
import { complaint, runScript, type ScriptResult } from './program.ts'
import { statScript } from './scripts.ts'
import { settledInPart } from './settle-script.ts'
import { firstEntry, type TarIndex } from './tar-index.ts'

/** A shell without the programs that scripts use: nothing has been done. */
const programMissing = 127

export interface Indexed {
  readonly index: TarIndex
  readonly state: string
  readonly at: number
}

export interface FilesOptions {
  /** The folder that paths count from; links that lead out of it are not followed. */
  readonly root?: string
  /** What the user knows it as: containers stand for volumes and images too. */
  readonly kind?: Place['kind']
  /** Nothing but us changes what is there: what was listed is true until then. */
  readonly unchanging?: boolean
  readonly now?: () => number
  /** Runs scripts where the container cannot; of volumes. */
  readonly elsewhere?: (
    script: string,
    args: readonly string[],
    signal?: AbortSignal,
  ) => Promise<ScriptResult | undefined>
  /** Where what was listed is kept; shared by containers that stand for the same place one after another. */
  readonly cache?: ListingCache
}

export interface ListingCache {
  indexed?: Indexed | undefined
}

/** What all that is done with the files of one container has in common. */
export interface Reach extends Finder {
  readonly engine: Engine
  readonly container: string
  readonly root: string
  readonly kind: Place['kind']
  readonly unchanging: boolean | undefined
  readonly now: () => number
  readonly cache: ListingCache
  readonly archives: ArchiveWriter
  /** What stands in for a volume: scripts need a container of their own, which takes longer than anything else here. */
  readonly neverRuns: boolean
  /** Undefined where nothing can be run. */
  run(
    script: string,
    args: readonly string[],
    signal?: AbortSignal,
    input?: Uint8Array,
  ): Promise<ScriptResult | undefined>
  /** Runs a script that changes `path`; false where none can be run, and so nothing has been done. */
  change(path: string, script: string, args: readonly string[], signal?: AbortSignal): Promise<boolean>
  /** What was listed before is wrong now, and what was listed meanwhile may be. */
  changing(work: () => Promise<void>): Promise<void>
  /** Who owns what stands at a real path. */
  ownerAt(real: string, mode: number, signal?: AbortSignal): Promise<Ownership>
}

export function reachOf(
  engine: Engine,
  container: string,
  { root = '/', kind = 'container', unchanging, now = Date.now, cache = {}, elsewhere }: FilesOptions,
): Reach {
  const { files } = engine

  const run: Reach['run'] = (script, args, signal, input) =>
    runScript(engine, container, script, args, input, signal)

  async function ownerAt(real: string, mode: number, signal?: AbortSignal): Promise<Ownership> {
    const told = await run(statScript, [real], signal)
    const [, , , uid, gid] = told?.exitCode === 0 ? told.stdout.toString().trim().split(' ').map(Number) : []
    if (uid !== undefined && gid !== undefined) return { uid, gid, mode }
    const first = await firstEntry(
      files.getArchive(container, real, signal ?? new AbortController().signal),
      0,
    )
    return { uid: first?.header.uid ?? 0, gid: first?.header.gid ?? 0, mode }
  }

  async function change(
    path: string,
    script: string,
    args: readonly string[],
    signal?: AbortSignal,
  ): Promise<boolean> {
    const result = (await run(script, args, signal)) ?? (await elsewhere?.(script, args, signal))
    if (result === undefined || result.exitCode === programMissing) return false
    if (result.exitCode === settledInPart) throw inPart(complaint(result, plain(path, 200), kind))
    if (result.exitCode !== 0) throw complaint(result, plain(path, 200), kind)
    return true
  }

  async function changing(work: () => Promise<void>): Promise<void> {
    cache.indexed = undefined
    try {
      await work()
    } catch (fault) {
      // What an engine says while a container is being removed is about its own affairs.
      if (isEngineError(fault, 'internal')) await engine.containers.inspect(container)
      throw fault
    } finally {
      cache.indexed = undefined
    }
  }

  return {
    ...finder(engine, container, root, kind),
    engine,
    container,
    root,
    kind,
    unchanging,
    now,
    cache,
    archives: archiveWriter(engine, container),
    neverRuns: elsewhere !== undefined,
    run,
    change,
    changing,
    ownerAt,
  }
}

const inPart = ({ code, message, nextStep }: EngineError): EngineError =>
  new EngineError(
    code,
    `${message} ${t('Some of the files have been replaced before: each is wholly the new one or the old one.')}`,
    nextStep === undefined ? {} : { nextStep },
  )
