/** Paths in containers are POSIX paths from the root; nothing here leads above it. */
export function normalize(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/'))
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  return `/${parts.join('/')}`
}

/** A path as it is meant in a folder: absolute ones count from the container's root. */
export const within = (folder: string, path: string): string =>
  normalize(path.startsWith('/') ? path : `${folder}/${path}`)

export const parentOf = (path: string): string => normalize(path.slice(0, path.lastIndexOf('/')))
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)
export const childOf = (folder: string, name: string): string =>
  folder === '/' ? `/${name}` : `${folder}/${name}`

/** Whether a path is another one or below it; both normalized. */
export const isWithin = (path: string, folder: string): boolean =>
  folder === '/' || path === folder || path.startsWith(`${folder}/`)
