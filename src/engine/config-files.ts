import { readFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { t } from '../shared/l10n.ts'
import { EngineError } from './errors.ts'

/** The world around the extension as a value: nothing in the engine room reads the process's own environment. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** The user's home folder. */
  readonly home: string
  readonly files: ConfigFiles
}

/** Reading of the user's own configuration. */
export interface ConfigFiles {
  /** Undefined where there is no such file; rejects with what the system says, and for what is no small file. */
  read(path: string): Promise<Buffer | undefined>
  /** Names in a folder; none where there is none. */
  list(path: string): Promise<readonly string[]>
  /** Whether something is there that is neither a plain file nor a folder: a socket or a pipe. */
  isSocket(path: string): Promise<boolean>
}

const sizeLimit = 4 * 1024 * 1024

function isAbsent(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && (fault.code === 'ENOENT' || fault.code === 'ENOTDIR')
}

export const realConfigFiles: ConfigFiles = {
  async read(path) {
    try {
      const info = await stat(path)
      if (!info.isFile() || info.size > sizeLimit)
        throw new EngineError('invalid', t('{0} is no configuration file.', path))
      return await readFile(path)
    } catch (fault) {
      if (isAbsent(fault)) return undefined
      throw fault
    }
  },
  async list(path) {
    try {
      return (await readdir(path)).sort()
    } catch (fault) {
      if (isAbsent(fault)) return []
      throw fault
    }
  },
  async isSocket(path) {
    try {
      const info = await stat(path)
      return !info.isFile() && !info.isDirectory()
    } catch {
      return false
    }
  },
}

/** `$DOCKER_CONFIG`, or `.docker` in the home folder. */
export function configFolder({ env, home }: Surroundings): string {
  const named = env['DOCKER_CONFIG']
  return named === undefined || named === '' ? join(home, '.docker') : named
}

/** `config.json` of the docker CLI as an object; empty where there is none, rejects with `invalid` where it is broken. */
export async function readConfig(around: Surroundings): Promise<Readonly<Record<string, unknown>>> {
  const path = join(configFolder(around), 'config.json')
  const bytes = await around.files.read(path)
  if (bytes === undefined || bytes.length === 0) return {}
  return parseObject(bytes, path)
}

export function parseObject(bytes: Buffer, path: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  } catch (fault) {
    throw new EngineError('invalid', t('{0} is not valid JSON.', path), {
      nextStep: t('Correct the file.'),
      cause: fault,
    })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>
  throw new EngineError('invalid', t('{0} is not a JSON object.', path), { nextStep: t('Correct the file.') })
}
