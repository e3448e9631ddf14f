import { defaultSettings, readSettings, type LanguageSettings } from '../settings.ts'

/** The settings of each document, as the client gives them. */
export interface SettingsSource {
  of(uri: string): Promise<LanguageSettings>
  /** The document is closed. */
  forget(uri: string): void
  /** The client says that its settings changed; `sent` is what it sends along, of any shape. */
  changed(sent: unknown): void
}

/**
 * Asks the client once for each document where it answers such requests; `pull` is undefined where it does not, and its settings
 * are then those that it sent last.
 */
export function settingsSource(pull: () => ((uri: string) => Promise<unknown>) | undefined): SettingsSource {
  let pushed: LanguageSettings = defaultSettings
  const pulled = new Map<string, Promise<LanguageSettings>>()
  return {
    of(uri) {
      const ask = pull()
      if (ask === undefined) return Promise.resolve(pushed)
      let known = pulled.get(uri)
      if (known === undefined) {
        known = ask(uri).then(readSettings, () => defaultSettings)
        pulled.set(uri, known)
      }
      return known
    },
    forget(uri) {
      pulled.delete(uri)
    },
    changed(sent) {
      pulled.clear()
      const section = (sent as { readonly quayside?: unknown } | null)?.quayside
      if (section !== undefined) pushed = readSettings(section)
    },
  }
}
