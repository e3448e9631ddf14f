import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { t } from '../shared/l10n.ts'
import { type Surroundings, configFolder, parseObject } from './config-files.ts'
import { parseHost, urlOf } from './docker-host.ts'
import type { Endpoint } from './endpoint.ts'
import { EngineError, isEngineError } from './errors.ts'
import { contextTls } from './tls-material.ts'

/** What keeps a context, a variable or a setting from being used. */
export interface EndpointProblem {
  /** The context's name or folder, the variable, the setting. */
  readonly subject: string
  readonly error: EngineError
}

export interface StoredContexts {
  readonly endpoints: readonly Endpoint[]
  readonly problems: readonly EndpointProblem[]
}

/** The folder in which the docker CLI keeps a context. */
export function contextFolder(name: string): string {
  return createHash('sha256').update(name).digest('hex')
}

/** All contexts of the docker CLI, by name; one that is broken is told as a problem and hides no other. */
export async function readContexts(around: Surroundings): Promise<StoredContexts> {
  const endpoints: Endpoint[] = []
  const problems: EndpointProblem[] = []
  const root = join(configFolder(around), 'contexts', 'meta')
  let folders: readonly string[] = []
  try {
    folders = await around.files.list(root)
  } catch (fault) {
    problems.push({ subject: root, error: problemOf(fault, root) })
  }
  await Promise.all(
    folders.map(async (folder) => {
      const known: { name: string } = { name: folder }
      try {
        const endpoint = await readContext(around, folder, known)
        if (endpoint !== undefined) endpoints.push(endpoint)
      } catch (fault) {
        problems.push({ subject: known.name, error: problemOf(fault, join(root, folder)) })
      }
    }),
  )
  return {
    endpoints: endpoints.sort((a, b) => compare(a.name, b.name)),
    problems: problems.sort((a, b) => compare(a.subject, b.subject)),
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** `known` is told the name as soon as it is known, for the problem that may follow. */
async function readContext(
  around: Surroundings,
  folder: string,
  known: { name: string },
): Promise<Endpoint | undefined> {
  const contexts = join(configFolder(around), 'contexts')
  const path = join(contexts, 'meta', folder, 'meta.json')
  const bytes = await around.files.read(path)
  if (bytes === undefined) return undefined
  const meta = parseObject(bytes, path)
  const name = meta['Name']
  if (typeof name !== 'string' || name === '') throw new EngineError('invalid', t('{0} has no name.', path))
  known.name = name
  if (contextFolder(name) !== folder)
    throw new EngineError('invalid', t('Context {0} is not in the folder of its name.', name), {
      nextStep: t('Create it again with docker context create.'),
    })
  const docker = objectIn(objectIn(meta, 'Endpoints'), 'docker')
  const host = docker['Host']
  if (typeof host !== 'string' || host === '')
    throw new EngineError('invalid', t('Context {0} has no Docker endpoint.', name))
  const address = parseHost(host, around.platform)
  const tls =
    address.kind === 'tcp'
      ? await contextTls(around, join(contexts, 'tls', folder, 'docker'), docker['SkipTLSVerify'] === true)
      : undefined
  const whole = address.kind === 'tcp' && tls !== undefined ? { ...address, tls } : address
  const url = urlOf(address)
  const description = objectIn(meta, 'Metadata')['Description']
  return {
    id: tls === undefined ? url : `${url}#${name}`,
    name,
    description: typeof description === 'string' ? description : '',
    url,
    address: whole,
    origin: { from: 'context', name },
  }
}

function objectIn(record: Readonly<Record<string, unknown>>, key: string): Readonly<Record<string, unknown>> {
  const value = record[key]
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

export function problemOf(fault: unknown, path: string): EngineError {
  if (isEngineError(fault)) return fault
  return new EngineError(
    'denied',
    t('{0} cannot be read: {1}', path, fault instanceof Error ? fault.message : String(fault)),
    { nextStep: t('Check the permissions of the file.'), cause: fault },
  )
}
