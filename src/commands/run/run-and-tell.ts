import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/errors.ts'
import type { RunSpec } from '../../shared/docker-run/run-line.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Deps } from '../command.ts'
import { openWhy } from '../why/open-why.ts'
import type { RunSurroundings } from './create-body.ts'
import { runContainer, type Ran } from './run-container.ts'
import { tellWhatRuns } from './tell-what-runs.ts'

/** Runs a container and tells what became of it: that it runs, that it could not be started, or that it ended at once, and why. */
export async function runAndTell(
  deps: Deps,
  engine: Engine,
  spec: RunSpec,
  surroundings: RunSurroundings,
  start: boolean,
): Promise<Ran> {
  const ran = await runContainer(deps, engine, spec, surroundings, start)
  const wanted = spec.flags.get('name')
  const name = typeof wanted === 'string' && wanted !== '' ? wanted : ran.id.slice(0, 12)
  const told =
    ran.failed !== undefined
      ? tellStartFailure(deps, { engine: engine.id, id: ran.id, name }, ran.failed, spec)
      : !start
        ? deps.ui.info(t('{0} was created.', plain(name, 80)))
        : ran.inTerminal
          ? undefined
          : tellWhatRuns(deps, engine, ran.id, name)
  void told?.catch((fault: unknown) => deps.ui.log(String(fault)))
  return ran
}

async function tellStartFailure(
  deps: Deps,
  container: { readonly engine: string; readonly id: string; readonly name: string },
  failed: EngineError,
  spec: RunSpec,
): Promise<void> {
  const message = t(
    '{0} was created but could not be started: {1}',
    plain(container.name, 80),
    plain(failed.message, 500),
  )
  const details = failed.nextStep === undefined ? {} : { nextStep: failed.nextStep }
  const error = new EngineError(failed.code, message, { ...details, cause: failed })
  // What removes itself leaves nothing to look at.
  if (spec.flags.get('rm') === 'true') return void (await deps.ui.error(error))
  const why = t('Why?')
  if ((await deps.ui.error(error, why)) === why) await openWhy(deps, container)
}
