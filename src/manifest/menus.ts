import type {
  Command,
  FileCommand,
  NodeCommand,
  ResourceCommand,
  SubmenuId,
  Target,
  ViewCommand,
} from '../commands/command.ts'
import { commandId, kindsOf, whenOfTargets } from '../commands/targets.ts'
import { when, whenTrusted } from './context-keys.ts'
import { submenus } from './submenus.ts'
import { viewId } from './views.ts'

export interface MenuItem {
  readonly command?: string
  readonly submenu?: string
  readonly when?: string
  readonly group?: string
}

const submenuKey = (id: SubmenuId): string => `quayside.${id}`
const and = (...clauses: readonly (string | undefined)[]): string =>
  clauses.filter((clause) => clause !== undefined).join(' && ')

const ourViews = 'view =~ /^quayside\\./'

/** When a row offers the command. A command for one node is not offered while several are selected. */
export function whenOfCommand(command: NodeCommand): string {
  return whenOfRow(command, whenOfTargets(command.on))
}

/** When the menu offers it, which is that of all selected rows: VS Code leaves out what one of them does not offer. */
function whenOfMenu(command: NodeCommand): string {
  const fits = whenOfTargets(command.on)
  return whenOfRow(
    command,
    command.someFit === true ? `(${fits} || listMultiSelection && ${whenOfTargets(kindsOf(command))})` : fits,
  )
}

function whenOfRow(command: NodeCommand, fits: string): string {
  return and(
    ourViews,
    fits,
    command.many === false ? '!listMultiSelection' : undefined,
    command.needsTrust === true ? whenTrusted : undefined,
    command.place.when,
  )
}

function whenOfTitle(command: ViewCommand): string {
  const ids = command.views!.map(viewId)
  const view =
    ids.length === 1
      ? `view == ${ids[0]!}`
      : `view =~ /^(?:${ids.map((id) => id.replace('.', '\\.')).join('|')})$/`
  return and(view, command.needsTrust === true ? whenTrusted : undefined, command.place?.when)
}

/** Programs of this machine, or of the one that the window is connected to, can read it; a file in a container they cannot. */
const onThisMachine = 'resourceScheme =~ /^(?:file|vscode-remote)$/'

function whenOfFile(command: FileCommand): string {
  return and(
    `resourceLangId == ${command.language}`,
    onThisMachine,
    command.needsTrust === true ? whenTrusted : undefined,
    command.place.when,
  )
}

/** Files of this machine, or of the one that the window is connected to, are offered nothing before there is an engine. */
const resources: Readonly<Record<ResourceCommand['of'], string>> = {
  local: `${onThisMachine} && ${when('quayside.connection', 'connected')}`,
  ours: 'resourceScheme == quayside-files',
}

const compare = (a: string | undefined, b: string | undefined): number =>
  (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0
const byGroup = (a: MenuItem, b: MenuItem): number =>
  compare(a.group, b.group) || compare(a.command ?? a.submenu, b.command ?? b.submenu)

/** The `menus` of the manifest: every place of every command, computed. */
export function menusOf(commands: readonly Command[]): Readonly<Record<string, readonly MenuItem[]>> {
  const title: MenuItem[] = []
  const context: MenuItem[] = []
  const palette: MenuItem[] = []
  const files: MenuItem[] = []
  const explorer: MenuItem[] = []
  const inSubmenus = new Map<SubmenuId, { items: MenuItem[]; on: Set<Target> }>()
  for (const command of commands) {
    const id = commandId(command)
    if (command.palette === false) palette.push({ command: id, when: 'false' })
    else if (command.needsTrust === true) palette.push({ command: id, when: whenTrusted })
    if (command.type === 'view') {
      if (command.views !== undefined && command.place !== undefined)
        title.push({ command: id, when: whenOfTitle(command), group: command.place.group })
      continue
    }
    if (command.type === 'file') {
      files.push({ command: id, when: whenOfFile(command), group: command.place.group })
      continue
    }
    if (command.type === 'resource') {
      explorer.push({ command: id, when: resources[command.of], group: command.place.group })
      continue
    }
    const { place } = command
    if (place.inline === true)
      context.push({ command: id, when: whenOfCommand(command), group: `inline${orderOf(place.group)}` })
    const clause = whenOfMenu(command)
    if (place.submenu === undefined) context.push({ command: id, when: clause, group: place.group })
    else {
      const entry = inSubmenus.get(place.submenu) ?? { items: [], on: new Set() }
      inSubmenus.set(place.submenu, entry)
      entry.items.push({ command: id, when: clause, group: place.group })
      for (const target of command.on) entry.on.add(target)
    }
  }
  for (const [id, { on }] of inSubmenus)
    context.push({
      submenu: submenuKey(id),
      when: and(ourViews, whenOfTargets([...on])),
      group: submenus[id].group,
    })
  return {
    commandPalette: palette.sort(byGroup),
    'editor/context': files.sort(byGroup),
    'explorer/context': [...files, ...explorer].sort(byGroup),
    'view/title': title.sort(byGroup),
    'view/item/context': context.sort(byGroup),
    ...Object.fromEntries(
      [...inSubmenus]
        .map(([id, { items }]) => [submenuKey(id), items.sort(byGroup)] as const)
        .sort(([a], [b]) => compare(a, b)),
    ),
  }
}

const orderOf = (group: string): string => /@\d+$/.exec(group)?.[0] ?? ''

/** The submenus that some command is in. */
export function usedSubmenus(commands: readonly Command[]): readonly SubmenuId[] {
  const used = new Set<SubmenuId>()
  for (const { place } of commands) if (place?.submenu !== undefined) used.add(place.submenu)
  return [...used].sort()
}
