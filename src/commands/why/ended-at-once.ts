import type { Engine } from '../../engine/engine.ts'
import { isEngineError } from '../../engine/errors.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Deps } from '../command.ts'
import { boolean } from '../raw.ts'
import { exitCodeMeaning } from './exit-code.ts'
import { openWhy, type Named } from './open-why.ts'

/** What ends within this time of its start has most likely failed to start. */
const watched = 3_000
/** How many containers a message names. */
const spelledOut = 5

/** SIGINT, SIGTERM, SIGKILL: somebody wanted it to end. */
const asked: ReadonlySet<number> = new Set([130, 137, 143])

/**
 * The exit code of a container that ends by itself within `millis` of now; undefined while it runs, when somebody ended it, or
 * when nothing is left to ask.
 */
export async function endedWithin(engine: Engine, id: string, millis: number): Promise<number | undefined> {
  try {
    const { exitCode } = await engine.containers.wait(id, 'not-running', AbortSignal.timeout(millis))
    if (!asked.has(exitCode)) return exitCode
    // The kernel too ends what uses more memory than it may by SIGKILL.
    return boolean(await engine.containers.inspect(id), 'State', 'OOMKilled') ? exitCode : undefined
  } catch (fault) {
    if (isEngineError(fault)) return undefined
    throw fault
  }
}

interface Ended extends Named {
  readonly code: number
}

/** Watches what has just been started for a moment, and tells of what ended with an error, with the reason at hand. */
export async function tellOfEarlyEnds(deps: Deps, started: readonly Named[]): Promise<void> {
  const ends = await Promise.all(
    started.map(async (container): Promise<Ended | undefined> => {
      const code = await endedWithin(deps.engines.engine(container.engine), container.id, watched)
      return code === undefined || code === 0 ? undefined : { ...container, code }
    }),
  )
  await tellOfEnds(
    deps,
    ends.filter((end) => end !== undefined),
    started.length,
  )
}

async function tellOfEnds(deps: Deps, ended: readonly Ended[], of: number): Promise<void> {
  const [first] = ended
  if (first === undefined) return
  const names = ended
    .slice(0, spelledOut)
    .map(({ name, code }) => t('{0} (exit code {1})', plain(name, 80), code))
  if (ended.length > spelledOut) names.push(t('and {0} more', ended.length - spelledOut))
  const why = t('Why?')
  const chosen = await deps.ui.warn(
    ended.length === 1
      ? endedAtOnce(first.name, first.code)
      : t('{0} of {1} containers ended at once: {2}.', ended.length, of, names.join(', ')),
    why,
  )
  if (chosen !== why) return
  const asked =
    ended.length === 1
      ? first
      : await deps.ui.pick(
          ended.map((end) => ({
            label: plain(end.name, 120),
            description: t('exit code {0}', end.code),
            value: end,
          })),
          { title: why },
        )
  if (asked !== undefined) await openWhy(deps, asked)
}

export const endedAtOnce = (name: string, code: number): string =>
  t('{0} ended at once with exit code {1}. {2}', plain(name, 80), code, exitCodeMeaning(code, false))
