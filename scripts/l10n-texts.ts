import { readFileSync, readdirSync } from 'node:fs'
import ts from 'typescript'

export interface FoundTexts {
  /** Every literal first argument of `t(…)`, sorted, each once. */
  readonly texts: readonly string[]
  /** `file:line` of calls whose first argument is no literal. */
  readonly computed: readonly string[]
}

const sources = (): string[] =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && name !== 'src/shared/l10n.ts')
    .sort()

/** Looks through the tokens of every source file for `t('…')`, so that strings and comments cannot be mistaken for calls. */
export function textsOfSources(): FoundTexts {
  const texts = new Set<string>()
  const computed: string[] = []
  for (const file of sources()) {
    const content = readFileSync(file, 'utf8')
    if (!content.includes('l10n.ts')) continue
    const found = textsOf(content)
    for (const text of found.texts) texts.add(text)
    for (const line of found.computed) computed.push(`${file}:${line}`)
  }
  return { texts: [...texts].sort(), computed }
}

export function textsOf(content: string): { texts: readonly string[]; computed: readonly number[] } {
  const file = ts.createSourceFile('source.ts', content, ts.ScriptTarget.ES2022)
  const texts: string[] = []
  const computed: number[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 't') {
      const [first] = node.arguments
      const literals = first === undefined ? undefined : literalsOf(first)
      if (literals !== undefined) texts.push(...literals)
      else if (first === undefined || !isTitle(first))
        computed.push(file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return { texts, computed }
}

/** The titles of commands are texts of the manifest too, and are collected from the catalogue. */
const isTitle = (node: ts.Expression): boolean =>
  (ts.isIdentifier(node) && node.text === 'title') ||
  (ts.isPropertyAccessExpression(node) && node.name.text === 'title') ||
  // Without its ellipsis: `command.title.replace(…)`.
  (ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    isTitle(node.expression.expression))

/** The text of a literal, or of both sides of a condition between literals. */
function literalsOf(node: ts.Expression): readonly string[] | undefined {
  if (ts.isStringLiteralLike(node)) return [node.text]
  if (ts.isParenthesizedExpression(node)) return literalsOf(node.expression)
  if (!ts.isConditionalExpression(node)) return undefined
  const [yes, no] = [literalsOf(node.whenTrue), literalsOf(node.whenFalse)]
  return yes === undefined || no === undefined ? undefined : [...yes, ...no]
}
