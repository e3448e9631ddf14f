import type { EngineError } from '../engine/errors.ts'
import type { Place } from '../engine/files/place.ts'
import type { LogRequest } from '../engine/logs/target.ts'
import type { EngineId } from '../engine/model/refs.ts'
import type { StatsRequest } from '../engine/stats/page.ts'
import type { FileOfPlace, Resources } from './resources.ts'
import type { RunFormRequest } from './run/form-messages.ts'
import type { TerminalMemory } from './terminal/memory.ts'

/** An image that a page is opened for; `name` is how the user knows it, `size` its bytes by the engine. */
export interface ImageOnPage {
  readonly engine: EngineId
  readonly id: string
  readonly name: string
  readonly size: number
}

export interface Choice<T> {
  readonly label: string
  readonly description?: string
  readonly detail?: string
  /** A codicon's name. */
  readonly icon?: string
  readonly picked?: boolean
  readonly value: T
}

export interface Confirmation {
  /** One sentence that names the objects and the engine. */
  readonly message: string
  /** What exactly will go, a line each. */
  readonly detail?: string
  /** The verb on the button. Cancel is always there. */
  readonly action: string
  /** A second, stronger verb: `Remove with Volumes`. */
  readonly alternative?: string
}

export interface Report {
  (step: Step): void
}

/** How far something has come. */
export interface Step {
  readonly message?: string
  /** 0…1 of the whole, where it is known. */
  readonly fraction?: number
  /** Of a pull or push: how far each layer has come. */
  readonly layers?: readonly LayerStep[]
}

export interface LayerStep {
  /** The short id of the layer, as engines tell it. */
  readonly id: string
  readonly phase: 'waiting' | 'moving' | 'unpacking' | 'done'
  /** Bytes; the total is 0 while it is not known. */
  readonly current: number
  readonly total: number
}

/** A program in a terminal of the editor: bytes in, bytes out, resize, close. */
export interface TerminalSession {
  readonly name: string
  /** A codicon's name. */
  readonly icon?: string
  /** Starts when the terminal has a size. `write` shows text; `end` says how it ended. */
  open(io: TerminalOutput, size: TerminalSize | undefined): void
  input(text: string): void
  resize(size: TerminalSize): void
  close(): void
}

export interface TerminalSize {
  readonly columns: number
  readonly rows: number
}

export interface TerminalOutput {
  write(text: string): void
  rename(name: string): void
  /** Brings the terminal to the front; with `focus` what is typed goes to it. */
  show(focus: boolean): void
  /** What brings the terminal back after the window has been loaded anew; without it nothing does. */
  remember(memory: TerminalMemory): void
  /** Without a code the terminal closes at once; with a message it stays until a key is pressed. */
  end(result: { readonly exitCode?: number; readonly message?: string }): void
}

export interface ChangedNames {
  readonly came?: readonly string[]
  readonly went?: readonly string[]
}

/** What would become of a file. */
export interface FileChange {
  readonly path: string
  readonly text: string
  readonly isNew: boolean
}

