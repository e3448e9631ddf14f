import type { Engine, Raw } from '../engine/engine.ts'
import type { NodeOf } from '../tree/node.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { imageOf, whatRuns } from './container-command.ts'
import { shortId } from './naming.ts'
import { openDocuments } from './open-documents.ts'
import { maskInspection } from './secrets.ts'

type Inspectable = 'container' | 'image' | 'volume' | 'network'

interface Inspected {
  readonly name: string
  readonly id: string
  readonly engine: Engine
  /** The engine's answer. */
  read(signal?: AbortSignal): Promise<Raw>
  /** What is to be said above the answer, a line each. */
  about?(raw: Raw, signal?: AbortSignal): Promise<readonly string[]>
}

/** What each kind of node is called and how it is asked for. */
function inspected(deps: Deps, node: NodeOf<Inspectable>): Inspected {
  switch (node.kind) {
    case 'container': {
      const { id, name, engine: of } = node.container
      const engine = deps.engines.engine(of)
      return {
        name,
        id,
        engine,
        read: (signal) => engine.containers.inspect(id, signal),
        about: async (raw, signal) => {
          const { line, parts } = whatRuns(raw, await imageOf(engine, raw, signal))
          const told = parts.filter(({ value }) => value !== '')
          const where = told.map(({ name, value, origin }) => `${name} ${value} (${origin})`)
          return line === '' ? [] : [t('It runs: {0}', line), ...where]
        },
      }
    }
    case 'image': {
      const { id, engine: of } = node.image
      const engine = deps.engines.engine(of)
      return {
        name: node.tag ?? shortId(id),
        id,
        engine,
        read: (signal) => engine.images.inspect(id, signal),
      }
    }
    case 'volume': {
      const { id, name, engine: of } = node.volume
      const engine = deps.engines.engine(of)
      return { name, id, engine, read: (signal) => engine.volumes.inspect(id, signal) }
    }
    case 'network': {
      const { id, name, engine: of } = node.network
      const engine = deps.engines.engine(of)
      return { name, id, engine, read: (signal) => engine.networks.inspect(id, signal) }
    }
  }
}

const open = (deps: Deps, nodes: readonly NodeOf<Inspectable>[], secrets: boolean): Promise<void> =>
  openDocuments(
    deps.ui,
    nodes.map((node) => ({ node, ...inspected(deps, node) })),
    ({ name }) => name,
    async ({ node, name, id, engine, read, about }, signal) => {
      const raw = await read(signal)
      const comments = (await about?.(raw, signal))?.map((line) => `// ${plain(line, 2_000)}\n`) ?? []
      const shown = secrets ? raw : maskInspection(raw)
      return {
        key: `inspect|${engine.id}|${node.kind}|${id}|${secrets ? 'all' : 'masked'}`,
        title: `${plain(name, 80)}.json`,
        language: comments.length === 0 ? 'json' : 'jsonc',
        text: `${comments.join('')}${JSON.stringify(shown, null, 2)}\n`,
      }
    },
  )

const inspectOf = <K extends Inspectable>(kind: K, area: string): Command =>
  nodeCommand<K>({
    id: `${area}.inspect`,
    title: 'Inspect',
    icon: 'json',
    on: [kind],
    place: { group: '3_show@1' },
    run: (deps, nodes) => open(deps, nodes as readonly NodeOf<Inspectable>[], false),
  })

const inspectAllOf = <K extends Inspectable>(kind: K, area: string): Command =>
  nodeCommand<K>({
    id: `${area}.inspectWithSecrets`,
    title: 'Inspect with Secrets',
    icon: 'eye',
    on: [kind],
    place: { group: '1_show@1', submenu: 'more' },
    run: (deps, nodes) => open(deps, nodes as readonly NodeOf<Inspectable>[], true),
  })

export const inspectCommands: readonly Command[] = (
  [
    ['container', 'containers'],
    ['image', 'images'],
    ['volume', 'volumes'],
    ['network', 'networks'],
  ] as const
).flatMap(([kind, area]) => [inspectOf(kind, area), inspectAllOf(kind, area)])
