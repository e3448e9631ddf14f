import type { FileEntry } from '../engine/files/files.ts'
import type { Place } from '../engine/files/place.ts'
import type { EngineError } from '../engine/errors.ts'
import type { Endpoint } from '../engine/endpoint.ts'
import type { Container, Port } from '../engine/model/container.ts'
import type { Image } from '../engine/model/image.ts'
import type { Network } from '../engine/model/network.ts'
import type { EngineId } from '../engine/model/refs.ts'
import type { EngineInfo } from '../engine/model/system.ts'
import type { Volume } from '../engine/model/volume.ts'

export type ViewId = 'containers' | 'images' | 'volumes' | 'networks' | 'engines'

export type EngineStatus = 'idle' | 'connecting' | 'connected' | 'failed'

export interface ContainerNode {
  readonly kind: 'container'
  readonly container: Container
  /** The id of the row it is below, where a container can be in several places: a network's group, an image, a volume. */
  readonly within?: string
}

/** A port of a container that the host's clients reach; the same one over IPv4 and IPv6 is one row. */
export interface PortNode {
  readonly kind: 'port'
  readonly container: Container
  readonly port: Port
}

/** A compose project: containers that claim it by label. */
export interface ProjectNode {
  readonly kind: 'project'
  readonly engine: EngineId
  readonly name: string
  readonly containers: readonly Container[]
}

/** A group that is not a compose project with its containers; `by` and `value` name it. */
export interface GroupNode {
  readonly kind: 'group'
  readonly engine: EngineId
  readonly by: 'project' | 'image' | 'network' | 'state' | 'label' | 'driver' | 'engine'
  /** What all have in common; the engine's name in a group by engine. */
  readonly value: string
  readonly children: readonly TreeNode[]
}

export interface RepositoryNode {
  readonly kind: 'repository'
  readonly engine: EngineId
  /** Empty for dangling images. */
  readonly name: string
  readonly images: readonly ImageNode[]
}

/** An image under one of its names (`nginx:1.27`); `tag` is undefined when it is dangling or shown by digest only. */
export interface ImageNode {
  readonly kind: 'image'
  readonly image: Image
  readonly tag?: string
  /** The repository whose row it is below: its own row then says what is left of the name. */
  readonly within?: string
  readonly usedBy: readonly Container[]
}

export interface VolumeNode {
  readonly kind: 'volume'
  readonly volume: Volume
  readonly usedBy: readonly Container[]
}

export interface NetworkNode {
  readonly kind: 'network'
  readonly network: Network
  readonly members: readonly Container[]
}

/** A container as a member of a network, with its address there. */
export interface MemberNode {
  readonly kind: 'member'
  readonly network: Network
  readonly container: Container
}

export interface EngineNode {
  readonly kind: 'engine'
  readonly endpoint: Endpoint
  readonly status: EngineStatus
  readonly active: boolean
  /** Its objects are in the views: it is the current one, or shown beside it. */
  readonly shown: boolean
  readonly info?: EngineInfo
  readonly error?: EngineError
}

/** A compose project, as files of the open folders and labels of containers tell it. */
export interface StackNode {
  readonly kind: 'stack'
  readonly engine: EngineId
  readonly name: string
  /** Paths of its files in the order in which they are merged; of those in no open folder nothing is run that the user has not seen. */
  readonly files: readonly string[]
  /** Where compose finds the files by itself, as `COMPOSE_FILE` lists them there. */
  readonly folder?: string
  /** Its files are in an open folder. */
  readonly inWorkspace: boolean
  /** What its containers say that it is called, where that is not what its files and folder make of it. */
  readonly project?: string
  /** Its engine cannot be reached: how it fares is not known. */
  readonly away?: true
  readonly services: readonly ServiceNode[]
}