/** The user interface in the words of this product; `host/ui.ts` does it with VS Code, tests with a script. */
export interface Ui {
  confirm(confirmation: Confirmation): Promise<'action' | 'alternative' | undefined>
  /** With `stays` the choice is open until it is made or cancelled, whatever else gets the focus. */
  pick<T>(
    choices: readonly Choice<T>[],
    options: { readonly title: string; readonly placeholder?: string; readonly stays?: true },
  ): Promise<T | undefined>
  /** With `orCurrent` the choice that is gone to counts where none is marked. */
  pickMany<T>(
    choices: readonly Choice<T>[],
    options: {
      readonly title: string
      readonly placeholder?: string
      readonly stays?: true
      readonly orCurrent?: true
    },
  ): Promise<readonly T[] | undefined>
  input(options: {
    readonly title: string
    readonly prompt: string
    readonly value?: string
    readonly placeholder?: string
    readonly password?: boolean
    /** A sentence that says what is wrong, or nothing. */
    readonly validate?: (value: string) => string | undefined
  }): Promise<string | undefined>
  /** Shows progress with Cancel; the task's signal is aborted by it. */
  progress<T>(title: string, task: (report: Report, signal: AbortSignal) => Promise<T>): Promise<T>
  /** Opens a read-only document. `key` names it: opening it again replaces the text. */
  openText(document: {
    readonly key: string
    readonly title: string
    readonly language: string
    readonly text: string
  }): Promise<void>
  /** The folders that are open, as paths on the disk. */
  folders(): readonly string[]
  /** Shows files beside the texts that they would have, new ones beside nothing; what it answers closes that again. */
  showChanges(title: string, changes: readonly FileChange[]): Promise<() => Promise<void>>
  /** Writes files, replacing what is there; Undo takes it back. */
  createFiles(files: readonly { readonly path: string; readonly text: string }[]): Promise<void>
  /** Lines count from 1. */
  openFile(path: string, line?: number): Promise<void>
  /** Asks where to save; the path or nothing. */
  saveAs(options: {
    readonly title: string
    readonly name: string
    readonly filters?: Readonly<Record<string, readonly string[]>>
  }): Promise<string | undefined>
  openFiles(options: {
    readonly title: string
    readonly files: boolean
    readonly folders: boolean
    readonly many: boolean
  }): Promise<readonly string[] | undefined>
  /** Opens a terminal, in front unless it is meant for the background. */
  terminal(session: TerminalSession, options?: { readonly inBackground?: boolean }): void
  /** Opens the log viewer, in the editor area or in the panel, as the user has chosen. */
  openLogs(request: LogRequest): Promise<void>
  /** Shows the project that these compose files make in the view of projects. */
  showProject(paths: readonly string[]): Promise<void>
  /** Opens the picture of the services of the project that these compose files make. */
  openGraph(paths: readonly string[]): Promise<void>
  /** Opens the project that these compose files make, merged, read-only. */
  openMerged(paths: readonly string[]): Promise<void>
  /** Opens the statistics page of an engine; without containers it shows all that run. */
  openStats(request: StatsRequest): Promise<void>
  /** Opens the page that shows the layers of an image with their files. */
  openLayers(image: ImageOnPage): Promise<void>
  /** Opens the page that shows what is different in two images. */
  openComparison(before: ImageOnPage, after: ImageOnPage): Promise<void>
  /** Opens the form that runs a container. */
  openRunForm(request: RunFormRequest): Promise<void>
  /** What is wrong on lines (counted from 1) of a file, beside what its language server finds; replaces what was told of it before. */
  problems(path: string, problems: readonly { readonly line: number; readonly message: string }[]): void
  /** Opens a file of a container, volume or image in an editor; lines and columns count from 1. */
  openPlaceFile(
    place: Place,
    path: string,
    at?: { readonly line: number; readonly column: number },
  ): Promise<void>
  /** Opens a file as it is in two places side by side. */
  comparePlaceFiles(before: Place, after: Place, path: string, title: string): Promise<void>
  /** Adds a folder of a place to the workspace; `name` is how it is called there. */
  addPlaceFolder(place: Place, path: string, name: string): void
  /** Shows a file in the Explorer where a folder around it is part of the workspace; false where none is. */
  revealPlaceFile(place: Place, path: string): Promise<boolean>
  /** Files of this folder are others now: open editors, rows and the Explorer look again; it has to be told which names came or went. */
  placeChanged(place: Place, path: string, names?: ChangedNames): Promise<void>
  /** Shows more rows of the folder whose row has this id. */
  showMore(folderRow: string): void
  copy(text: string): Promise<void>
  /** Puts files of places on the clipboard, as a text that names them. */
  copyFiles(files: readonly FileOfPlace[]): Promise<void>
  /** The files that the clipboard names; none where it holds something else. */
  copiedFiles(): Promise<Resources>
  /** What the editor's addresses of files mean. */
  resources(uris: readonly string[]): Promise<Resources>
  openExternal(url: string): Promise<void>
  /** Opens the settings page at those settings of the machine the extension runs on that these words find. */
  openSettings(query: string): Promise<void>
  /** A message that goes away by itself; the chosen action or nothing. */
  info(message: string, ...actions: readonly string[]): Promise<string | undefined>
  warn(message: string, ...actions: readonly string[]): Promise<string | undefined>
  error(error: EngineError | string, ...actions: readonly string[]): Promise<string | undefined>
  /** Writes the exact `docker` equivalent of what was just done to the output channel. */
  equivalent(line: string): void
  /** The last of those lines, as they were written, the newest first. */
  equivalents(): readonly string[]
  /** A line in the log output. Never with secrets. */
  log(line: string): void
}
