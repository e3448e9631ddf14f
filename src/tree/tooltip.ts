import { maskText, looksSecret, masked } from '../shared/masking.ts'
import { t } from '../shared/l10n.ts'
import { markdown, markdownCode } from '../shared/sinks.ts'

/** A fact of a tooltip: foreign text, shown as code, one or several; nothing is shown of an empty one. */
export type Fact = readonly [label: string, value: string | readonly string[]]

const mostValues = 12

/**
 * Markdown of facts, by which alone tooltips are made: every text is escaped here, none is trusted, long lists are cut. `title` is
 * foreign text too; `summary` is ours.
 */
export function tooltip(title: string, summary: string, facts: readonly Fact[]): string {
  const lines = facts.flatMap(([label, value]) => {
    const values = (typeof value === 'string' ? [value] : value).filter((text) => text !== '')
    if (values.length === 0) return []
    const shown = values.slice(0, mostValues).map((text) => markdownCode(text, 200))
    const more =
      values.length > mostValues ? ` ${markdown(t('and {0} more', values.length - mostValues))}` : ''
    return [`- ${markdown(label)}: ${shown.join(', ')}${more}`]
  })
  const head = `**${markdown(title, 120)}**${summary === '' ? '' : ` — ${markdown(summary)}`}`
  return [head, ...(lines.length === 0 ? [] : ['', ...lines])].join('\n')
}

/** A tooltip with more facts at its end, each with where it comes from. */
export function withOrigins(
  text: string,
  facts: readonly { readonly name: string; readonly value: string; readonly origin: string }[],
): string {
  const lines = facts.map(({ name, value, origin }) => {
    const from = origin === '' ? '' : ` — ${markdown(origin)}`
    return `- ${markdown(name)}: ${markdownCode(value, 200)}${from}`
  })
  return [text, ...lines].join('\n')
}

/** `name=value`, without what looks like a secret: the options of a network drive have a password in them. */
export const maskedPair = (name: string, value: string): string =>
  `${name}=${looksSecret(name) && value !== '' ? masked : maskText(value.slice(0, 200))}`

const mostLabels = 10

/** Labels as a fact, those of compose left out: what they say is said otherwise. What looks like a secret is masked. */
export function labelFact(labels: Readonly<Record<string, string>>): Fact {
  const told = Object.entries(labels).filter(([name]) => !name.startsWith('com.docker.compose.'))
  const shown = told.slice(0, mostLabels).map(([name, value]) => maskedPair(name, value))
  return [
    t('Labels'),
    told.length > mostLabels ? [...shown, t('and {0} more', told.length - mostLabels)] : shown,
  ]
}
