import { readFileSync, readdirSync } from 'node:fs'
import ts from 'typescript'

export interface FoundTexts {
  /** Every literal text of `t(…)` and `plural(…)`, sorted, each once. */
  readonly texts: readonly string[]
  /** `file:line` of calls whose text is no literal. */
  readonly computed: readonly string[]
  /** Texts with `{0} lines` and the like that are also said of 1. */
  readonly onlyPlural: readonly string[]
}

const sources = (): string[] =>
  readdirSync('src', { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts') && name !== 'src/shared/l10n.ts')
    .sort()

/** Looks for `t('…')` and `plural(…)` in the syntax of every source file: strings and comments are no calls. */
export function textsOfSources(): FoundTexts {
  const texts = new Set<string>()
  const computed: string[] = []
  const onlyPlural: string[] = []
  for (const file of sources()) {
    const content = readFileSync(file, 'utf8')
    if (!content.includes('l10n.ts')) continue
    const found = textsOf(content)
    for (const text of found.texts) texts.add(text)
    for (const line of found.computed) computed.push(`${file}:${line}`)
    onlyPlural.push(...found.onlyPlural)
  }
  return { texts: [...texts].sort(), computed, onlyPlural }
}

export function textsOf(content: string): {
  texts: readonly string[]
  computed: readonly number[]
  onlyPlural: readonly string[]
} {
  const file = ts.createSourceFile('source.ts', content, ts.ScriptTarget.ES2022, true)
  const texts: string[] = []
  const computed: number[] = []
  const onlyPlural: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const { text: callee } = node.expression
      const messages =
        callee === 't'
          ? [node.arguments[0]]
          : callee === 'plural'
            ? [node.arguments[1], node.arguments[2]]
            : []
      for (const message of messages) {
        const literals = message === undefined ? undefined : literalsOf(message)
        if (literals !== undefined) {
          texts.push(...literals)
          if (callee === 't' && !isNeverOfOne(node))
            onlyPlural.push(...literals.filter((text) => counted.test(text)))
        } else if (message === undefined || !isTitle(message))
          computed.push(file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1)
      }
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return { texts, computed, onlyPlural }
}

/** What may be a number, then a noun in the plural, with at most one word between: `{0} older lines`. */
const counted =
  /\{\d\} (?:\w+ )?(?:bytes|characters|CPUs|containers|entries|errors|events|failures|files|findings|images|layers|lines|matches|members|names|networks|objects|records|seconds|services|times|volumes|warnings)\b/

/** Whether a text stands where one is said otherwise: `several: …`, or the other side of `=== 1`. */
function isNeverOfOne(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isStatement(at); at = at.parent) {
    if (ts.isPropertyAssignment(at) && ts.isIdentifier(at.name) && at.name.text === 'several') return true
    if (ts.isConditionalExpression(at) && at.condition.getText().endsWith('=== 1')) return true
  }
  return false
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
