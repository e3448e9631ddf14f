import * as vscode from 'vscode'
import type { Deps } from '../../commands/command.ts'
import { readSavedRunForm, type Replaced, type RunFormRequest } from '../../commands/run/form-messages.ts'
import type { EngineId } from '../../engine/model/refs.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { WindowEngines } from '../engines.ts'
import type { RunFormPage } from './run-form.ts'

/** The type of the editor tabs, by which they come back after a reload of the window. */
const runPanelType = 'quayside.run'
const answerMs = 2_000

export interface RunFormParts {
  readonly context: vscode.ExtensionContext
  readonly engines: WindowEngines
  readonly output: vscode.LogOutputChannel
  /** What commands get; loading it is put off until something is done. */
  deps(): Promise<Deps>
}

const titleOf = (replaces: Replaced | undefined): string =>
  replaces === undefined ? t('Run a Container') : t('Change {0}', plain(replaces.name, 60))

export interface WindowRunForms extends vscode.Disposable {
  open(request: RunFormRequest): Promise<void>
}

/** Registers the run form; what makes it is loaded with the first one. */
export function registerRunForms(parts: RunFormParts): WindowRunForms {
  let last: RunFormPage | undefined
  const attach = async (
    panel: vscode.WebviewPanel,
    request: RunFormRequest,
    before?: RunFormPage,
  ): Promise<RunFormPage> => {
    const { RunFormPage } = await import('./run-form.ts')
    return new RunFormPage(panel, request, parts, before)
  }
  /** Only an engine that answers knows that a container is gone; a form does not wait long for it. */
  const isGone = async (engine: EngineId, { id }: Replaced): Promise<boolean> => {
    const store = parts.engines.live.store(engine)
    if (store === undefined) return false
    try {
      return (await store.engine.containers.list({ ids: [id] }, AbortSignal.timeout(answerMs))).length === 0
    } catch {
      return false
    }
  }
  const restoring = vscode.window.registerWebviewPanelSerializer(runPanelType, {
    async deserializeWebviewPanel(panel, state: unknown) {
      const saved = readSavedRunForm(state)
      if (saved === undefined) return panel.dispose()
      await parts.engines.look()
      const { engine, spec } = saved
      // One that is gone cannot be replaced any more: what was entered is kept, for a new one.
      const gone = saved.replaces !== undefined && (await isGone(engine, saved.replaces))
      const replaces = gone ? undefined : saved.replaces
      panel.title = titleOf(replaces)
      const form = await attach(panel, { engine, spec, ...(replaces === undefined ? {} : { replaces }) })
      form.touch()
    },
  })
  return {
    open: async (request) => {
      const title = titleOf(request.replaces)
      const free = last?.free
      if (free !== undefined) {
        free.title = title
        free.reveal(free.viewColumn)
        last = await attach(free, request, last)
        return
      }
      const options = { retainContextWhenHidden: true }
      const panel = vscode.window.createWebviewPanel(runPanelType, title, vscode.ViewColumn.Active, options)
      last = await attach(panel, request)
    },
    dispose: () => restoring.dispose(),
  }
}
