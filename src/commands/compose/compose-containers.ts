import type { Engine } from '../../engine/engine.ts'
import type { Container } from '../../engine/model/container.ts'
import { haveFileInCommon } from '../../tree/paths.ts'
import type { Deps } from '../command.ts'
import type { ComposeTarget } from './compose-program.ts'

/** The engine that is meant: the one of the row, or the current one. */
export const engineFor = async ({ engines }: Deps, { engine }: ComposeTarget): Promise<Engine> =>
  engine === undefined ? await engines.current() : engines.engine(engine)

/** The containers that compose made from these files, as their labels tell: found by the engine's list, no program is run. */
export async function containersOf(
  { engines }: Deps,
  { paths, parts, engine, project }: ComposeTarget,
): Promise<readonly Container[]> {
  const nodes = await engines.nodes('container')
  return nodes
    .map(({ container }) => container)
    .filter((container) => engine === undefined || container.engine === engine)
    .filter(({ compose }) => compose !== undefined && haveFileInCommon(compose.configFiles, paths))
    .filter(({ compose }) => project === undefined || compose!.project === project)
    .filter(({ compose }) => parts.length === 0 || parts.includes(compose!.service))
}
