import * as vscode from 'vscode'
import type { Command, Deps, NodeCommand } from '../commands/command.ts'
import type { Resources } from '../commands/resources.ts'
import { kindsOf, matchesTargets } from '../commands/targets.ts'
import { EngineError, isEngineError } from '../engine/errors.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { engineOf } from '../tree/engine-of.ts'
import type { NodeKind, TreeNode } from '../tree/node.ts'
import { fileTarget } from './file-target.ts'
import { isElement } from './tree-element.ts'

/** What a command needs of the trees: which rows a node of ours has, for the question that the palette asks. */
export interface RowFacts {
  label(node: TreeNode): string
  description(node: TreeNode): string
  icon(node: TreeNode): string
  flags(node: TreeNode): readonly string[]
  /** The selected nodes of the view that was used last. */
  selection(): readonly TreeNode[]
}

/** Runs a command, asking for its objects where the palette gave none, and shows what went wrong in one place. */
export async function runCommand(
  command: Command,
  deps: Deps,
  facts: RowFacts,
  args: readonly unknown[],
): Promise<void> {
  try {
    if (command.type === 'view') return await command.run(deps)
    if (command.type === 'resource') return await command.run(deps, await resourcesOf(deps, args))
    if (command.type === 'file') {
      const target = await fileTarget(command, t(command.title.replace(/…$/, '')), args)
      if (target !== undefined) await command.run(deps, target)
      return
    }
    const nodes = given(command, facts, args) ?? (await ask(command, deps, facts))
    if (nodes !== undefined && nodes.length > 0) await command.run(deps, nodes as never)
  } catch (fault) {
    showFault(deps, command.id, fault)
  }
}

/** What the Explorer passes on: the file that was clicked, and all that are selected where it is one of them. */
function resourcesOf({ ui }: Deps, [first, many]: readonly unknown[]): Promise<Resources> {
  const all: readonly unknown[] = Array.isArray(many) && many.length > 0 ? many : [first]
  return ui.resources(all.filter((one) => one instanceof vscode.Uri).map(String))
}

/** Shows what went wrong, unless the user wanted it so; `what` is for the log. */
export function showFault(deps: Deps, what: string, fault: unknown): void {
  if (isEngineError(fault, 'cancelled') || fault instanceof vscode.CancellationError) return
  const error =
    fault instanceof EngineError
      ? fault
      : new EngineError('internal', fault instanceof Error ? fault.message : String(fault), {
          cause: fault,
        })
  if (!(fault instanceof EngineError))
    deps.ui.log(`${what}: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`)
  void deps.ui.error(error)
}

/** What a key of the manifest passes on: the command is meant for the rows that are selected. */
const bySelection = 'selection'

/** The nodes that came with the call; only our own elements are believed. Undefined when there are none. */
function given(
  command: NodeCommand,
  facts: RowFacts,
  args: readonly unknown[],
): readonly TreeNode[] | undefined {
  const [first, many] = args
  const elements = Array.isArray(many) && many.some((entry) => entry === first) ? many : args.slice(0, 1)
  const nodes =
    first === bySelection ? facts.selection() : elements.filter(isElement).map((element) => element.node)
  if (nodes.length === 0) return undefined
  const fitting = nodes.filter((node) => matchesTargets(command.on, facts.flags(node)))
  if (fitting.length === 0 && nodes.length > 1)
    throw new EngineError('invalid', t('Nothing that is selected is in a state for this.'))
  if (fitting.length === 0)
    throw new EngineError('invalid', t('This is no longer possible in the state it is in now.'), {
      nextStep: t('Look at the row again: it may just have changed.'),
    })
  return command.many === false ? fitting.slice(0, 1) : fitting
}

async function ask(
  command: NodeCommand,
  deps: Deps,
  facts: RowFacts,
): Promise<readonly TreeNode[] | undefined> {
  const kinds = kindsOf(command)
  const lists = await Promise.all(kinds.map((kind) => deps.engines.nodes(kind)))
  const all = lists.flat()
  const nodes = all.filter((node) => matchesTargets(command.on, facts.flags(node)))
  const title = command.title.replace(/…$/, '')
  if (nodes.length === 0) {
    void deps.ui.info(command.none?.() ?? nothingFor(kinds, t(title), all.length > 0))
    return undefined
  }
  const selected = new Set(facts.selection())
  const several = new Set(nodes.map(engineOf)).size > 1 && !kinds.includes('engine')
  const choices = nodes.map((node) => ({
    label: facts.label(node),
    description: [...(several ? [engineName(deps, node)] : []), facts.description(node)].join(' · '),
    icon: facts.icon(node),
    picked: selected.has(node),
    value: node,
  }))
  if (command.many === false) {
    const chosen = await deps.ui.pick(
      choices.map(({ picked: _, ...choice }) => choice),
      { title: t(title) },
    )
    return chosen === undefined ? undefined : [chosen]
  }
  return deps.ui.pickMany(choices, {
    title: t(title),
    placeholder: t('Type to filter; a click marks several; Enter runs it'),
    orCurrent: true,
  })
}

/** Why the palette has nothing to choose from; `some`: there are some, in another state. */
function nothingFor([kind]: readonly NodeKind[], title: string, some: boolean): string {
  switch (kind) {
    case 'container':
      return some ? t('No container is in a state for “{0}”.', title) : t('There are no containers.')
    case 'image':
      return some ? t('No image is in a state for “{0}”.', title) : t('There are no images.')
    case 'volume':
      return some ? t('No volume is in a state for “{0}”.', title) : t('There are no volumes.')
    case 'network':
      return some ? t('No network is in a state for “{0}”.', title) : t('There are no networks.')
    default:
      return t('There is nothing that “{0}” could be done to.', title)
  }
}

function engineName({ engines }: Deps, node: TreeNode): string {
  const id = engineOf(node)
  return id === undefined ? '' : plain(engines.nameOf(id), 60)
}
