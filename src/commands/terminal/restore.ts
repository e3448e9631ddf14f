import type { Raw } from '../../engine/engine.ts'
import { EngineError, isEngineError } from '../../engine/errors.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Deps } from '../command.ts'
import type { TerminalSession } from '../ui.ts'
import { attachSession } from './attach-session.ts'
import { endProcesses } from './exec-session.ts'
import { laterSession } from './later-session.ts'
import type { ExecMemory, TerminalMemory } from './memory.ts'
import { shellSession } from './open-shell.ts'

/**
 * Brings back the terminals that were open before the window was loaded anew. An attach is attached again. The API has no way back
 * to an exec: what it left running is ended, as a closed terminal does, and its place is taken by a new shell with the same user
 * and folder, which says so; a program that is no shell is not run a second time. Containers that run no longer have no terminal.
 */
export async function restoreTerminals(deps: Deps, memories: readonly TerminalMemory[]): Promise<void> {
  // The engines have to be found first; which of them is the current one does not matter.
  await deps.engines.current().catch(() => undefined)
  await Promise.all(memories.map((memory) => restore(deps, memory)))
}

async function restore(deps: Deps, memory: TerminalMemory): Promise<void> {
  const { ui } = deps
  try {
    if (!(await isRunning(deps, memory)))
      return ui.log(`${plain(memory.name)} runs no longer: its terminal is not opened again.`)
  } catch (fault) {
    if (isEngineError(fault, 'notFound', 'unreachable') || !(fault instanceof EngineError))
      return ui.log(`${plain(memory.name)}: its terminal is not opened again: ${plain(String(fault))}`)
  }
  if (memory.kind === 'program') return void (await endEarlier(deps, memory))
  ui.terminal(
    memory.kind === 'attach'
      ? attachSession(deps.engines.engine(memory.engine), memory.container, plain(memory.name, 60))
      : shellAgain(deps, memory),
    { inBackground: true },
  )
}

async function isRunning({ engines }: Deps, { engine, container }: TerminalMemory): Promise<boolean> {
  const state = (await engines.engine(engine).containers.inspect(container))['State'] as Raw | undefined
  return state?.['Running'] === true && state['Paused'] !== true
}

function shellAgain(deps: Deps, memory: ExecMemory): TerminalSession {
  const { container, name, user, workingDir, privileged, withEnv } = memory
  return laterSession(plain(name, 60), 'terminal', async (signal) => {
    await endEarlier(deps, memory)
    const settings = {
      ...(user === undefined ? {} : { user }),
      ...(workingDir === undefined ? {} : { workingDir }),
      ...(privileged === undefined ? {} : { privileged }),
    }
    const greeting =
      withEnv === true
        ? t(
            'The window was loaded anew, and there is no way back to a program in a container: this is a new shell, without the variables that were given. The one before has been ended.',
          )
        : t(
            'The window was loaded anew, and there is no way back to a program in a container: this is a new shell. The one before has been ended.',
          )
    return shellSession(deps, { engine: memory.engine, id: container, name }, settings, { greeting, signal })
  })
}

async function endEarlier({ engines }: Deps, memory: ExecMemory): Promise<void> {
  await endProcesses(engines.engine(memory.engine), memory).catch(() => undefined)
}
