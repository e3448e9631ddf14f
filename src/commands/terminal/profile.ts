import { EngineError } from '../../engine/errors.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { shortImage } from '../../tree/image-names.ts'
import type { Deps } from '../command.ts'
import type { TerminalSession } from '../ui.ts'
import { laterSession } from './later-session.ts'
import { shellSession } from './open-shell.ts'

/**
 * The terminal profile “Container Shell”. The editor wants a terminal at once and calls it a fault when it gets none: so the
 * terminal is there first, asks which container is meant, and closes when nothing is chosen.
 */
export function profileSession(deps: () => Promise<Deps>): TerminalSession {
  return laterSession(t('Container Shell'), 'terminal', async (signal, io) => {
    // The editor makes the terminal of a profile and may leave it out of sight.
    io.show(false)
    const { engines, ui } = await deps()
    const running = (await engines.nodes('container'))
      .map(({ container }) => container)
      .filter(({ state }) => state === 'running')
    if (running.length === 0)
      throw new EngineError('notFound', t('No container is running.'), {
        nextStep: t('Start one, then open this terminal again.'),
      })
    const chosen =
      running.length === 1
        ? running[0]
        : await ui.pick(
            running.map((container) => ({
              label: plain(container.name, 100),
              description: plain(shortImage(container.image), 80),
              icon: 'terminal',
              value: container,
            })),
            {
              title: t('Container Shell'),
              placeholder: t('The container to open a shell in'),
              stays: true,
            },
          )
    if (chosen === undefined) return undefined
    io.show(true)
    return shellSession(await deps(), chosen, {}, { signal })
  })
}
