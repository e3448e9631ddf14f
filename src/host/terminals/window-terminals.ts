import * as vscode from 'vscode'
import type { Deps } from '../../commands/command.ts'
import type { TerminalMemory } from '../../commands/terminal/memory.ts'
import type { TerminalSession, Ui } from '../../commands/ui.ts'
import { terminalProfile } from '../../manifest/terminal-profile.ts'
import { verbatim } from '../../shared/sinks.ts'
import { pseudoterminal } from './pseudoterminal.ts'

const memoriesKey = 'terminals.open'

export interface TerminalSurroundings {
  readonly context: vscode.ExtensionContext
  readonly output: vscode.LogOutputChannel
  deps(): Promise<Deps>
}

/** The terminals of this window: opened, remembered in the workspace, and brought back after the window has been loaded anew. */
export class WindowTerminals implements vscode.Disposable {
  readonly #around: TerminalSurroundings
  readonly #open = new Map<vscode.Pseudoterminal, TerminalMemory>()
  readonly #subscriptions: vscode.Disposable[]

  constructor(around: TerminalSurroundings) {
    this.#around = around
    this.#subscriptions = [
      vscode.window.onDidCloseTerminal((terminal) => this.#closed(terminal)),
      vscode.window.registerTerminalProfileProvider(terminalProfile.id, {
        provideTerminalProfile: async () => {
          const { profileSession } = await import('../../commands/terminal/profile.ts')
          return new vscode.TerminalProfile(this.#options(profileSession(around.deps)))
        },
      }),
    ]
    const before = around.context.workspaceState.get<unknown>(memoriesKey)
    if (Array.isArray(before) && before.length > 0) void this.#restore(before)
  }

  readonly open: Ui['terminal'] = (session, { inBackground = false } = {}) => {
    const terminal = vscode.window.createTerminal(this.#options(session))
    if (!inBackground) terminal.show()
  }

  #options(session: TerminalSession): vscode.ExtensionTerminalOptions {
    const pty = pseudoterminal(session, {
      remember: (memory) => {
        if (memory === undefined) this.#open.delete(pty)
        else this.#open.set(pty, memory)
        this.#save()
      },
      show: (focus) =>
        vscode.window.terminals
          .find(({ creationOptions }) => 'pty' in creationOptions && creationOptions.pty === pty)
          ?.show(!focus),
    })
    return {
      name: verbatim(session.name),
      pty,
      iconPath: new vscode.ThemeIcon(session.icon ?? 'terminal'),
      // VS Code brings back terminals of programs only.
      isTransient: true,
    }
  }

  #closed({ creationOptions, exitStatus }: vscode.Terminal): void {
    // A window that goes away closes all its terminals; what was open then is to come back.
    if (exitStatus?.reason === vscode.TerminalExitReason.Shutdown || !('pty' in creationOptions)) return
    if (this.#open.delete(creationOptions.pty)) this.#save()
  }

  #save(): void {
    void this.#around.context.workspaceState.update(memoriesKey, [...this.#open.values()])
  }

  async #restore(before: readonly unknown[]): Promise<void> {
    const { context, output, deps } = this.#around
    await context.workspaceState.update(memoriesKey, undefined)
    if (!vscode.workspace.getConfiguration('terminal.integrated').get('enablePersistentSessions', true))
      return
    try {
      const [{ isTerminalMemory }, { restoreTerminals }, made] = await Promise.all([
        import('../../commands/terminal/memory.ts'),
        import('../../commands/terminal/restore.ts'),
        deps(),
      ])
      await restoreTerminals(made, before.filter(isTerminalMemory))
    } catch (fault) {
      output.error(fault instanceof Error ? fault : String(fault))
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose()
  }
}
