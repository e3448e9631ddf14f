import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { containerKind } from './kinds/container.ts'
import { detailKind, engineKind } from './kinds/engine.ts'
import { changeKind, changesKind } from './kinds/changes.ts'
import { fileKind, filesKind, moreKind } from './kinds/file.ts'
import { groupKind } from './kinds/group.ts'
import { imageKind, repositoryKind } from './kinds/image.ts'
import type { Kind } from './kinds/kind.ts'
import { memberKind, networkKind } from './kinds/network.ts'
import { portKind } from './kinds/port.ts'
import { projectKind } from './kinds/project.ts'
import { serviceKind, stackKind } from './kinds/stack.ts'
import { volumeKind } from './kinds/volume.ts'
import { momentKey, type RowContext } from './moment.ts'
import type { NodeKind, NodeOf, Row, TreeNode } from './node.ts'

/** Every kind of node; one that is missing does not compile. */
export const kinds = {
  container: containerKind,
  port: portKind,
  project: projectKind,
  group: groupKind,
  repository: repositoryKind,
  image: imageKind,
  volume: volumeKind,
  network: networkKind,
  member: memberKind,
  engine: engineKind,
  stack: stackKind,
  service: serviceKind,
  detail: detailKind,
  files: filesKind,
  file: fileKind,
  changes: changesKind,
  change: changeKind,
  more: moreKind,
} satisfies { readonly [K in NodeKind]: Kind<NodeOf<K>> }

const kindOf = (node: TreeNode): Kind<TreeNode> => kinds[node.kind] as unknown as Kind<TreeNode>

/** Whatever an engine said that nobody thought of: the row tells so, and the others are shown. */
function safely<T>(compute: () => T, instead: T): T {
  try {
    return compute()
  } catch {
    return instead
  }
}

const rows = new WeakMap<TreeNode, { readonly key: string; readonly row: Row }>()

/** The row of a node; the same one for the same node, until another day may have begun. */
export function rowOf(node: TreeNode, context: RowContext): Row {
  const key = momentKey(context)
  const known = rows.get(node)
  if (known?.key === key) return known.row
  const row = computeRow(node, context)
  rows.set(node, { key, row })
  return row
}

function computeRow(node: TreeNode, context: RowContext): Row {
  const kind = kindOf(node)
  const id = safely(() => kind.id(node), `${node.kind}|odd`)
  try {
    const file = kind.file?.(node)
    const click = kind.click?.(node)
    return {
      id,
      label: kind.label(node),
      description: kind.description(node, context),
      icon: kind.icon(node),
      accessibilityLabel: kind.accessibilityLabel(node, context),
      expandable: kind.expandable(node),
      flags: [node.kind, ...kind.flags(node)],
      ...(file === undefined ? {} : { file }),
      ...(click === undefined ? {} : { click }),
    }
  } catch {
    const label = safely(() => kind.label(node), plain(id, 100))
    const description = t('cannot be shown')
    return {
      id,
      label,
      description,
      icon: { name: 'question' },
      accessibilityLabel: `${label}, ${description}`,
      expandable: 'no',
      flags: [node.kind],
    }
  }
}

/** Markdown in which every foreign text is escaped; made when it is asked for. */
export function tooltipOf(node: TreeNode, context: RowContext): string {
  return safely(() => kindOf(node).tooltip(node, context), '')
}

export function childrenOf(node: TreeNode): readonly TreeNode[] {
  return safely(() => kindOf(node).children(node), [])
}
