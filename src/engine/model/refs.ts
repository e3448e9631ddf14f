/** Names one engine for as long as the window lives: made from where it is (`unix:///var/run/docker.sock`), never shown as is. */
export type EngineId = string & { readonly engineId?: never }

export type ResourceKind = 'container' | 'image' | 'volume' | 'network'

/** An object of an engine. Every id carries its engine: several engines side by side are normal. */
export interface ObjectRef {
  readonly engine: EngineId
  readonly kind: ResourceKind
  /** The engine's full id; a volume's name. */
  readonly id: string
}

export function refKey(ref: ObjectRef): string {
  return `${ref.engine}|${ref.kind}|${ref.id}`
}
