export interface ChromiumOptions {
  executablePath: string
  args: string[]
}
/** Options for Playwright's `chromium.launch`; fetches the browser where that is possible. */
export function chromiumOptions(): Promise<ChromiumOptions>
/** The path of desktop VS Code (`$QUAYSIDE_VSCODE`, `code` on PATH), or undefined. */
export function desktopVscode(): string | undefined

export interface RunningVscode {
  /** Of VS Code itself: `1.100.3`. */
  readonly version: string
  readonly port: number
  /** `http://127.0.0.1:PORT` */
  readonly base: string
  /** The server's data; user settings are `data/User/settings.json` in it. */
  readonly dataFolder: string
  /** Its own folder, removed by `stop()`. */
  readonly folder: string
  readonly logFile: string
  /** The address that opens a folder or a `.code-workspace` file, with an extension under development and tests to run in its host. */
  url(folder: string, options?: { extension?: string; tests?: string }): string
  /** Writes the user settings, over the quiet ones of the tests. */
  configure(settings: Record<string, unknown>): void
  /** Settings of the machine, which only they can set: engines and programs. Replaces them; heeded while a window is open. */
  configureMachine(settings: Record<string, unknown>): void
  stop(): Promise<void>
}

export interface VscodeOptions {
  which?: 'newest' | 'oldest'
  /** Environment of the extension host and of terminals. */
  env?: Record<string, string | undefined>
  settings?: Record<string, unknown>
  /** Folders of extensions that are there as if installed. */
  extension?: string | readonly string[]
  /** Takes an extension and its tests from the address, and shows no notifications; the default without `extension`. */
  driven?: boolean
  /** Whether an untrusted folder is asked about, as for a user. */
  trustAsked?: boolean
  port?: number
}
/** A VS Code server on the loopback, with user data of its own. */
export function startVscode(options?: VscodeOptions): Promise<RunningVscode>
