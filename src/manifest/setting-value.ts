/** The parts of a setting's JSON schema that a value is judged by. */
export interface ValueSchema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly default: unknown
}

/**
 * What a value of the settings file counts as: the editor underlines what does not fit and passes it on all the same. A number
 * out of range is the nearest one within, what is of another type or not among the words is the default.
 */
export function settingValue(schema: ValueSchema, value: unknown): unknown {
  if (schema.enum !== undefined) return schema.enum.includes(value) ? value : schema.default
  switch (schema.type) {
    case 'integer':
      return typeof value === 'number' && Number.isFinite(value) ? within(schema, value) : schema.default
    case 'array':
      return Array.isArray(value) ? value : schema.default
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : schema.default
    default:
      return typeof value === schema.type ? value : schema.default
  }
}

function within({ minimum = -Infinity, maximum = Infinity }: ValueSchema, value: number): number {
  return Math.min(Math.max(Math.round(value), minimum), maximum)
}

/** The schemas of all settings, as the manifest has them, by id without the leading `quayside.`. */
export function settingSchemas(manifest: unknown): ReadonlyMap<string, ValueSchema> {
  const { contributes } = manifest as {
    readonly contributes: {
      readonly configuration: readonly { readonly properties: Readonly<Record<string, ValueSchema>> }[]
    }
  }
  return new Map(
    contributes.configuration.flatMap(({ properties }) =>
      Object.entries(properties).map(([key, schema]) => [key.slice('quayside.'.length), schema] as const),
    ),
  )
}
