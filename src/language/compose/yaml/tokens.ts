import type { Comment, ScalarStyle, YamlProblem } from './nodes.ts'

export type TokenType =
  | 'key'
  | 'value'
  | 'block-map'
  | 'block-list'
  | 'block-end'
  | 'block-entry'
  | 'flow-list'
  | 'flow-list-end'
  | 'flow-map'
  | 'flow-map-end'
  | 'flow-entry'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'scalar'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'stream-end'

export interface Token {
  readonly type: TokenType
  readonly start: number
  readonly end: number
  /** The text of a scalar, the name of an anchor, alias or tag, the words of a directive. */
  readonly value: string
  readonly style: ScalarStyle
}

export interface ScanResult {
  readonly tokens: readonly Token[]
  readonly comments: readonly Comment[]
  /** Where scanning stopped; the tokens before it are sound. */
  readonly problem?: YamlProblem
}
