import * as vscode from 'vscode'
import type { Choice, Ui } from '../commands/ui.ts'
import { EngineError } from '../engine/errors.ts'
import { t } from '../shared/l10n.ts'
import { maskText } from '../shared/masking.ts'
import type { FilePages } from './files/pages.ts'
import type { FileProblems } from './file-problems.ts'
import type { TextDocuments } from './documents.ts'
import { showChanges } from './show-changes.ts'
import {
  askFirst,
  askText,
  pickOne,
  pickSeveral,
  showError,
  showInfo,
  showWarning,
  withProgress,
} from './verbatim-window.ts'
import { writeFiles } from './write-files.ts'

interface Item<T> extends vscode.QuickPickItem {
  readonly value: T
}

const items = <T>(choices: readonly Choice<T>[]): Item<T>[] =>
  choices.map(({ label, description, detail, icon, picked, value }) => ({
    label,
    value,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
    ...(icon === undefined ? {} : { iconPath: new vscode.ThemeIcon(icon) }),
    ...(picked === undefined ? {} : { picked }),
  }))

/** As many lines can be copied. */
const rememberedLines = 100

/** The parts of the port that open pages of their own; each comes from the folder that makes the page. */
export type Pages = FilePages &
  Pick<
    Ui,
    | 'terminal'
    | 'openLogs'
    | 'openMerged'
    | 'openGraph'
    | 'showProject'
    | 'openStats'
    | 'openLayers'
    | 'openComparison'
    | 'openRunForm'
  >

/** The `Ui` port on VS Code. `output` gets what is logged and the `docker` equivalents. */
export function createUi(
  documents: TextDocuments,
  output: vscode.LogOutputChannel,
  pages: Pages,
  problems: FileProblems,
): Ui {
  const message = (error: EngineError | string): string =>
    typeof error === 'string'
      ? error
      : error.nextStep === undefined
        ? error.message
        : `${error.message} ${error.nextStep}`

  const lines: string[] = []

  return {
    async confirm({ message, detail, action, alternative }) {
      const options = detail === undefined ? {} : { detail }
      const chosen = await askFirst(
        message,
        options,
        action,
        ...(alternative === undefined ? [] : [alternative]),
      )
      return chosen === action
        ? 'action'
        : chosen !== undefined && chosen === alternative
          ? 'alternative'
          : undefined
    },
    async pick(choices, { title, placeholder, stays = false }) {
      const options = {
        title,
        ignoreFocusOut: stays,
        matchOnDescription: true,
        matchOnDetail: true,
        ...(placeholder === undefined ? {} : { placeHolder: placeholder }),
      }
      return (await pickOne(items(choices), options))?.value
    },
    async pickMany(choices, { title, placeholder = '', stays = false, orCurrent = false }) {
      const options = { title, placeholder, stays, orCurrent }
      return (await pickSeveral(items(choices), options))?.map(({ value }) => value)
    },
    async input({ title, prompt, value, placeholder, password, validate }) {
      return askText({
        title,
        prompt,
        ignoreFocusOut: true,
        ...(value === undefined ? {} : { value }),
        ...(placeholder === undefined ? {} : { placeHolder: placeholder }),
        ...(password === undefined ? {} : { password }),
        validate,
      })
    },
    async progress(title, task) {
      const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true }
      return withProgress(options, async (progress, token) => {
        const controller = new AbortController()
        const listening = token.onCancellationRequested(() => controller.abort())
        let shown = 0
        try {
          return await task(({ message, fraction }) => {
            const percent = fraction === undefined ? shown : Math.max(shown, Math.min(100, fraction * 100))
            progress.report({
              ...(message === undefined ? {} : { message }),
              ...(percent > shown ? { increment: percent - shown } : {}),
            })
            shown = percent
          }, controller.signal)
        } finally {
          listening.dispose()
        }
      })
    },
    openText: ({ key, title, language, text }) => documents.open(key, title, language, text),
    folders: () =>
      (vscode.workspace.workspaceFolders ?? [])
        .filter(({ uri }) => uri.scheme === 'file')
        .map(({ uri }) => uri.fsPath),
    showChanges: (title, changes) => showChanges(documents, title, changes),
    async createFiles(files) {
      if (!(await writeFiles(files)))
        throw new EngineError('denied', t('The files could not be written.'), {
          nextStep: t('Check that the folder can be written to.'),
        })
    },
    async openFile(path, line) {
      const selection = line === undefined ? undefined : new vscode.Range(line - 1, 0, line - 1, 0)
      await vscode.window.showTextDocument(
        vscode.Uri.file(path),
        selection === undefined ? {} : { selection },
      )
    },
    async saveAs({ title, name, filters }) {
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri
      const chosen = await vscode.window.showSaveDialog({
        title,
        ...(folder === undefined
          ? { defaultUri: vscode.Uri.file(`/${name}`) }
          : { defaultUri: vscode.Uri.joinPath(folder, name) }),
        ...(filters === undefined
          ? {}
          : {
              filters: Object.fromEntries(
                Object.entries(filters).map(([label, endings]) => [label, [...endings]]),
              ),
            }),
      })
      return chosen?.fsPath
    },
    async openFiles({ title, files, folders, many }) {
      const chosen = await vscode.window.showOpenDialog({
        title,
        canSelectFiles: files,
        canSelectFolders: folders,
        canSelectMany: many,
      })
      return chosen?.map((uri) => uri.fsPath)
    },
    ...pages,
    problems: (path, found) => problems.show(path, found),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    async openExternal(url) {
      await vscode.env.openExternal(vscode.Uri.parse(url, true))
    },
    async openSettings(query) {
      // The settings of another machine are on a page of their own: that of this one finds none of them.
      await (vscode.env.remoteName === undefined
        ? vscode.commands.executeCommand('workbench.action.openSettings', query)
        : vscode.commands.executeCommand('workbench.action.openRemoteSettings', { query }))
    },
    info: async (text, ...actions) => showInfo(text, ...actions),
    warn: async (text, ...actions) => showWarning(text, ...actions),
    async error(error, ...actions) {
      output.error(maskText(error instanceof EngineError ? `${error.code}: ${message(error)}` : error))
      const showLog = t('Show Log')
      const chosen = await showError(message(error), ...actions, showLog)
      if (chosen === showLog) output.show(true)
      return chosen === showLog ? undefined : chosen
    },
    equivalent(line) {
      const shown = maskText(line)
      output.info(`$ ${shown}`)
      lines.unshift(shown)
      lines.length = Math.min(lines.length, rememberedLines)
    },
    equivalents: () => [...lines],
    log: (line) => output.info(maskText(line)),
  }
}
