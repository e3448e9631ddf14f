import * as vscode from 'vscode'
import { verbatim } from '../shared/sinks.ts'

// The editor's messages, lists and fields make icons and links of what looks like them. Names from engines and files stand in all of
// them, so nothing else in this folder asks the editor for one.

type Actions = readonly string[]

export const showInfo = (text: string, ...actions: Actions): Thenable<string | undefined> =>
  vscode.window.showInformationMessage(verbatim(text), ...actions)

export const showWarning = (text: string, ...actions: Actions): Thenable<string | undefined> =>
  vscode.window.showWarningMessage(verbatim(text), ...actions)

export const askFirst = (
  text: string,
  options: { readonly detail?: string },
  ...actions: Actions
): Thenable<string | undefined> =>
  vscode.window.showWarningMessage(verbatim(text), { modal: true, ...options }, ...actions)

export const showError = (text: string, ...actions: Actions): Thenable<string | undefined> =>
  vscode.window.showErrorMessage(verbatim(text), ...actions)

export const showNotice = (text: string, forMs: number): vscode.Disposable =>
  vscode.window.setStatusBarMessage(`$(warning) ${verbatim(text)}`, forMs)

export const pickOne = <T extends vscode.QuickPickItem>(
  items: readonly T[],
  options: vscode.QuickPickOptions,
): Thenable<T | undefined> => vscode.window.showQuickPick(items.map(verbatimItem), options)

/** With `orCurrent` Enter chooses the item that is gone to or typed where none is marked, as in a list of one choice. */
export function pickSeveral<T extends vscode.QuickPickItem>(
  items: readonly T[],
  {
    stays,
    orCurrent,
    ...shown
  }: {
    readonly title: string
    readonly placeholder: string
    readonly stays: boolean
    readonly orCurrent: boolean
  },
): Promise<readonly T[] | undefined> {
  const picker = vscode.window.createQuickPick<T>()
  Object.assign(picker, shown)
  picker.ignoreFocusOut = stays
  picker.canSelectMany = true
  picker.matchOnDescription = true
  picker.matchOnDetail = true
  picker.items = items.map(verbatimItem)
  picker.selectedItems = picker.items.filter(({ picked }) => picked === true)
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      const chosen = picker.selectedItems.length > 0 || !orCurrent ? picker.selectedItems : currentOf(picker)
      // Nothing that was meant: the question stays.
      if (orCurrent && chosen.length === 0) return
      resolve(chosen)
      picker.hide()
    })
    picker.onDidHide(() => {
      resolve(undefined)
      picker.dispose()
    })
    picker.show()
  })
}

/** The item that is gone to; once letters have been typed none is, and the only one that has them counts. */
function currentOf<T extends vscode.QuickPickItem>({
  activeItems,
  items,
  value,
}: vscode.QuickPick<T>): readonly T[] {
  if (activeItems.length > 0) return activeItems
  const typed = value.toLowerCase()
  const fitting = items.filter(({ label }) => label.toLowerCase().includes(typed))
  return fitting.length === 1 ? fitting : fitting.filter(({ label }) => label.toLowerCase() === typed)
}

const verbatimItem = <T extends vscode.QuickPickItem>(item: T): T => ({
  ...item,
  label: verbatim(item.label),
  ...(item.description === undefined ? {} : { description: verbatim(item.description) }),
  ...(item.detail === undefined ? {} : { detail: verbatim(item.detail) }),
})

type Validated = string | undefined

export function askText(
  options: Omit<vscode.InputBoxOptions, 'validateInput'> & {
    readonly prompt: string
    readonly validate?: ((text: string) => Validated) | undefined
  },
): Thenable<string | undefined> {
  const { validate, prompt, ...others } = options
  const said = (text: Validated): Validated => (text === undefined ? undefined : verbatim(text))
  return vscode.window.showInputBox({
    ...others,
    prompt: verbatim(prompt),
    ...(validate === undefined ? {} : { validateInput: (text: string) => said(validate(text)) }),
  })
}

type Progress = vscode.Progress<{ readonly message?: string; readonly increment?: number }>

export const withProgress = <T>(
  options: vscode.ProgressOptions & { readonly title: string },
  task: (progress: Progress, token: vscode.CancellationToken) => Thenable<T>,
): Thenable<T> =>
  vscode.window.withProgress({ ...options, title: verbatim(options.title) }, (progress, token) =>
    task(
      {
        report: ({ message, ...others }) =>
          progress.report({ ...others, ...(message === undefined ? {} : { message: verbatim(message) }) }),
      },
      token,
    ),
  )
