import * as vscode from 'vscode'
import { t } from '../../shared/l10n.ts'
import { overlapOf } from './other-extensions.ts'
import { showInfo } from '../verbatim-window.ts'

const askedKey = 'language.dividedWith'

/**
 * Two extensions that check the same file tell everything twice. Where another one is installed the user is asked, once, who
 * does what; nothing is changed without an answer.
 */
export async function divideWork(memento: vscode.Memento): Promise<void> {
  const overlap = overlapOf(
    (id) => vscode.extensions.getExtension(id) !== undefined,
    (setting) => vscode.workspace.getConfiguration().get<boolean>(setting),
  )
  if (overlap === undefined || memento.get<string>(askedKey) === overlap.names) return
  await memento.update(askedKey, overlap.names)
  const leave = t('Leave Findings to It')
  const compose = t('Compose Files to Quayside')
  const both = t('Keep Both')
  const answer = await showInfo(
    t(
      '{0} helps with Dockerfiles and compose files too, so the same can be shown twice. Who shall do it?',
      overlap.names,
    ),
    leave,
    ...(overlap.composeSettings.length > 0 ? [compose] : []),
    both,
  )
  const configuration = vscode.workspace.getConfiguration()
  const target = vscode.ConfigurationTarget.Global
  if (answer === leave) await configuration.update('quayside.lint.enabled', false, target)
  if (answer === compose)
    for (const setting of overlap.composeSettings) await configuration.update(setting, false, target)
}
