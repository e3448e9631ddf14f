import type { Container } from '../engine/model/container.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { batch } from './batch.ts'
import type { Deps } from './command.ts'

interface Ended {
  readonly container: Container
  readonly exitCode: number
  readonly error: string
}

/** How many ends a message spells out. */
const spelledOut = 5

/** Waits until each has ended, all at the same time, and says once how they did. Cancel ends the waiting only: what has ended by then is told. */
export async function waitForAll({ engines, ui }: Deps, containers: readonly Container[]): Promise<void> {
  const ends: Ended[] = []
  await batch(ui, {
    title: t('Waiting for the end of'),
    failed: t('Could not wait for'),
    items: containers,
    atOnce: containers.length,
    nameOf: ({ name }) => name,
    async task(container, signal) {
      const engine = engines.engine(container.engine)
      const { exitCode, error = '' } = await engine.containers.wait(container.id, 'not-running', signal)
      ends.push({ container, exitCode, error })
    },
  })
  if (ends.length === 0) return
  const failed = ends.filter(({ exitCode }) => exitCode !== 0)
  if (failed.length === 0)
    return void ui.info(
      ends.length === 1 ? sentence(ends[0]!) : t('{0} containers ended with exit code 0.', ends.length),
    )
  const more = failed.length - spelledOut
  const told = failed.slice(0, spelledOut).map(sentence)
  void ui.warn([...told, ...(more > 0 ? [t('and {0} more', more)] : [])].join(' '))
}

function sentence({ container, exitCode, error }: Ended): string {
  const ended = t('{0} ended with exit code {1}.', plain(container.name, 80), exitCode)
  return error === '' ? ended : `${ended} ${plain(error, 300)}`
}
