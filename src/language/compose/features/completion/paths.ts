import type { Completion } from '../../../answers.ts'
import type { Context } from '../../../provider.ts'
import { formatSize } from '../../../units.ts'
import type { OpenProject } from '../../open.ts'
import { contextUriOf } from '../../build-files.ts'
import { resolvePath } from '../../project/paths.ts'
import { join } from '../../../uri.ts'
import type { Path } from '../../yaml/tree.ts'
import type { Place } from './place.ts'

/** Which paths a place takes: `folder` only, any file, or files beside the build context. */
export function pathWanted(path: Path): 'file' | 'folder' | 'mount' | 'dockerfile' | undefined {
  const [section, , key, third, fourth] = path
  if (section === 'include')
    return path.length === 2 ||
      third === 'path' ||
      third === 'env_file' ||
      key === 'path' ||
      key === 'env_file'
      ? 'file'
      : undefined
  if ((section === 'secrets' || section === 'configs') && key === 'file' && path.length === 3) return 'file'
  if (section !== 'services') return undefined
  switch (key) {
    case 'build':
      if (path.length === 3 || third === 'context' || (third === 'additional_contexts' && path.length === 5))
        return 'folder'
      return third === 'dockerfile' ? 'dockerfile' : undefined
    case 'env_file':
      return path.length <= 4 || fourth === 'path' ? 'file' : undefined
    case 'label_file':
      return 'file'
    case 'extends':
      return third === 'file' ? 'file' : undefined
    case 'volumes':
      return path.length === 4 ? 'mount' : fourth === 'source' ? 'file' : undefined
    case 'develop':
      return path.at(-1) === 'path' ? 'file' : undefined
    default:
      return undefined
  }
}

const composeNames = /\.ya?ml$/i
const envNames = /(?:^|\.)env(?:\.|$)/i

/** How the files are called that are mostly meant at a path. */
function likelyNames(path: Path): RegExp {
  const [section, , key] = path
  if (section === 'include') return path.includes('env_file') ? envNames : composeNames
  if (key === 'extends') return composeNames
  return key === 'env_file' ? envNames : /(?:)/
}

/** The entries of the folder that is typed so far. */
export async function pathItems(
  place: Place,
  path: Path,
  open: OpenProject,
  context: Context,
): Promise<readonly Completion[]> {
  const wanted = pathWanted(path)
  const { typed } = place
  if (wanted === undefined || typed.includes('$') || /^\w+:\/\//.test(typed)) return []
  // A volume is a path only once it starts like one; behind the colon it is a path of the container.
  if (wanted === 'mount' && (!/^[./~]/.test(typed) || typed.includes(':'))) return []
  const service = typeof path[1] === 'string' ? open.project.services.get(path[1]) : undefined
  const build = wanted === 'dockerfile' && service !== undefined ? contextUriOf(service) : undefined
  const root = build ?? open.source?.folder
  if (root === undefined) return []
  const slash = typed.lastIndexOf('/') + 1
  const folder = resolvePath(root, typed.slice(0, slash))
  const entries = folder === undefined ? undefined : await context.host.listFolder(folder, context.signal)
  if (entries === undefined) return []
  const start = place.range.start + slash
  const items: Completion[] = []
  const likely = likelyNames(path)
  for (const { name, kind, size } of entries) {
    const isFolder = kind === 'folder'
    // A file that takes itself in is refused.
    if (likely === composeNames && folder !== undefined && join(folder, name) === open.doc.uri) continue
    if (
      (wanted === 'folder' && !isFolder) ||
      (name.startsWith('.git') && name !== '.gitignore') ||
      /[\p{Cc}]/u.test(name)
    )
      continue
    const text = isFolder ? `${name}/` : name
    const quoted =
      place.quote === '' && slash === 0 && /[\s#:{}[\],&*!|>'"%@`]/.test(name) ? `"${text}"` : text
    items.push({
      label: text,
      kind: isFolder ? 'folder' : 'file',
      edit: { range: { start, end: place.range.end }, newText: quoted },
      filter: name,
      sort: `${isFolder && wanted !== 'folder' ? '2' : likely.test(name) ? '0' : '1'}${name}`,
      ...(size !== undefined && !isFolder ? { detail: formatSize(size) } : {}),
      ...(isFolder ? { again: true } : {}),
    })
  }
  return items
}
