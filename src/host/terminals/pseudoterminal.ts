import * as vscode from 'vscode'
import type { TerminalMemory } from '../../commands/terminal/memory.ts'
import type { TerminalSession } from '../../commands/ui.ts'
import { verbatim } from '../../shared/sinks.ts'
import { isReport, resetModes } from '../../engine/terminal/modes.ts'

export interface PseudoterminalParts {
  /** Gets nothing once the session is over. */
  remember(memory: TerminalMemory | undefined): void
  show(focus: boolean): void
}

/** A session as VS Code's pseudoterminal: no program and no shell of this machine is involved. */
export function pseudoterminal(
  session: TerminalSession,
  { remember, show }: PseudoterminalParts,
): vscode.Pseudoterminal {
  const written = new vscode.EventEmitter<string>()
  const closed = new vscode.EventEmitter<number | void>()
  const renamed = new vscode.EventEmitter<string>()
  let ended = false
  return {
    onDidWrite: written.event,
    onDidClose: closed.event,
    onDidChangeName: renamed.event,
    open(dimensions) {
      session.open(
        {
          write: (text) => {
            if (!ended) written.fire(text)
          },
          rename: (name) => renamed.fire(verbatim(name)),
          show,
          remember: (memory) => {
            if (!ended) remember(memory)
          },
          end: ({ exitCode, message }) => {
            if (ended) return
            // With a message the terminal stays open, so that what happened can be read; the next key closes it.
            if (message !== undefined) written.fire(`${resetModes}\r\n${message}\r\n`)
            ended = true
            remember(undefined)
            if (message === undefined) closed.fire(exitCode ?? 0)
          },
        },
        dimensions,
      )
    },
    handleInput(data) {
      // What a program asked the terminal before it ended is answered now; that is nobody's key.
      if (!ended) session.input(data)
      else if (!isReport(data)) closed.fire(0)
    },
    setDimensions(dimensions) {
      if (!ended) session.resize(dimensions)
    },
    close() {
      ended = true
      session.close()
      written.dispose()
      closed.dispose()
      renamed.dispose()
    },
  }
}
