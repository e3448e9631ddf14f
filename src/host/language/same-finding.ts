/** A finding as far as it takes to tell whether another says the same; lines are counted from 0. */
export interface PlacedFinding {
  readonly code?: string | number | { readonly value: string | number } | undefined
  readonly source?: string | undefined
  /** As in VS Code: 0 is an error. */
  readonly severity: number
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } }
}

/** What the YAML extension calls its findings: `YAML` those of the text, `yaml-schema: …` those of the schema. */
const itsText = /^yaml$/i
const itsSchema = /^yaml-schema\b/i
/** Its findings of taste have these names; what its parser refuses has none. Source: yaml-style.ts and map-key-order.ts of yaml-language-server. */
const itsTaste: ReadonlySet<unknown> = new Set(['flowMap', 'flowSeq', 'mapKeyOrder'])

/**
 * True where the YAML extension says what one of our findings of the text or the schema says: of the same kind, at the same lines. Where a
 * text stops being YAML, one reader sees it a line later than the other.
 */
export function isSameFinding(own: PlacedFinding, other: PlacedFinding): boolean {
  if (codeOf(own) === 'yaml-syntax')
    return (
      itsText.test(other.source ?? '') &&
      other.severity === 0 &&
      !itsTaste.has(codeOf(other)) &&
      areNear(own, other, 1)
    )
  return itsSchema.test(other.source ?? '') && areNear(own, other, 0)
}

const codeOf = ({ code }: PlacedFinding): unknown => (typeof code === 'object' ? code.value : code)

const areNear = ({ range: own }: PlacedFinding, { range: other }: PlacedFinding, lines: number): boolean =>
  own.start.line <= other.end.line + lines && other.start.line <= own.end.line + lines
