/** Addresses of files as editors write them (`file:///c%3A/x/y`), taken apart without knowing the file system. */

/** The address of the folder that holds a file; without a slash at the end. */
export function folderOf(uri: string): string {
  const end = pathEnd(uri)
  const slash = uri.lastIndexOf('/', end - 1)
  return slash < pathStart(uri) ? uri.slice(0, end) : uri.slice(0, slash)
}

/** The decoded name of a file. */
export function nameOf(uri: string): string {
  const end = pathEnd(uri)
  return decode(uri.slice(uri.lastIndexOf('/', end - 1) + 1, end))
}

/** The address of a path relative to a folder, `..` resolved; the path is not encoded. Undefined when it leaves the root. */
export function join(folder: string, path: string): string | undefined {
  const root = folder.slice(0, pathStart(folder))
  const parts = folder
    .slice(root.length, pathEnd(folder))
    .split('/')
    .filter((part) => part !== '')
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(encodeURIComponent(part.replace(loneSurrogate, '\ufffd')))
    else if (parts.pop() === undefined) return undefined
  }
  return `${root}/${parts.join('/')}`
}

/** Half a character, which no address can hold. */
const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** The path of an address below a folder, decoded, with `/`; undefined when it is not below. */
export function relativePath(folder: string, uri: string): string | undefined {
  const prefix = folder.endsWith('/') ? folder : `${folder}/`
  return uri.startsWith(prefix) ? decode(uri.slice(prefix.length)) : undefined
}

/** The decoded path of an address, for showing and for patterns. */
export function decodePath(uri: string): string {
  return decode(uri.slice(pathStart(uri), pathEnd(uri)))
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Behind `scheme://authority`. */
function pathStart(uri: string): number {
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(uri)?.[0].length ?? 0
  if (!uri.startsWith('//', scheme)) return scheme
  const slash = uri.indexOf('/', scheme + 2)
  return slash < 0 ? uri.length : slash
}

function pathEnd(uri: string): number {
  const end = uri.search(/[?#]/)
  return end < 0 ? uri.length : end
}
