import { readFile } from 'node:fs/promises'
import { basename, dirname, relative } from 'node:path'
import { contextTar, dockerfileName } from '../engine/build/context-tar.ts'
import type { Engine } from '../engine/engine.ts'
import { EngineError, isEngineError } from '../engine/errors.ts'
import { TerminalFilter } from '../engine/terminal/filter.ts'
import { deferred } from '../shared/deferred.ts'
import { t } from '../shared/l10n.ts'
import { commandLine } from '../shared/shell-words.ts'
import { plain } from '../shared/sinks.ts'
import { BuildProblems } from './build/build-problem.ts'
import { fileCommand, type Command, type Deps, type FileTarget } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { referenceProblem } from './image-reference.ts'
import { pluginVersion, programFor } from './program/docker-program.ts'
import { processSession } from './program/process-session.ts'
import { faultMessage } from './terminal/exec-session.ts'
import type { TerminalSession } from './ui.ts'

interface Build {
  readonly dockerfile: string
  readonly folder: string
  readonly tag: string
  readonly target?: string
  readonly buildArgs: readonly string[]
}

/** What is offered as the image's name at first: the folder's. */
const suggestedTag = (folder: string): string =>
  `${
    basename(folder)
      .toLowerCase()
      .replace(/[^a-z0-9._-]+/g, '-')
      .replace(/^[._-]+|[._-]+$/g, '') || 'image'
  }:latest`

async function askTag(
  { ui, remembered }: Deps,
  dockerfile: string,
  folder: string,
  target: string | undefined,
): Promise<string | undefined> {
  const key = `build.tag.${dockerfile}.${target ?? ''}`
  const tag = await ui.input({
    title: t('Build {0}', plain(basename(dockerfile))),
    prompt: t('Name of the image that is built'),
    value: remembered.get(key) ?? suggestedTag(folder),
    validate: (value) => referenceProblem(value),
  })
  if (tag !== undefined) await remembered.set(key, tag.trim())
  return tag?.trim()
}

function flags({ dockerfile, folder, tag, target, buildArgs }: Build): string[] {
  return [
    '-t',
    tag,
    ...(target === undefined ? [] : ['--target', target]),
    ...buildArgs.flatMap((arg) => ['--build-arg', arg]),
    '-f',
    relative(folder, dockerfile) || dockerfile,
    '.',
  ]
}

/** Builds in a terminal: with BuildKit through the docker program where it is there, else with the engine's classic builder. */
export async function build(deps: Deps, engine: Engine, options: Build): Promise<boolean> {
  const { ui, docker } = deps
  const text = await readFile(options.dockerfile, 'utf8')
  const problems = new BuildProblems(text)
  ui.problems(options.dockerfile, [])
  const words = ['build', ...flags(options)]
  ui.equivalent(dockerLine(engine, words))
  const buildx = await pluginVersion(docker, 'buildx')
  const name = t('Build {0}', plain(options.tag, 60))
  const failed = (error?: string): void => {
    const problem = problems.result(error)
    if (problem !== undefined)
      ui.problems(options.dockerfile, [{ ...problem, message: plain(problem.message, 1000) }])
  }
  if (buildx === undefined) return classicBuild(deps, engine, options, name, problems, failed)
  const { args, env } = programFor(engine, docker)
  return new Promise((resolve) => {
    ui.terminal(
      processSession({
        name,
        icon: 'tools',
        program: docker.path,
        args: [...args, 'build', '--progress=plain', ...flags(options)],
        shown: commandLine(['docker', ...words]),
        cwd: options.folder,
        env: { ...env, DOCKER_BUILDKIT: '1' },
        onLine: (line) => problems.push(line),
        onEnd: (exitCode) => {
          if (exitCode !== 0) failed()
          resolve(exitCode === 0)
        },
      }),
    )
  })
}

