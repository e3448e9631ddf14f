import type { Command, NodeCommand, Target } from './command.ts'
import type { NodeKind } from '../tree/node.ts'

/** A target in parts: on which kind, and which flag it asks for (`with`) or shuts out (`without`). */
export interface TargetParts {
  readonly kind: NodeKind
  readonly with?: string
  readonly without?: string
}

export function parseTarget(target: Target): TargetParts {
  const [, kind, sign, flag] = /^([a-z]+)(?:([+-])([a-z]+))?$/.exec(target) as unknown as [
    string,
    NodeKind,
    '+' | '-' | undefined,
    string | undefined,
  ]
  if (flag === undefined) return { kind }
  return sign === '+' ? { kind, with: flag } : { kind, without: flag }
}

/** Whether a node with these flags (its kind first, as `Row.flags` has them) is one of the targets. */
export function matchesTargets(targets: readonly Target[], flags: readonly string[]): boolean {
  return targets.some((target) => {
    const parts = parseTarget(target)
    if (flags[0] !== parts.kind) return false
    const rest = flags.slice(1)
    if (parts.with !== undefined) return rest.includes(parts.with)
    return parts.without === undefined || !rest.includes(parts.without)
  })
}

/** The kinds of node a command asks for, each once. */
export function kindsOf(command: NodeCommand): readonly NodeKind[] {
  return [...new Set(command.on.map((target) => parseTarget(target).kind))]
}

/**
 * The part of a `when` clause that is true for exactly the context values (flags joined by spaces) that the targets match:
 * one regular expression over `viewItem`.
 */
export function whenOfTargets(targets: readonly Target[]): string {
  const byKind = new Map<NodeKind, { all: boolean; with: string[]; without: string[] }>()
  for (const target of targets) {
    const parts = parseTarget(target)
    const entry = byKind.get(parts.kind) ?? { all: false, with: [], without: [] }
    byKind.set(parts.kind, entry)
    if (parts.with !== undefined) entry.with.push(parts.with)
    else if (parts.without !== undefined) entry.without.push(parts.without)
    else entry.all = true
  }
  const alternatives: string[] = []
  for (const [kind, entry] of byKind) {
    if (entry.all) alternatives.push(`${kind}\\b`)
    else {
      if (entry.with.length > 0) alternatives.push(`${kind}\\b.*\\b${anyOf(entry.with)}\\b`)
      for (const flag of entry.without) alternatives.push(`${kind}\\b(?!.*\\b${flag}\\b)`)
    }
  }
  return `viewItem =~ /^${anyOf(alternatives)}/`
}

const anyOf = (patterns: readonly string[]): string =>
  patterns.length === 1 ? patterns[0]! : `(?:${patterns.join('|')})`

/** The full id, as VS Code knows the command. */
export const commandId = (command: Pick<Command, 'id'>): string => `quayside.${command.id}`
