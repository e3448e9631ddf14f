import { within, type Folder } from './project.ts'

const endings = ['yaml', 'yml', 'toml', 'json']
const names = ['config', 'default', 'base', 'settings']
const folders = ['', 'config', 'configs', 'configuration', 'conf']

/** Settings of programs in files of their own, where nothing but a habit says how they are called. */
export const configurations: readonly string[] = folders.flatMap((folder) =>
  names
    .filter((name) => folder !== '' || name === 'config')
    .flatMap((name) => endings.map((ending) => within(folder, `${name}.${ending}`))),
)

const section = /^[ \t]*(?:\[([\w.]+)\]|["']?([\w-]+)["']?[ \t]*:[ \t]*\{?)[ \t]*(?:#.*)?$/
const ours = /^(?:server|application|app|http|web|api|default|service)$/i
const key =
  /^[ \t]*["']?(?:(?:http|server|listen|app)[_-]?)?(?:port|addr|address)["']?[ \t]*[:=][ \t]*["']?(?:[\w.]*:)?(\d{2,5})["']?[ \t]*(?:,|#.*)?$/i

/** The port that the settings of a part name: at the top, or for its server; not that of a database. */
export function configuredPort({ text }: Folder, member: string): number | undefined {
  for (const name of configurations) {
    let inside = 'server'
    for (const line of (text(within(member, name)) ?? '').split(/\r\n|\r|\n/)) {
      const [, toml, yaml] = section.exec(line) ?? []
      const isTop = !name.endsWith('.toml') && /^["'\w]/.test(line)
      inside = toml ?? yaml ?? (isTop ? 'server' : inside)
      const port = Number(key.exec(line)?.[1])
      if (port > 0 && port < 65_536 && ours.test(inside)) return port
    }
  }
  return undefined
}