function classicBuild(
  { ui, credentials }: Deps,
  engine: Engine,
  options: Build,
  name: string,
  problems: BuildProblems,
  failed: (error: string) => void,
): Promise<boolean> {
  const controller = new AbortController()
  const { promise, resolve } = deferred<boolean>()
  const session: TerminalSession = {
    name,
    icon: 'tools',
    open(io) {
      const filter = new TerminalFilter()
      io.write(
        `\x1b[2m${t('The docker program with buildx was not found: this is the classic builder of the engine, which knows no RUN --mount, heredocs or secrets.')}\x1b[0m\r\n`,
      )
      const context = { folder: options.folder, dockerfile: options.dockerfile }
      const query = {
        t: options.tag,
        dockerfile: dockerfileName(context),
        rm: '1',
        forcerm: '1',
        ...(options.target === undefined ? {} : { target: options.target }),
        ...(options.buildArgs.length === 0
          ? {}
          : {
              buildargs: JSON.stringify(
                Object.fromEntries(options.buildArgs.map((arg) => arg.split(/=(.*)/s).slice(0, 2))),
              ),
            }),
      }
      const run = async (): Promise<void> => {
        const registries = await credentials.registries()
        const auths = Object.fromEntries(
          (
            await Promise.all(
              registries.map(
                async (registry) => [registry, await credentials.find(registry, controller.signal)] as const,
              ),
            )
          ).flatMap(([registry, auth]) => (auth === undefined ? [] : [[registry, auth]])),
        )
        for await (const record of engine.streams.build(
          contextTar(context, controller.signal),
          query,
          { auths },
          controller.signal,
        )) {
          const text = record.stream ?? (record.status === undefined ? '' : `${record.status}\n`)
          io.write(filter.push(text).replace(/\r?\n/g, '\r\n'))
          for (const line of text.split('\n')) problems.push(line)
        }
        io.end({ exitCode: 0, message: t('Done. Any key closes this terminal.') })
        resolve(true)
      }
      run().catch((fault: unknown) => {
        io.end({ exitCode: 1, message: faultMessage(fault) })
        if (!isEngineError(fault, 'cancelled')) failed(fault instanceof Error ? fault.message : String(fault))
        resolve(false)
      })
    },
    input: (text) => {
      if (text.includes('\x03')) controller.abort()
    },
    resize: () => undefined,
    close: () => controller.abort(),
  }
  ui.terminal(session)
  return promise
}

async function buildFile(
  deps: Deps,
  { paths: [dockerfile], parts: [target] }: FileTarget,
): Promise<string | undefined> {
  if (dockerfile === undefined) throw new EngineError('invalid', t('There is no Dockerfile to build.'))
  const engine = await deps.engines.current()
  const folder = deps.remembered.get(`build.context.${dockerfile}`) ?? dirname(dockerfile)
  const tag = await askTag(deps, dockerfile, folder, target)
  if (tag === undefined) return undefined
  const done = await build(deps, engine, {
    dockerfile,
    folder,
    tag,
    buildArgs: [],
    ...(target === undefined ? {} : { target }),
  })
  return done ? tag : undefined
}

const buildDockerfile = fileCommand({
  id: 'build.dockerfile',
  title: 'Build Image…',
  icon: 'tools',
  language: 'dockerfile',
  place: { group: 'quayside@1' },
  needsTrust: true,
  async run(deps, target) {
    await buildFile(deps, target)
  },
})

const buildAndRun = fileCommand({
  id: 'build.run',
  title: 'Build Image and Run…',
  icon: 'run',
  language: 'dockerfile',
  place: { group: 'quayside@2' },
  needsTrust: true,
  async run(deps, target) {
    const tag = await buildFile(deps, target)
    if (tag === undefined) return
    const engine = await deps.engines.current()
    await deps.ui.openRunForm({
      engine: engine.id,
      spec: { flags: { detach: 'true' }, image: tag, command: [] },
    })
  },
})

const chooseContext = fileCommand({
  id: 'build.chooseContext',
  title: 'Choose Build Context…',
  icon: 'folder',
  language: 'dockerfile',
  place: { group: 'quayside@3' },
  async run({ ui, remembered }, { paths: [dockerfile] }) {
    if (dockerfile === undefined) return
    const [folder] =
      (await ui.openFiles({
        title: t('Folder whose files COPY sees'),
        files: false,
        folders: true,
        many: false,
      })) ?? []
    if (folder === undefined) return
    await remembered.set(`build.context.${dockerfile}`, folder)
    void ui.info(
      t('{0} is built with the files of {1} from now on.', plain(basename(dockerfile)), plain(folder)),
    )
  },
})

export const buildCommands: readonly Command[] = [buildDockerfile, buildAndRun, chooseContext]
