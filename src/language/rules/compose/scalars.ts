import type { ComposeDoc } from '../../compose/doc.ts'
import type { ScalarNode } from '../../compose/yaml/nodes.ts'
import { entryOf } from '../../compose/yaml/nodes.ts'
import { walkNodes, type Path } from '../../compose/yaml/tree.ts'

export interface PlacedScalar {
  readonly node: ScalarNode
  readonly path: Path
}

const known = new WeakMap<ComposeDoc['yaml'], Map<string, readonly PlacedScalar[]>>()

/** All scalars that are values (no keys) in a section of the top level, in the order of the text. */
export function scalarsUnder(doc: ComposeDoc, section: string): readonly PlacedScalar[] {
  let sections = known.get(doc.yaml)
  if (sections === undefined) known.set(doc.yaml, (sections = new Map()))
  let scalars = sections.get(section)
  if (scalars === undefined) sections.set(section, (scalars = collect(doc, section)))
  return scalars
}

function collect(doc: ComposeDoc, section: string): readonly PlacedScalar[] {
  const found: PlacedScalar[] = []
  for (const root of doc.yaml.documents) {
    const value = entryOf(root, section)?.value
    if (value === undefined) continue
    walkNodes(
      value,
      (node, path, isKey) => {
        if (node.kind === 'scalar' && !isKey) found.push({ node, path })
      },
      [section],
    )
  }
  return found
}
