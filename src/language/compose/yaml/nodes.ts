import type { Fix } from '../../rules/rule.ts'

/** How a scalar is written. */
export type ScalarStyle = 'plain' | 'single' | 'double' | 'literal' | 'folded'

/** An anchor (`&name`) or a tag (`!name`) before a node; the offsets include the sign. */
export interface Property {
  readonly name: string
  readonly start: number
  readonly end: number
}

interface NodeBase {
  /** Offsets of the content, without anchor and tag. An empty node has `start === end`. */
  readonly start: number
  readonly end: number
  readonly anchor?: Property
  readonly tag?: Property
}

export interface ScalarNode extends NodeBase {
  readonly kind: 'scalar'
  /** The text the scalar stands for: unquoted, unescaped, folded. */
  readonly text: string
  readonly style: ScalarStyle
}

export interface MapNode extends NodeBase {
  readonly kind: 'map'
  readonly flow: boolean
  readonly entries: readonly MapEntry[]
}

export interface MapEntry {
  readonly key: YamlNode
  /** An empty scalar where nothing is written. */
  readonly value: YamlNode
}

export interface ListNode extends NodeBase {
  readonly kind: 'list'
  readonly flow: boolean
  readonly items: readonly YamlNode[]
}

export interface AliasNode extends NodeBase {
  readonly kind: 'alias'
  readonly name: string
}

export type YamlNode = ScalarNode | MapNode | ListNode | AliasNode

/** A place in the text at which the reader stopped or stumbled. */
export interface YamlProblem {
  readonly code: 'yaml-syntax' | 'too-deep' | 'too-long'
  readonly message: string
  readonly start: number
  readonly end: number
  readonly fix?: Fix
}

/** A comment with its `#`, without the line break. */
export interface Comment {
  readonly start: number
  readonly end: number
}

/** What a text reads as. */
export interface YamlFile {
  readonly text: string
  /** One root a document; an empty scalar for an empty one. A text without any document has none. */
  readonly documents: readonly YamlNode[]
  readonly comments: readonly Comment[]
  readonly problems: readonly YamlProblem[]
}

/** The text of a scalar key; undefined where the key is a collection or an alias. */
export function keyText(entry: MapEntry): string | undefined {
  return entry.key.kind === 'scalar' ? entry.key.text : undefined
}

/** The entry of that key, the first one if the key stands twice. */
export function entryOf(node: YamlNode | undefined, key: string): MapEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => keyText(entry) === key) : undefined
}

/** True for a node at which nothing is written. */
export function isEmptyNode(node: YamlNode): boolean {
  return node.kind === 'scalar' && node.style === 'plain' && node.text === ''
}
