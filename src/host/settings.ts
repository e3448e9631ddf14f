import * as vscode from 'vscode'
import type { CommandSettings } from '../commands/command.ts'
import type { SettingId, SettingType } from '../manifest/settings.ts'
import { settingSchemas, settingValue, type ValueSchema } from '../manifest/setting-value.ts'
import type { Event } from '../shared/emitter.ts'
import { t } from '../shared/l10n.ts'

let schemas: () => ReadonlyMap<string, ValueSchema> = () => new Map()
let tell: (message: string) => void = () => undefined
const told = new Set<string>()

/** Values are held against the manifest from here on; `report` is told once of each that does not fit. */
export function judgeSettings(manifest: unknown, report: (message: string) => void): void {
  let read: ReadonlyMap<string, ValueSchema> | undefined
  schemas = () => (read ??= settingSchemas(manifest))
  tell = report
}

/** The one reader of the editor's configuration; rooms get values, and none that the setting does not allow. */
export function setting<K extends SettingId>(id: K, scope?: vscode.ConfigurationScope): SettingType<K> {
  const value: unknown = vscode.workspace.getConfiguration('quayside', scope).get(id)
  const schema = schemas().get(id)
  if (schema === undefined) return value as SettingType<K>
  const counts = settingValue(schema, value)
  if (counts !== value) tellOnce(id, value, counts)
  return counts as SettingType<K>
}

function tellOnce(id: SettingId, value: unknown, counts: unknown): void {
  const message = t(
    'The setting quayside.{0} cannot be {1}: {2} is used. Correct it in the settings.',
    id,
    JSON.stringify(value)?.slice(0, 80) ?? 'undefined',
    JSON.stringify(counts),
  )
  if (told.has(message)) return
  told.add(message)
  tell(message)
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
