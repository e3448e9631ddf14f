import type { Engine } from '../engine/engine.ts'
import type { Places } from '../engine/files/places.ts'
import type { EngineId } from '../engine/model/refs.ts'
import type { Registry } from '../engine/registry/registry.ts'
import type { RegistryAuth } from '../engine/registry-auth.ts'
import type { NodeKind, NodeOf, TreeNode, ViewId } from '../tree/node.ts'
import type { ViewOptions } from '../tree/view-options.ts'
import type { DockerProgram } from './program/docker-program.ts'
import type { Resources } from './resources.ts'
import type { Ui } from './ui.ts'

/** The states a node can be in as far as commands care; `kind+flag` offers a command on nodes with that flag only, `kind-flag` on the others. */
export type ContainerFlag =
  | 'running'
  | 'paused'
  | 'restarting'
  | 'stopped'
  | 'created'
  | 'compose'
  | 'swarm'
  | 'published'
export type Flag = {
  readonly container: ContainerFlag
  readonly port: 'tcp'
  readonly project: 'running' | 'stopped' | 'paused'
  readonly group: never
  readonly repository: 'dangling'
  readonly image: 'used' | 'dangling'
  readonly volume: 'used' | 'anonymous'
  readonly network: 'builtin' | 'used'
  readonly member: never
  readonly engine: 'active' | 'beside' | 'hidden' | 'connected' | 'failed' | 'swarm'
  readonly stack: 'running' | 'paused' | 'stopped' | 'workspace'
  readonly service: 'running' | 'paused' | 'stopped' | 'workspace'
  readonly detail: never
  readonly files: 'container' | 'target'
  readonly file: 'folder' | 'regular' | 'editable' | 'target' | 'comparable'
  readonly changes: never
  readonly change: 'added' | 'modified' | 'deleted' | 'leaf'
  readonly more: never
}
export type Target = { [K in NodeKind]: K | `${K}+${Flag[K]}` | `${K}-${Flag[K]}` }[NodeKind]
export type KindOf<T extends Target> = T extends `${infer K}+${string}`
  ? K extends NodeKind
    ? K
    : never
  : T extends `${infer K}-${string}`
    ? K extends NodeKind
      ? K
      : never
    : T extends NodeKind
      ? T
      : never

/** What a command gets: the engines, the user interface in our own words, and the log of equivalents. */
export interface Deps {
  readonly engines: Engines
  readonly ui: Ui
  readonly preferences: Preferences
  readonly credentials: Credentials
  readonly settings: CommandSettings
  readonly remembered: Remembered
  readonly docker: DockerProgram
  /** A registry as this machine reaches it; `docker.io` is Docker Hub. */
  readonly registry: (host: string, auth: RegistryAuth | undefined) => Registry
  /** The files of containers, volumes and images. */
  readonly places: () => Promise<Places>
}

/** Small things that are kept in the workspace: the name an image was built under last, the folder of a build. */
export interface Remembered {
  get(key: string): string | undefined
  set(key: string, value: string): Promise<void>
}

/** The settings that commands heed, as they are now. */
export interface CommandSettings {
  /** Ask before stop, restart and kill. */
  readonly confirmStop: boolean
  /** Undefined: what the container asks for. */
  readonly stopTimeoutSeconds: number | undefined
  /** Lines from the end of a log that are read at first. */
  readonly logTail: number
  /** How many containers may run while CPU and memory are shown in their rows. */
  readonly useInRowsLimit: number
}

/** How each view is filtered, grouped and sorted; kept per workspace by the host, which also redraws the view. */
export interface Preferences {
  view<V extends ViewId>(view: V): ViewOptions<V>
  change<V extends ViewId>(view: V, options: Partial<ViewOptions<V>>): Promise<void>
  /** CPU and memory in the rows of running containers; kept per workspace too. */
  showUseInRows(shown: boolean): Promise<void>
}

/** The docker CLI's own credentials: `auths`, `credsStore` and `credHelpers` of its configuration. */
export interface Credentials {
  /** The registry's address as the CLI writes it (`https://index.docker.io/v1/` for Docker Hub). */
  find(registry: string, signal?: AbortSignal): Promise<RegistryAuth | undefined>
  /** Keeps them where the CLI would: the helper that is set up, else the configuration file. */
  store(auth: RegistryAuth): Promise<void>
  erase(registry: string): Promise<void>
  /** The registries that credentials are kept for. */
  registries(): Promise<readonly string[]>
}

