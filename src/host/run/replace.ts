import type { Deps } from '../../commands/command.ts'
import { recreate } from '../../commands/recreate.ts'
import type { RunSurroundings } from '../../commands/run/create-body.ts'
import type { Replaced } from '../../commands/run/form-messages.ts'
import { tellWhatRuns } from '../../commands/run/tell-what-runs.ts'
import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/errors.ts'
import type { Container } from '../../engine/model/container.ts'
import { specOf, type PlainSpec } from '../../shared/docker-run/plain-spec.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'

/** It may have been started, stopped or removed since the form was opened. */
async function find(engine: Engine, { id, name }: Replaced): Promise<Container> {
  const [found] = await engine.containers.list({ ids: [id] })
  if (found !== undefined) return found
  throw new EngineError('notFound', t('{0} is gone: there is nothing to replace.', plain(name, 80)), {
    nextStep: t('Copy the docker run line and paste it into a new form.'),
  })
}

/** The container is made anew as the form says, under its name, and that is told; rejects with the old one as it was. */
export async function replace(
  deps: Deps,
  engine: Engine,
  replaced: Replaced,
  spec: PlainSpec,
  around: RunSurroundings,
): Promise<void> {
  const old = await find(engine, replaced)
  const name = plain(old.name, 80)
  const id = await deps.ui.progress(t('Replacing {0}', name), (report, signal) =>
    recreate(engine, old, specOf(spec), around, { step: (message) => report({ message }) }, signal),
  )
  const told =
    old.state === 'exited' || old.state === 'created' || old.state === 'dead'
      ? deps.ui.info(t('{0} was replaced; it does not run, as before.', name))
      : tellWhatRuns(deps, engine, id)
  void told.catch((fault: unknown) => deps.ui.log(String(fault)))
}
