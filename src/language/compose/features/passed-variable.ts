import { isEmptyNode } from '../yaml/nodes.ts'
import type { OpenProject } from '../open.ts'
import { effectivePath, spotAt } from '../yaml/tree.ts'

/**
 * The variable that is taken over by its name alone at an offset: what a secret is made of, and an entry of `environment` or `args`
 * without a value.
 */
export function passedVariable({ yaml }: OpenProject, offset: number): string | undefined {
  const spot = spotAt(yaml, offset)
  if (spot?.node.kind !== 'scalar') return undefined
  const path = effectivePath(yaml, spot.path, spot.chain)
  const { text } = spot.node
  const [section, , key, third, fourth] = path
  if (section === 'secrets' || section === 'configs')
    return path.length === 3 && key === 'environment' && !spot.isKey ? text : undefined
  if (section !== 'services') return undefined
  const inEnvironment = key === 'environment' && path.length === 4
  const inArgs = key === 'build' && third === 'args' && path.length === 5
  if (!inEnvironment && !inArgs) return undefined
  if (typeof (inArgs ? fourth : third) === 'number') return text.includes('=') ? undefined : text
  return spot.isKey && spot.entry !== undefined && isEmptyNode(spot.entry.value) ? text : undefined
}