/** The open engines, for commands; the live store is behind it. */
export interface Engines {
  /** The engine of a node; rejects with `unreachable` once it has been closed. */
  engine(id: EngineId): Engine
  /** The engine that palette commands without a node act on, connected; asks or fails with the next step where there is none. */
  current(): Promise<Engine>
  /** All nodes of a kind that a palette command can offer, freshly listed. */
  nodes<K extends NodeKind>(kind: K): Promise<readonly NodeOf<K>[]>
  /** Lists again now. */
  refresh(): void
  /** Asks the engines shown for the sizes of their volumes, which takes them seconds: they show in the views from then on. */
  measure(signal?: AbortSignal): Promise<void>
  /** The engine's name as the user knows it: shown in confirmations. */
  nameOf(id: EngineId): string
  /** Makes the engine of this endpoint the current one, connecting to it where that is needed. */
  use(id: EngineId): Promise<void>
  /** Shows the objects of an engine in the views beside those of the current one, or no longer. */
  showBeside(id: EngineId, shown: boolean): Promise<void>
  /** Tries again now what is waiting for its next attempt. */
  reconnect(id: EngineId): Promise<void>
  /** What was tried to find and reach engines, as lines for a person; without secrets. */
  diagnostics(): Promise<string>
}

export interface CommandPlace {
  /** An icon in the row itself. */
  readonly inline?: boolean
  /** The context menu's group and order: `1_lifecycle@2`. In a view's title bar `navigation@1` is an icon. */
  readonly group: string
  /** Shown below this entry of the context menu instead of in the menu itself. */
  readonly submenu?: SubmenuId
  /** A further condition on context keys, as the editor writes them. */
  readonly when?: string
}

/** The submenus of the context menu; their titles are in `manifest/submenus.ts`. */
export type SubmenuId = 'files' | 'copy' | 'more'

interface CommandBase {
  /** Without the `quayside.` prefix: `containers.stop`. */
  readonly id: string
  /** English title, the key of its translation; an ellipsis when it asks first. */
  readonly title: string
  /** A codicon's name. */
  readonly icon?: string
  /** Runs a program or builds from files of the workspace: refused in an untrusted one. */
  readonly needsTrust?: true
  readonly keys?: readonly Keybinding[]
}

/** A key, in the editor's words; `when` keeps it to one of our views. */
export interface Keybinding {
  readonly key: string
  readonly mac?: string
  readonly when: string
}

/** A command on nodes of the tree; from the palette it asks for them. */
export interface NodeCommand<T extends Target = Target> extends CommandBase {
  readonly type: 'node'
  readonly on: readonly T[]
  readonly place: CommandPlace
  /** False where it makes sense for one node at a time only. */
  readonly many?: boolean
  /** The menu of several selected nodes offers it where it may fit some of them only; it is done to those. */
  readonly someFit?: true
  readonly palette?: boolean
  /** What is said where the palette finds nothing that it could be done to, if there is more to say than that. */
  readonly none?: () => string
  run(deps: Deps, nodes: readonly NodeOf<KindOf<T>>[]): Promise<void>
}

/** A command on no node: in a view's title bar or in the palette alone. */
export interface ViewCommand extends CommandBase {
  readonly type: 'view'
  readonly views?: readonly ViewId[]
  readonly place?: CommandPlace
  readonly palette?: boolean
  run(deps: Deps): Promise<void>
}

/** The files that a command is about, and parts of them: stages of a Dockerfile, services of a compose project. */
export interface FileTarget {
  /** Paths on the disk; of a compose project in the order in which they are merged. Never empty. */
  readonly paths: readonly string[]
  readonly parts: readonly string[]
  /** Of a compose project: these files alone, none that compose would find beside them or be led to. */
  readonly exactly?: true
  /** Of a compose project: the folder in which compose finds these files by itself, as `COMPOSE_FILE` of its `.env` lists them. */
  readonly folder?: string
  /** What a compose project that runs is called, where that is not what its files and folder make of it. */
  readonly project?: string
  /** The engine in whose row it was called for; without it is the current one's. */
  readonly engine?: EngineId
}

export type FileLanguage = 'dockerfile' | 'dockercompose'

/** A command on files: from the editor, the Explorer, a lens above a line, or the palette, which asks for the file. */
export interface FileCommand extends CommandBase {
  readonly type: 'file'
  readonly language: FileLanguage
  readonly place: CommandPlace
  readonly palette?: boolean
  run(deps: Deps, target: FileTarget): Promise<void>
}

/** A command on files and folders of the Explorer, whatever is in them. */
export interface ResourceCommand extends CommandBase {
  readonly type: 'resource'
  /** Of which of them. */
  readonly of: keyof Resources
  readonly place: CommandPlace
  readonly palette: false
  run(deps: Deps, resources: Resources): Promise<void>
}

export type Command = NodeCommand | ViewCommand | FileCommand | ResourceCommand

/** Declares a command on nodes: a misspelt target or a wrong node type does not compile. */
export function nodeCommand<const T extends Target>(command: Omit<NodeCommand<T>, 'type'>): NodeCommand {
  return { type: 'node', ...command } as unknown as NodeCommand
}

export function viewCommand(command: Omit<ViewCommand, 'type'>): ViewCommand {
  return { type: 'view', ...command }
}

export function fileCommand(command: Omit<FileCommand, 'type'>): FileCommand {
  return { type: 'file', ...command }
}

export function resourceCommand(command: Omit<ResourceCommand, 'type' | 'palette'>): ResourceCommand {
  return { type: 'resource', palette: false, ...command }
}

export function isNode<K extends NodeKind>(node: TreeNode, kind: K): node is NodeOf<K> {
  return node.kind === kind
}
