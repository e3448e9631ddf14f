import { basename, dirname } from 'node:path'
import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/errors.ts'
import { deferred } from '../../shared/deferred.ts'
import { t } from '../../shared/l10n.ts'
import { commandLine } from '../../shared/shell-words.ts'
import { plain } from '../../shared/sinks.ts'
import type { Deps, FileTarget } from '../command.ts'
import { pluginVersion, programFor } from '../program/docker-program.ts'
import { processSession } from '../program/process-session.ts'

/** The files of a compose project, in the order in which they are merged; and services of it, all without. */
export type ComposeTarget = FileTarget

/** Arguments after `docker compose`: the files, then what is to be done. The usual name is found by compose itself. */
export function composeWords(
  { paths, exactly, folder, project }: ComposeTarget,
  words: readonly string[],
): string[] {
  const [only, ...others] = paths
  const usual = others.length === 0 && /^(docker-)?compose\.ya?ml$/.test(basename(only ?? ''))
  const isFound = exactly !== true && (folder !== undefined || usual)
  return [
    'compose',
    ...(isFound ? [] : paths.flatMap((path) => ['-f', path])),
    // A label can claim any name: what compose would not take for one is left to it.
    ...(project !== undefined && /^[a-z0-9][a-z0-9_-]*$/.test(project) ? ['-p', project] : []),
    ...words,
  ]
}

/** Where compose is run for these files. */
export const folderOf = ({ paths, folder }: ComposeTarget): string => folder ?? dirname(paths[0]!)

/** Services as the last arguments: one that is called like an option, as a label can claim, is still a service. */
export const serviceWords = (services: readonly string[]): readonly string[] =>
  services.some((name) => name.startsWith('-')) ? ['--', ...services] : services

/** Compose v2, or a clear error: nothing of compose is in the engine's API. */
export async function requireCompose({ docker }: Deps): Promise<void> {
  const version = await pluginVersion(docker, 'compose')
  if (version !== undefined && !version.startsWith('1.')) return
  throw new EngineError(
    'unsupported',
    version === undefined
      ? t('Docker Compose was not found: “{0} compose version” does not answer.', docker.path)
      : t('This is Docker Compose {0}; version 2 is needed.', version),
    {
      nextStep: t(
        'Install the compose plugin of the docker program (docker-compose-plugin), or set its path in the setting quayside.docker.path.',
      ),
    },
  )
}

/** Runs `docker compose …` for the files in a terminal that stays; resolves with whether it worked. */
export async function runCompose(
  deps: Deps,
  engine: Engine,
  target: ComposeTarget,
  name: string,
  words: readonly string[],
): Promise<boolean> {
  await requireCompose(deps)
  const { ui, docker } = deps
  const folder = folderOf(target)
  const { args, env } = programFor(engine, docker)
  const all = composeWords(target, words)
  ui.equivalent(commandLine(['docker', ...all]))
  const { promise, resolve } = deferred<boolean>()
  ui.terminal(
    processSession({
      name: `${name} ${plain(basename(folder), 40)}`,
      icon: 'layers',
      program: docker.path,
      args: [...args, ...withOutput(all)],
      shown: commandLine(['docker', ...all]),
      cwd: folder,
      env,
      onEnd: (exitCode) => resolve(exitCode === 0),
    }),
  )
  return promise
}

/** Takes services in that wait for a profile: without it compose leaves their containers where they are. */
export const allProfiles: readonly string[] = ['--profile', '*']

/** What may build: with colours forced, the builder asks for a terminal, which a pipe is not, and fails. */
const building: ReadonlySet<string> = new Set(['up', 'build', 'watch'])

/** Colours although it writes to a pipe; they are flags of compose itself, before its command. */
const withOutput = ([compose = '', ...rest]: readonly string[]): string[] =>
  rest.some((word) => building.has(word)) ? [compose, ...rest] : [compose, '--ansi', 'always', ...rest]
