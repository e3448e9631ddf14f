import { evaluateEnv } from './dotenv/evaluate.ts'
import { parseEnv } from './dotenv/parse.ts'
import type { Lookup } from './dotenv/template.ts'

/** What compose looks for in a folder; the first of these that is there counts. */
export const mainNames = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'] as const

/** What it lays over that; the first of these that is there counts. */
export const overrideNames = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
] as const

/** What the `.env` of a folder says of the project that compose finds there. */
export interface ProjectSettings {
  /** Paths from the folder on, in the order in which they are merged: these alone are the project's files. */
  readonly files?: readonly string[]
  readonly name?: string
  readonly isActive: (profiles: readonly string[]) => boolean
}

/** Reads `COMPOSE_FILE` and its like. `outer` are the variables of the shell, which count before those of the file. */
export function projectSettings(env: string, outer: Lookup, onWindows: boolean): ProjectSettings {
  const { variables } = env.includes('COMPOSE_')
    ? evaluateEnv(parseEnv(env), outer)
    : { variables: undefined }
  const valueOf = (name: string): string => {
    const variable = variables?.get(name)
    return variable === undefined ? '' : (outer(name) ?? variable.value)
  }
  const list = valueOf('COMPOSE_FILE')
  const separator = valueOf('COMPOSE_PATH_SEPARATOR') || (onWindows ? ';' : ':')
  const name = valueOf('COMPOSE_PROJECT_NAME')
  const active = activeProfiles(valueOf('COMPOSE_PROFILES'))
  return {
    ...(list === '' ? {} : { files: list.split(separator) }),
    ...(name === '' ? {} : { name }),
    isActive: (profiles) => isStarted(profiles, active),
  }
}

/** The profiles that `COMPOSE_PROFILES` names. */
export function activeProfiles(value: string): ReadonlySet<string> {
  return new Set(value.split(',').map((profile) => profile.trim()))
}

/** Whether a service of these profiles is started with the others. */
export function isStarted(profiles: readonly string[], active: ReadonlySet<string>): boolean {
  return profiles.length === 0 || active.has('*') || profiles.some((profile) => active.has(profile))
}

/** The name of a project as compose makes it of another, such as that of a folder. */
export function projectName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '')
}

/** A literal `name:` at the top of a compose file; one with variables is told by the containers once they run. */
export const writtenName = (text: string): string | undefined =>
  /^name:[ \t]*["']?([a-z0-9][a-z0-9_-]*)["']?[ \t]*(?:#.*)?$/m.exec(text)?.[1]