/** A service of a compose project, with the containers that it has now. */
export interface ServiceNode {
  readonly kind: 'service'
  readonly engine: EngineId
  readonly stack: string
  readonly name: string
  readonly files: readonly string[]
  readonly inWorkspace: boolean
  /** As of its project. */
  readonly folder?: string
  /** As of its project. */
  readonly project?: string
  /** As of its project. */
  readonly away?: true
  /** Where it is written; lines count from 1. */
  readonly place?: { readonly file: string; readonly line: number }
  readonly containers: readonly Container[]
  /** It is started with one of these only. */
  readonly profiles?: readonly string[]
  /** How many containers the file wants. */
  readonly replicas?: number
  /** How its containers differ from the file: made of something else, or of a service that is not there any more. */
  readonly drift?: 'changed' | 'gone'
}

/** One line of detail: a version, a warning, a fact; no command is ever offered on it, though a click may run one. */
export interface DetailNode {
  readonly kind: 'detail'
  /** Unique below its parent. */
  readonly id: string
  readonly parent: string
  readonly label: string
  readonly description: string
  readonly icon: string
  readonly click?: 'engines.reconnect' | 'engines.use' | 'engines.openSettings' | 'engines.diagnostics'
}

/** The root folder of a container, a volume or an image. What is below is asked of the engine when the row is opened. */
export interface FilesNode {
  readonly kind: 'files'
  readonly place: Place
  /** The id of the row it is below. */
  readonly within: string
}

/** A file or folder of a place. */
export interface FileNode {
  readonly kind: 'file'
  readonly place: Place
  readonly path: string
  readonly entry: FileEntry
  /** The id of the row of the root folder. */
  readonly within: string
}

/** What differs between a container and its image: `docker diff`, asked when the row is opened. */
export interface ChangesNode {
  readonly kind: 'changes'
  readonly place: Place
  readonly within: string
}

export interface ChangeNode {
  readonly kind: 'change'
  readonly place: Place
  readonly path: string
  readonly change: 'added' | 'modified' | 'deleted'
  /** What differs below it. */
  readonly below: readonly ChangeNode[]
  readonly within: string
}

/** Rows of a folder that has too many to show them all. */
export interface MoreNode {
  readonly kind: 'more'
  /** The id of the folder's row. */
  readonly within: string
  readonly hidden: number
}

export type TreeNode =
  | ContainerNode
  | PortNode
  | ProjectNode
  | GroupNode
  | RepositoryNode
  | ImageNode
  | VolumeNode
  | NetworkNode
  | MemberNode
  | EngineNode
  | StackNode
  | ServiceNode
  | DetailNode
  | FilesNode
  | FileNode
  | ChangesNode
  | ChangeNode
  | MoreNode

export type NodeKind = TreeNode['kind']

export type NodeOf<K extends NodeKind> = Extract<TreeNode, { readonly kind: K }>

/** What a node's row shows: plain data, so that the whole tree prints as text. */
export interface Row {
  /** Stable for as long as the object lives, so that selection and expansion survive any change. */
  readonly id: string
  readonly label: string
  readonly description: string
  /** A codicon's name with an optional theme colour: `vm-running`, `charts.green`. State is never told by colour alone. */
  readonly icon: { readonly name: string; readonly color?: string }
  /** What a screen reader says: the state in words comes with it. */
  readonly accessibilityLabel: string
  readonly expandable: 'no' | 'collapsed' | 'expanded'
  /** `container running healthy compose`: the kind, then flags; the manifest's `when` clauses are computed from them. */
  readonly flags: readonly string[]
  /** The file that the row is: what the editor's icons, decorations and drag and drop go by. */
  readonly file?: FileOfRow
  /** What a click does: opens the file in an editor, or runs the command of this id, on the row where it is for rows. */
  readonly click?: 'open' | 'files.open' | 'files.openChange' | 'files.showMore' | DetailNode['click']
}

export interface FileOfRow {
  readonly place: Place
  readonly path: string
  readonly isFolder: boolean
  readonly change?: ChangeNode['change']
}
