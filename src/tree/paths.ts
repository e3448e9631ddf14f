/** How Docker Desktop names the folders of the machine around its engine. */
const mounted = /^(?:\/host_mnt|\/run\/desktop\/mnt\/host)(?=\/)/

/** A path in one spelling: slashes forward and none at the end; those of Windows as `/c/folder`, case aside. */
export function comparable(path: string): string {
  const slashes = path.replaceAll('\\', '/').replace(/\/+$/, '')
  const rest = slashes.replace(mounted, '')
  const drive = (rest === slashes ? /^([A-Za-z]):(?=\/|$)/ : /^\/?([A-Za-z]):?(?=\/|$)/).exec(rest)
  return drive === null ? rest : `/${drive[1]!}${rest.slice(drive[0].length)}`.toLowerCase()
}

/** Whether one of the files is among others, however each is spelled. */
export function haveFileInCommon(files: readonly string[], others: readonly string[]): boolean {
  const spelled = new Set(others.map(comparable))
  return files.some((file) => spelled.has(comparable(file)))
}
