/** A change of the schema that dclint ships, reviewed by hand against the engine. */
export interface StructureChange {
  /** The way from the root of the JSON schema to the object whose property is set. */
  readonly at: readonly string[]
  readonly name: string
  readonly schema: object
}

const service = ['definitions', 'service', 'properties']
const build = [...service, 'build', 'oneOf', '1', 'properties']

/** What Compose 2.40 takes and the shipped schema does not have. */
export const structure: readonly StructureChange[] = [
  {
    at: ['definitions', 'development', 'properties', 'watch', 'items', 'properties'],
    name: 'initial_sync',
    schema: { type: 'boolean' },
  },
  { at: build, name: 'provenance', schema: { type: ['string', 'boolean'] } },
  { at: build, name: 'sbom', schema: { type: ['string', 'boolean'] } },
  {
    at: [...service, 'models', 'oneOf', '1', 'patternProperties'],
    name: '^[a-zA-Z0-9._-]+$',
    schema: {
      oneOf: [
        {
          type: 'object',
          properties: { endpoint_var: { type: 'string' }, model_var: { type: 'string' } },
          additionalProperties: false,
          patternProperties: { '^x-': {} },
        },
        { type: 'null' },
      ],
    },
  },
]
