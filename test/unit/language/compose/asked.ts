import type { Host } from '../../../../src/language/host.ts'
import { composeProvider } from '../../../../src/language/compose/provider.ts'
import type { Completion, Location } from '../../../../src/language/answers.ts'
import type { Context, SourceDocument } from '../../../../src/language/provider.ts'
import { languageContext, memoryHost, sourceDocument, withCursor } from '../../../support/language-context.ts'

export const home = 'file:///ws'

export interface Asked {
  readonly doc: SourceDocument
  readonly offset: number
  readonly context: Context
}

/** A compose document with a `|` where the cursor is, and files beside it. */
export function ask(
  marked: string,
  files: Readonly<Record<string, string>> = {},
  more: {
    /** True where a `|` belongs to the text. */
    readonly whole?: boolean
    readonly name?: string
    readonly host?: Partial<Host>
    readonly context?: Partial<Context>
  } = {},
): Asked {
  const { text, offset } =
    marked.includes('|') && more.whole !== true ? withCursor(marked) : { text: marked, offset: 0 }
  const name = more.name ?? 'compose.yaml'
  const doc = sourceDocument(text, 'compose', `${home}/${name}`)
  const host = { ...memoryHost({ ...files, [name]: text }, home), ...more.host }
  return { doc, offset, context: languageContext(host, more.context) }
}

export async function completions(asked: Asked): Promise<readonly Completion[]> {
  const list = await composeProvider.completion?.(asked.doc, asked.offset, asked.context)
  return list?.items ?? []
}

export async function labels(asked: Asked): Promise<readonly string[]> {
  return (await completions(asked)).map(({ label }) => label)
}

/** The text after one completion was taken. */
export async function completed(asked: Asked, label: string): Promise<string> {
  const item = (await completions(asked)).find((each) => each.label === label)
  if (item === undefined) throw new Error(`no completion ${label}`)
  const { range, newText } = item.edit
  return asked.doc.text.slice(0, range.start) + newText + asked.doc.text.slice(range.end)
}

export async function hovered(asked: Asked): Promise<string> {
  return (await composeProvider.hover?.(asked.doc, asked.offset, asked.context))?.markdown ?? ''
}

/** Places as `file:line:text`. */
export function shown(
  locations: readonly Location[],
  files: Readonly<Record<string, string>>,
): readonly string[] {
  return locations.map(({ uri, range }) => {
    const name = uri.slice(home.length + 1)
    const text = files[name] ?? ''
    const line = text.slice(0, range.start).split('\n').length
    return `${name}:${line}:${text.slice(range.start, range.end)}`
  })
}
