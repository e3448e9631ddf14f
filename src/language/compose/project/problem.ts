import { t } from '../../../shared/l10n.ts'
import { nearest } from '../../rules/facts/near.ts'
import type { Fix, Severity } from '../../rules/rule.ts'
import type { Origin, Source } from './value.ts'

/** What is wrong with a project, and where. */
export interface Problem {
  /** What kind of fault it is; kebab-case, stable: it is the code of the diagnostic. */
  readonly code: string
  readonly severity: Severity
  readonly message: string
  readonly source: Source
  readonly start: number
  readonly end: number
  /** What a quick fix needs to know. */
  readonly data?: ProblemData
}

export interface ProblemData {
  /** Names that were perhaps meant, best first. */
  readonly candidates?: readonly string[]
  /** The name that is missing, and the top-level section it belongs into. */
  readonly missing?: { readonly section: string; readonly name: string }
  /** Changes of the file that the problem is in. */
  readonly fixes?: readonly Fix[]
}

/** Collects problems; of several errors at exactly one place the first is kept: the others mostly follow from it. */
export interface Problems {
  readonly list: readonly Problem[]
  /** True once no more are taken: what makes many need not go on. */
  readonly full: boolean
  /** The name that was perhaps meant; nothing once so many are wrong that looking for each would take long. */
  closest(name: string, known: Iterable<string>): string | undefined
  add(code: string, message: string, origin: Origin, more?: ProblemExtras): void
}

export interface ProblemExtras {
  readonly severity?: Severity
  /** Offsets in the origin's source, where they are not those of the node. */
  readonly range?: { readonly start: number; readonly end: number }
  readonly data?: ProblemData
}

/** What to say of an empty value that may not be empty: it is written so, or its variables make it so. */
export function emptyMessage({ node }: Origin): string {
  return node.kind === 'scalar' && node.text !== ''
    ? t('This becomes empty: set the variable, or give it a default as in `${NAME:-…}`.')
    : t('This is empty: write a value, or leave the key out.')
}

/** No editor shows more of one file, and a list without end helps nobody. */
export const problemLimit = 500

const suggestionLimit = 50

export function collectProblems(): Problems {
  const list: Problem[] = []
  const seen = new Set<string>()
  return {
    list,
    get full() {
      return list.length >= problemLimit
    },
    closest: (name, known) => (list.length > suggestionLimit ? undefined : nearest(name, known)),
    add(code, message, origin, more = {}) {
      if (list.length >= problemLimit) return
      const { start, end } = more.range ?? placeOf(origin)
      const place = `${origin.source.uri}\n${start}\n${end}`
      const severity = more.severity ?? 'error'
      const key = severity === 'error' && end > start ? place : `${place}\n${code}\n${message}`
      if (seen.has(key)) return
      seen.add(key)
      list.push({
        code,
        severity,
        message,
        source: origin.source,
        start,
        end,
        ...(more.data === undefined ? {} : { data: more.data }),
      })
    },
  }
}

/**
 * The part of a node that is underlined: a scalar whole, of a collection its first line. A block scalar is underlined
 * at its first line too.
 */
export function placeOf(origin: Origin): { start: number; end: number } {
  const { node, source } = origin
  const { text } = source.yaml
  let end = node.end
  for (let offset = node.start; offset < node.end; offset++) {
    const code = text.charCodeAt(offset)
    if (code === 0x0a || code === 0x0d) {
      end = offset
      break
    }
  }
  if (end === node.start && node.end === node.start) {
    const property = node.tag ?? node.anchor
    if (property !== undefined) return { start: property.start, end: property.end }
  }
  return { start: node.start, end }
}
