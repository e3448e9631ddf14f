import * as vscode from 'vscode'
import type { TerminalSession } from '../commands/ui.ts'

/** A session as VS Code's pseudoterminal: no program and no shell of this machine is involved. */
export function pseudoterminal(session: TerminalSession): vscode.Pseudoterminal {
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
          rename: (name) => renamed.fire(name),
          end: ({ exitCode, message }) => {
            if (ended) return
            // With a message the terminal stays open, so that what happened can be read; the next key closes it.
            if (message !== undefined) written.fire(`\r\n\x1b[0m${message}\r\n`)
            ended = true
            if (message === undefined) closed.fire(exitCode ?? 0)
          },
        },
        dimensions,
      )
    },
    handleInput(data) {
      if (ended) closed.fire(0)
      else session.input(data)
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

export function openTerminal(session: TerminalSession): vscode.Terminal {
  const terminal = vscode.window.createTerminal({
    name: session.name,
    pty: pseudoterminal(session),
    iconPath: new vscode.ThemeIcon(session.icon ?? 'terminal'),
    isTransient: true,
  })
  terminal.show()
  return terminal
}
