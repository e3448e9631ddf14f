import { t } from '../../../shared/l10n.ts'
import type { TextRange } from '../../../shared/text-range.ts'
import type { DocumentLink } from '../../answers.ts'
import { imagePage } from '../../dockerfile/image-link.ts'
import type { Context, SourceDocument } from '../../provider.ts'
import { buildPlaceOf } from '../build-files.ts'
import { projectOf, type OpenProject } from '../open.ts'
import { splitMount, isPath } from '../project/mounts.ts'
import { isRemote, resolvePath } from '../project/paths.ts'
import { walkNodes, type Path } from '../yaml/tree.ts'
import type { ScalarNode } from '../yaml/nodes.ts'

export interface FileTarget {
  readonly range: TextRange
  readonly uri: string
  readonly kind: 'file' | 'folder'
}

/** The paths in a document with the files they mean. */
export function fileTargets(open: OpenProject): readonly FileTarget[] {
  const targets: FileTarget[] = []
  const { source, yaml } = open
  if (source === undefined) return []
  const add = (node: ScalarNode, path: string, kind: FileTarget['kind'] = 'file'): void => {
    if (path === '' || path.includes('$') || isRemote(path)) return
    const uri = resolvePath(source.folder, path)
    const at = yaml.text.slice(node.start, node.end).indexOf(path)
    if (uri !== undefined && at >= 0)
      targets.push({ range: { start: node.start + at, end: node.start + at + path.length }, uri, kind })
  }
  for (const root of yaml.documents)
    walkNodes(root, (node, path, isKey) => {
      if (node.kind !== 'scalar' || isKey) return
      const kind = pathKind(path)
      if (kind === 'mount') {
        const parts = splitMount(node.text)
        const first = parts[0]?.text ?? ''
        if (parts.length > 1 && isPath(first)) add(node, first)
      } else if (kind === 'bind') {
        if (isPath(node.text)) add(node, node.text)
      } else if (kind !== undefined) add(node, node.text, kind)
    })
  for (const service of open.project.services.values()) {
    const place = buildPlaceOf(service)
    if (place === undefined) continue
    const named = place.dockerfile ?? place.context
    const { node, source: from } = (named ?? service.item.value).origin
    if (named === undefined || from.uri !== open.doc.uri || node.kind !== 'scalar') continue
    targets.push({ range: { start: node.start, end: node.end }, uri: place.dockerfileUri, kind: 'file' })
  }
  return targets
}

function pathKind(path: Path): FileTarget['kind'] | 'mount' | 'bind' | undefined {
  const [section, , key, index, field] = path
  if (section === 'include') {
    const last = path.at(-1)
    if (
      path.length === 2 ||
      last === 'path' ||
      last === 'env_file' ||
      path.includes('path') ||
      path.includes('env_file')
    )
      return 'file'
    return undefined
  }
  if ((section === 'secrets' || section === 'configs') && path.length === 3 && key === 'file') return 'file'
  if (section !== 'services') return undefined
  if (key === 'env_file' && (path.length <= 4 || field === 'path')) return 'file'
  if (key === 'label_file') return 'file'
  if (key === 'extends' && index === 'file') return 'file'
  if (key === 'volumes' && path.length === 4) return 'mount'
  if (key === 'volumes' && field === 'source') return 'bind'
  if (key === 'credential_spec' && index === 'file') return 'file'
  return undefined
}

export async function links(doc: SourceDocument, context: Context): Promise<readonly DocumentLink[]> {
  const open = await projectOf(doc, context)
  const result: DocumentLink[] = []
  for (const { uri } of fileTargets(open)) open.files.kind(uri)
  await open.files.fetch()
  for (const { range, uri } of fileTargets(open))
    if (open.files.kind(uri) === 'file') result.push({ range, target: uri, tooltip: t('Open the file') })
  for (const root of open.yaml.documents)
    walkNodes(root, (node, path, isKey) => {
      if (
        node.kind !== 'scalar' ||
        isKey ||
        path[0] !== 'services' ||
        path.length !== 3 ||
        path[2] !== 'image'
      )
        return
      const page = imagePage(node.text)
      if (page !== undefined)
        result.push({
          range: { start: node.start, end: node.end },
          target: page,
          tooltip: t('About this image'),
        })
    })
  return result.sort((a, b) => a.range.start - b.range.start)
}
