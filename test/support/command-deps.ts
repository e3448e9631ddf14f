import type { Command, CommandSettings, Deps, NodeCommand } from '../../src/commands/command.ts'
import { commands } from '../../src/commands/index.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { createPlaces } from '../../src/engine/files/places.ts'
import { EngineError } from '../../src/engine/errors.ts'
import type { RegistryAuth } from '../../src/engine/registry-auth.ts'
import type { TreeNode, ViewId } from '../../src/tree/node.ts'
import type { ViewOptions } from '../../src/tree/view-options.ts'
import { fakeEngine, type FakeEngine } from './fake-engine.ts'
import { scriptedUi, type Answer, type ScriptedUi } from './scripted-ui.ts'

export interface Scene<E extends Engine = FakeEngine> extends ScriptedUi {
  readonly engine: E
  readonly deps: Deps
  /** The engines that are open, by id; a test may replace or remove one. */
  readonly open: Map<string, Engine>
  readonly auths: Map<string, RegistryAuth>
  readonly views: Map<ViewId, Partial<ViewOptions>>
  /** Runs a command of the catalogue on nodes, or without any. */
  run(id: string, ...nodes: readonly TreeNode[]): Promise<void>
}

/** A user, an engine in memory, and the commands between them. */
export async function scene(
  answers: readonly Answer[] = [],
  settings: Partial<CommandSettings> = {},
): Promise<Scene> {
  const engine = fakeEngine()
  await engine.connect()
  engine.calls.length = 0
  return sceneOn(engine, answers, settings)
}

/** The same with any engine that is connected. */
export function sceneOn<E extends Engine>(
  engine: E,
  answers: readonly Answer[] = [],
  settings: Partial<CommandSettings> = {},
): Scene<E> {
  const open = new Map<string, Engine>([[engine.id, engine]])
  const auths = new Map<string, RegistryAuth>()
  const views = new Map<ViewId, Partial<ViewOptions>>()
  const script = scriptedUi(...answers)
  const find = (id: string): Engine => {
    const found = open.get(id)
    if (found === undefined) throw new EngineError('unreachable', `The engine ${id} has been closed.`)
    return found
  }
  const places = createPlaces(find, {
    linger: 0,
    fault: (fault) => script.transcript.push(`fault: ${String(fault)}`),
  })
  const deps: Deps = {
    ui: script.ui,
    places: () => Promise.resolve(places),
    remembered: { get: () => undefined, set: () => Promise.resolve() },
    docker: { path: 'docker', env: {} },
    settings: {
      confirmStop: false,
      stopTimeoutSeconds: undefined,
      logTail: 1000,
      useInRowsLimit: 50,
      ...settings,
    },
    engines: {
      engine: find,
      current: () => Promise.resolve(find(engine.id)),
      nodes: () => Promise.resolve([]),
      refresh: () => script.transcript.push('refresh'),
      measure: () => Promise.resolve(void script.transcript.push('measure')),
      nameOf: () => 'laptop',
      use: (id) => Promise.resolve(void script.transcript.push(`use: ${id}`)),
      showBeside: (id, shown) =>
        Promise.resolve(void script.transcript.push(`${shown ? 'beside' : 'hide'}: ${id}`)),
      reconnect: (id) => Promise.resolve(void script.transcript.push(`reconnect: ${id}`)),
      diagnostics: () => Promise.resolve('tried: nothing\n'),
    },
    preferences: {
      view: (view) =>
        ({
          scope: 'all',
          groupBy: 'none',
          label: '',
          sortBy: 'name',
          filter: '',
          ...views.get(view),
        }) as never,
      showUseInRows: (shown) => Promise.resolve(void script.transcript.push(`use in rows: ${shown}`)),
      change: (view, options) => Promise.resolve(void views.set(view, { ...views.get(view), ...options })),
    },
    registry: (host) => {
      const unreachable = () =>
        Promise.reject(new EngineError('unreachable', `The registry ${host} does not answer.`))
      return { repositories: unreachable, tags: unreachable, image: unreachable }
    },
    credentials: {
      find: (registry) => Promise.resolve(auths.get(registry)),
      store: (auth) => Promise.resolve(void auths.set(auth.serverAddress, auth)),
      erase: (registry) => Promise.resolve(void auths.delete(registry)),
      registries: () => Promise.resolve([...auths.keys()]),
    },
  }
  return Object.assign(script, {
    engine,
    deps,
    open,
    auths,
    views,
    async run(id: string, ...nodes: readonly TreeNode[]) {
      const command = commands.find((entry) => entry.id === id)
      if (command === undefined) throw new Error(`there is no command ${id}`)
      await runOn(command, deps, nodes)
    },
  })
}

function runOn(command: Command, deps: Deps, nodes: readonly TreeNode[]): Promise<void> {
  if (command.type === 'file' || command.type === 'resource') throw new Error(`${command.id} is for files`)
  return command.type === 'view' ? command.run(deps) : (command as NodeCommand).run(deps, nodes as never)
}
