export type JsonType = 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean' | 'null'

/** The part of JSON Schema that the Compose Specification uses, in a shape that is quick to walk. */
export interface Schema {
  /** The name of a definition that stands here instead. */
  readonly ref?: string
  readonly type?: readonly JsonType[]
  readonly properties?: Readonly<Record<string, Schema>>
  /** Keys by pattern: names of services, extensions, labels. */
  readonly patterns?: readonly (readonly [string, Schema])[]
  /** True where no other keys are allowed. */
  readonly closed?: true
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly unique?: true
  readonly oneOf?: readonly Schema[]
  readonly enum?: readonly string[]
  readonly pattern?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly deprecated?: true
  /** What the key is for, in Markdown. */
  readonly doc?: string
  /** How it is written: YAML. */
  readonly example?: string
  /** The first version of Compose that knows it. */
  readonly since?: string
}

export interface SchemaFile {
  readonly root: Schema
  readonly definitions: Readonly<Record<string, Schema>>
}
