import type { EnvVariable } from '../../../shared/dotenv/evaluate.ts'
import type { EnvFault } from '../../../shared/dotenv/parse.ts'
import type { VariablePlace } from './interpolate.ts'
import type { Problem } from './problem.ts'
import type { Item, MapValue, Origin, Source } from './value.ts'

/** One service of the merged project. */
export interface Service {
  readonly name: string
  readonly item: Item
  readonly value: MapValue
  /** False where all its profiles are off: the engine passes it over. */
  readonly enabled: boolean
  readonly profiles: readonly string[]
}

/** A variable that is known to a project: from the surroundings, or from a file. */
export interface Variable {
  readonly value: string
  /** The file and line that set it. */
  readonly from?: { readonly uri: string; readonly variable: EnvVariable }
}

/** The variables of a file, and what the engine cannot read in it. */
export interface EvaluatedFile {
  readonly variables: ReadonlyMap<string, EnvVariable>
  readonly faults: readonly EnvFault[]
}

/** A file as it was read with some variables around it, and the names that were in vain asked of a service. */
export interface KnownEnvFile {
  readonly environment: ReadonlyMap<string, Variable>
  readonly read: EvaluatedFile
  readonly asked: ReadonlySet<string>
}

/** A file that a project names, and where it does. */
export interface FileReference {
  readonly kind: 'extends' | 'include' | 'env_file' | 'label_file'
  readonly uri: string
  readonly origin: Origin
}

/** What several compose files and the files around them come to. */
export interface Project {
  /** Every compose file that was read, the first one first. */
  readonly sources: readonly Source[]
  /** Merged, in long form, with variables replaced. */
  readonly model: MapValue | undefined
  readonly services: ReadonlyMap<string, Service>
  readonly problems: readonly Problem[]
  /** Every variable in the compose files. */
  readonly variables: readonly VariablePlace[]
  /** What the variables stand for. */
  readonly environment: ReadonlyMap<string, Variable>
  readonly references: readonly FileReference[]
  /** False where a part could not be read: then nothing is said to be missing. */
  readonly complete: boolean
}
