import * as vscode from 'vscode'
import type { CommandSettings } from '../commands/command.ts'
import type { SettingId, SettingType } from '../manifest/settings.ts'
import type { Event } from '../shared/emitter.ts'

/** The one reader of the editor's configuration; rooms get values. */
export function setting<K extends SettingId>(id: K, scope?: vscode.ConfigurationScope): SettingType<K> {
  return vscode.workspace.getConfiguration('quayside', scope).get(id) as SettingType<K>
}

/** Fires when one of these settings has changed. */
export function onSettingChange(...ids: readonly SettingId[]): Event<void> {
  return (listener) =>
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (ids.some((id) => change.affectsConfiguration(`quayside.${id}`))) listener()
    })
}

export const commandSettings: CommandSettings = {
  get confirmStop() {
    return setting('containers.confirmStop')
  },
  get stopTimeoutSeconds() {
    const seconds = setting('containers.stopTimeout')
    return seconds === 0 ? undefined : seconds
  },
  get logTail() {
    return setting('logs.tail')
  },
  get useInRowsLimit() {
    return setting('stats.inRowsLimit')
  },
}
