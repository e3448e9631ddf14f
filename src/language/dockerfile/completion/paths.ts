import type { TextRange } from '../../../shared/text-range.ts'
import type { Completion } from '../../answers.ts'
import { formatSize } from '../../units.ts'
import type { Context } from '../../provider.ts'
import { join } from '../../uri.ts'
import { contextFolder, ignoreMatcherOf } from '../build-context.ts'
import type { DockerfileDoc } from '../model.ts'

/** The entries of a folder of the build context, without what `.dockerignore` leaves out. */
export async function pathItems(
  doc: DockerfileDoc,
  uri: string,
  typed: string,
  range: TextRange,
  context: Context,
): Promise<Completion[]> {
  const { host, signal } = context
  if (/[*?[$]/.test(typed) || /^\w+:\/\//.test(typed)) return []
  const slash = typed.lastIndexOf('/') + 1
  const below = typed.slice(0, slash).replace(/^(?:\.?\/)+/, '')
  const root = await contextFolder(doc, uri, host, signal)
  const folder = join(root, below)
  const entries = folder === undefined ? undefined : await host.listFolder(folder, signal)
  if (entries === undefined) return []
  const ignore = await ignoreMatcherOf(doc, uri, host, signal)
  const start = range.end - (typed.length - slash)
  const items: Completion[] = []
  for (const { name, kind, size } of entries) {
    // With exceptions a folder that is left out may hold files that are not.
    if (
      ignore?.excludes(below + name) === true &&
      !(kind === 'folder' && ignore.bringsBackBelow(below + name))
    )
      continue
    if (/[\s"'\\]/.test(name)) continue
    const isFolder = kind === 'folder'
    items.push({
      label: isFolder ? `${name}/` : name,
      kind: isFolder ? 'folder' : 'file',
      edit: { range: { start, end: range.end }, newText: isFolder ? `${name}/` : name },
      filter: name,
      sort: `${isFolder ? '1' : '0'}${name}`,
      ...(size !== undefined && !isFolder && { detail: formatSize(size) }),
      ...(isFolder && { again: true }),
    })
  }
  return items
}
