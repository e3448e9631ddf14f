/** A new command: its file, and the catalogue with one group more. */
export interface NewCommand {
  readonly file: string
  readonly text: string
  readonly index: string
}

const kebab = (id: string): string =>
  id.replace(/\./g, '-').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const camel = (name: string): string =>
  name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
const words = (id: string): string => {
  const text = id.slice(id.indexOf('.') + 1).replace(/[A-Z]/g, (letter) => ` ${letter}`)
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The kind of node that commands of an area are on; an area of none gets a command without nodes. */
const kinds: Readonly<Record<string, string>> = {
  containers: 'container',
  projects: 'project',
  images: 'image',
  volumes: 'volume',
  networks: 'network',
  engines: 'engine',
}

/** Makes the file of a command such as `containers.blink` and adds it to the catalogue. Throws for an id that is none or is taken. */
export function newCommand(id: string, index: string): NewCommand {
  if (!/^[a-z]+\.[a-z][A-Za-z]*$/.test(id))
    throw new Error(`${id}: an id is area.verb, such as containers.blink`)
  const name = kebab(id)
  if (index.includes(`'./${name}.ts'`)) throw new Error(`${id} is there already`)
  const group = `${camel(name)}Commands`
  const imports = index.split('\n')
  const after = imports.findLastIndex((line) => line.startsWith('import '))
  imports.splice(after + 1, 0, `import { ${group} } from './${name}.ts'`)
  return {
    file: `src/commands/${name}.ts`,
    text: template(id, group),
    index: imports.join('\n').replace(/\n\]\n/, `\n  ...${group},\n]\n`),
  }
}

function template(id: string, group: string): string {
  const kind = kinds[id.slice(0, id.indexOf('.'))]
  const name = camel(id.slice(id.indexOf('.') + 1))
  const body =
    kind === undefined
      ? `viewCommand({
  id: '${id}',
  title: '${words(id)}',
  async run({ engines, ui }) {
    const engine = await engines.current()
    void ui.info(t('Done on {0}.', engines.nameOf(engine.id)))
  },
})`
      : `nodeCommand({
  id: '${id}',
  title: '${words(id)}',
  on: ['${kind}'],
  place: { group: '5_other@1' },
  async run({ ui }, nodes) {
    await ui.info(t('Done for {0}.', nodes.length))
  },
})`
  return `import { t } from '../shared/l10n.ts'
import { ${kind === undefined ? 'viewCommand' : 'nodeCommand'}, type Command } from './command.ts'

const ${name} = ${body}

export const ${group}: readonly Command[] = [${name}]
`
}

/** The table of settings with one more, a switch that is off. Throws for an id that is none or is taken. */
export function newSetting(id: string, table: string): string {
  const section = id.slice(0, Math.max(0, id.indexOf('.')))
  if (!/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/.test(id))
    throw new Error(`${id}: an id is section.name, such as logs.follow`)
  if (table.includes(`'${id}'`)) throw new Error(`${id} is there already`)
  const known = [...table.matchAll(/^ {2}'?([\w.]+)'?: /gm)]
  // Below the last one of its section, where there is one.
  const before = known.findLast((match) => match[1]!.startsWith(`${section}.`))
  const at = before === undefined ? table.indexOf('} as const satisfies') : ends(table, before.index)
  const shown = sectionOf(table, section)
  const entry = `  '${id}': toggle(false, { section: '${shown}', description: 'What it does, in a sentence.' }),\n`
  return table.slice(0, at) + entry + table.slice(at)
}

/** Where the entry that begins here ends: before the next one or the end of the table. */
function ends(table: string, start: number): number {
  const rest = table.slice(start + 1)
  const next = /^(?: {2}'?[\w.]+'?: |\} as const| *\n)/m.exec(rest)
  return start + 1 + (next?.index ?? rest.length)
}

/** The section that settings of this name are shown in: that of the first one, else the name itself. */
function sectionOf(table: string, section: string): string {
  const entry = new RegExp(`^ {2}'${section}\\.[\\s\\S]*?section: '(\\w+)'`, 'm').exec(table)
  return entry?.[1] ?? section
}
