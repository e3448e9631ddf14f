import type { Engine } from '../../engine/engine.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { publishedPorts } from '../addresses.ts'
import type { Deps } from '../command.ts'
import { endedAtOnce, endedWithin, tellOfEarlyEnds } from '../why/ended-at-once.ts'
import { openWhy } from '../why/open-why.ts'

/** So long it is waited before a container is said to run: most that fail do so at once. */
const settling = 700

/** Says that a container runs and where its page is, or that it has ended at once and why. */
export async function tellWhatRuns(deps: Deps, engine: Engine, id: string, name?: string): Promise<void> {
  const { ui } = deps
  const code = await endedWithin(engine, id, settling)
  const [container] = await engine.containers.list({ ids: [id] })
  const shown = plain(container?.name ?? name ?? id.slice(0, 12), 80)
  if (code === 0) return void (await ui.info(t('{0} ran, and ended without an error.', shown)))
  // Removed by itself when it ended, or by somebody else: there is nothing left to look at.
  if (container === undefined) return void (await ui.info(t('{0} ran, and is gone again.', shown)))
  if (code !== undefined) {
    const why = t('Why?')
    if ((await ui.warn(endedAtOnce(container.name, code), why)) === why) await openWhy(deps, container)
    return
  }
  void tellOfEarlyEnds(deps, [container]).catch((fault: unknown) => ui.log(String(fault)))
  const [published] = publishedPorts(engine.endpoint, container.ports)
  if (published === undefined) return void (await ui.info(t('{0} was started.', shown)))
  const open = t('Open in Browser')
  const chosen = await ui.info(t('{0} was started; its port is {1}.', shown, published.address), open)
  if (chosen === open) await ui.openExternal(published.url)
}
