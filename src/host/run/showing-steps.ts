import type { Deps } from '../../commands/command.ts'
import type { LayerStep, Step, Ui } from '../../commands/ui.ts'

// An engine tells of its layers a hundred times a second.
const stepMs = 100

/** The same, and how far something has come is told to `show` too. */
export function showingSteps(
  deps: Deps,
  show: (message: string, layers: readonly LayerStep[]) => void,
): Deps {
  let next: Step | undefined
  const take = (step: Step): void => {
    if (next === undefined)
      setTimeout(() => {
        const { message = '', layers = [] } = next ?? {}
        next = undefined
        show(message, layers)
      }, stepMs)
    next = step
  }
  const progress: Ui['progress'] = (title, task) =>
    deps.ui.progress(title, (report, signal) =>
      task((step) => {
        report(step)
        take(step)
      }, signal),
    )
  return { ...deps, ui: { ...deps.ui, progress } }
}
