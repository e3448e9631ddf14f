import { basename } from 'node:path'
import type { Engine } from '../../engine/engine.ts'
import type { Container } from '../../engine/model/container.ts'
import { projectName } from '../../shared/compose-files.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { haveFileInCommon } from '../../tree/paths.ts'
import type { Deps } from '../command.ts'
import { folderOf, type ComposeTarget } from './compose-program.ts'
import { toldName } from './told-name.ts'

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

/** Projects that go by other files: a container that claims these besides gives nobody such a project. */
async function othersOf(
  { engines }: Deps,
  { id }: Engine,
  { paths }: ComposeTarget,
): Promise<ReadonlySet<string>> {
  const nodes = await engines.nodes('container')
  return new Set(
    nodes.flatMap(({ container: { engine, compose } }) =>
      engine === id && compose !== undefined && !haveFileInCommon(compose.configFiles, paths)
        ? [compose.project]
        : [],
    ),
  )
}

/** A target within the project that is meant, and the engine of that. */
export interface Meant {
  readonly engine: Engine
  readonly target: ComposeTarget
}

/**
 * The project whose containers compose made from the files under another name than usual (`-p`), as the labels tell; which one of several
 * the user says, the one that the files name among them. Undefined when nothing was chosen.
 */
export async function meantProject(deps: Deps, target: ComposeTarget): Promise<Meant | undefined> {
  const engine = await engineFor(deps, target)
  // Of a row all is known.
  if (target.engine !== undefined || target.project !== undefined) return { engine, target }
  const containers = await containersOf(deps, { ...target, parts: [], engine: engine.id })
  if (containers.length === 0) return { engine, target }
  const told = await toldName(target)
  const usual = told ?? projectName(basename(folderOf(target)))
  const others = await othersOf(deps, engine, target)
  const running = containers.map(({ compose }) => compose!.project)
  const names = [...new Set(told === undefined ? running : [...running, told])]
    .filter((project) => project === usual || !others.has(project))
    .sort()
  const name =
    names.length < 2
      ? names[0]
      : await deps.ui.pick(
          names.map((label) => ({ label: plain(label, 100), value: label })),
          { title: t('Which project of these files?') },
        )
  if (name === undefined) return names.length === 0 ? { engine, target } : undefined
  return { engine, target: names.length === 1 && name === usual ? target : { ...target, project: name } }
}
