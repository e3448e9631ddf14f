import * as vscode from 'vscode'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { showInfo } from '../verbatim-window.ts'

/** Offers files that are too large for an editor as downloads; each once at a time, however often it is tried to be read. */
export class LargeFiles {
  readonly #offered = new Set<string>()

  async offer(uri: vscode.Uri): Promise<void> {
    const key = uri.toString()
    if (this.#offered.has(key)) return
    this.#offered.add(key)
    try {
      const download = t('Download…')
      const answer = await showInfo(t('{0} is too large to be opened.', plain(uri.path, 200)), download)
      if (answer === download) await vscode.commands.executeCommand('quayside.files.downloadResource', uri)
    } finally {
      this.#offered.delete(key)
    }
  }
}
