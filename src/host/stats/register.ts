import * as vscode from 'vscode'
import { readSavedStatsPage, type StatsRequest } from '../../engine/stats/page.ts'
import { t } from '../../shared/l10n.ts'
import type { WindowEngines } from '../engines.ts'
import { setting } from '../settings.ts'

/** The type of the editor tabs, by which they come back after a reload of the window. */
const statsPanelType = 'quayside.stats'

export interface WindowStats extends vscode.Disposable {
  open(request: StatsRequest): Promise<void>
}

/** Registers the statistics page; what makes it is loaded with the first one. */
export function registerStats(engines: WindowEngines, extension: vscode.Uri): WindowStats {
  const attach = async (panel: vscode.WebviewPanel, request: StatsRequest): Promise<void> => {
    const { StatsPage } = await import('./stats-page.ts')
    const { live } = engines
    // It lives as long as its panel.
    void new StatsPage(panel, request, { live, extension, history: setting('stats.history') })
  }
  const restoring = vscode.window.registerWebviewPanelSerializer(statsPanelType, {
    async deserializeWebviewPanel(panel, state: unknown) {
      const saved = readSavedStatsPage(state)
      if (saved === undefined) return panel.dispose()
      await engines.look()
      await attach(panel, saved.request)
    },
  })
  return {
    open: (request) =>
      attach(
        vscode.window.createWebviewPanel(statsPanelType, t('Resource Use'), vscode.ViewColumn.Active, {
          retainContextWhenHidden: true,
        }),
        request,
      ),
    dispose: () => restoring.dispose(),
  }
}
