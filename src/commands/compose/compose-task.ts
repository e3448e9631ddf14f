import { EngineError } from '../../engine/errors.ts'
import { t } from '../../shared/l10n.ts'

/** The type of tasks that run compose: what `tasks.json` names. */
export const composeTaskType = 'quayside-compose'

/** What a task may do; each is a command of `docker compose`. */
export const composeTaskCommands = [
  'up',
  'down',
  'start',
  'stop',
  'restart',
  'build',
  'pull',
  'push',
  'watch',
  'config',
  'logs',
  'ps',
] as const

/** A task as `tasks.json` has it. */
export interface ComposeTask {
  readonly command: (typeof composeTaskCommands)[number]
  /** Compose files, in the order in which they are merged; relative to the folder. Without any compose looks for them itself. */
  readonly files: readonly string[]
  readonly profiles: readonly string[]
  readonly options: readonly string[]
  readonly services: readonly string[]
}

/** Reads what a user wrote; rejects with what is wrong with it. */
export function readComposeTask(definition: Readonly<Record<string, unknown>>): ComposeTask {
  const command = composeTaskCommands.find((name) => name === definition['command'])
  if (command === undefined)
    throw new EngineError(
      'invalid',
      t('The task of type {0} has no command that compose tasks know.', composeTaskType),
      {
        nextStep: t('Write one of these as "command": {0}.', composeTaskCommands.join(', ')),
      },
    )
  const list = (key: string): readonly string[] => {
    const value = definition[key] ?? []
    if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value
    throw new EngineError(
      'invalid',
      t('In the task of type {0}, "{1}" must be a list of texts.', composeTaskType, key),
    )
  }
  const services = list('services')
  const odd = [...services, ...list('profiles')].find((name) => name.startsWith('-') || name === '')
  if (odd !== undefined)
    throw new EngineError('invalid', t('In the task of type {0}, “{1}” is no name.', composeTaskType, odd), {
      nextStep: t('Options of the command go into "options".'),
    })
  return { command, files: list('files'), profiles: list('profiles'), options: list('options'), services }
}

/** The arguments of the docker program: one each, no shell reads them. */
export function composeTaskWords({
  command,
  files,
  profiles,
  options,
  services,
}: ComposeTask): readonly string[] {
  return [
    'compose',
    ...files.flatMap((file) => ['-f', file]),
    ...profiles.flatMap((profile) => ['--profile', profile]),
    command,
    // A task ends when its command does: services go on in the background unless the options say something else.
    ...(command === 'up' && options.length === 0 ? ['--detach'] : options),
    ...services,
  ]
}
