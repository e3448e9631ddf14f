import { t } from '../shared/l10n.ts'

/** What is looked for in the visible text of lines. */
export interface Pattern {
  readonly text: string
  readonly regex: boolean
  readonly matchCase: boolean
  readonly wholeWord: boolean
}

/** Looks for nothing. */
export const noPattern: Pattern = { text: '', regex: false, matchCase: false, wholeWord: false }

/** Start and end, in UTF-16 units. */
export type Range = readonly [start: number, end: number]

export interface Matcher {
  test(text: string): boolean
  /** The stretches that match, in order; at most a hundred, and never an empty one. */
  ranges(text: string): readonly Range[]
  /**
   * Where the first line that matches has a match, of a text of many lines from `from` on; -1 where none has. Only where no match can
   * go over a line's end: then it is the same as testing each line, and much faster.
   */
  readonly firstIn?: (text: string, from: number) => number
}

const longestPattern = 2000
const mostRanges = 100

export const anything: Matcher = { test: () => true, ranges: () => [] }

/** The matcher of a pattern; of a wrong one, what is wrong. An empty pattern matches everything. */
export function compilePattern(pattern: Pattern): Matcher | { readonly error: string } {
  const { text, regex, matchCase, wholeWord } = pattern
  if (text === '') return anything
  if (text.length > longestPattern) return { error: t('The expression is too long.') }
  if (!regex && matchCase && !wholeWord) return literal(text)
  const source = regex ? `(?:${text})` : text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
  try {
    return byExpression(
      expression(wholeWord ? `${wordStart}${source}${wordEnd}` : source, matchCase ? 'g' : 'gi'),
      regex ? staysInLine(text) : !text.includes('\n'),
    )
  } catch (fault) {
    // The engine's own words, without the expression itself in front of them.
    const said = fault instanceof Error ? fault.message.replace(/^Invalid regular expression: .*: /, '') : ''
    return { error: said === '' ? t('This is no regular expression.') : said }
  }
}

export function isError(
  compiled: Matcher | { readonly error: string },
): compiled is { readonly error: string } {
  return 'error' in compiled
}

/**
 * Whether it is certain that nothing an expression matches, or looks at, is beyond a line: it is made of plain characters, classes
 * that are no negation and the like.
 */
const staysInLine = (source: string): boolean =>
  !/[\u0000-\u001f]|\[\^|\(\?(?!:)|\\b-|\\[^dwb.*+?^$()[\]{}|/\\-]/.test(source)

const wordStart = '(?<![\\p{L}\\p{N}_])'
const wordEnd = '(?![\\p{L}\\p{N}_])'

/** With Unicode rules where the expression allows them: they are stricter about needless backslashes. */
function expression(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, `${flags}u`)
  } catch (fault) {
    if (source.startsWith(wordStart))
      return new RegExp(source.replace(wordStart, '(?<!\\w)').replace(wordEnd, '(?!\\w)'), flags)
    try {
      return new RegExp(source, flags)
    } catch {
      throw fault
    }
  }
}

function literal(needle: string): Matcher {
  return {
    test: (text) => text.includes(needle),
    ...(needle.includes('\n') ? {} : { firstIn: (text: string, from: number) => text.indexOf(needle, from) }),
    ranges(text) {
      const ranges: Range[] = []
      for (
        let at = text.indexOf(needle);
        at >= 0 && ranges.length < mostRanges;
        at = text.indexOf(needle, at)
      )
        ranges.push([at, (at += needle.length)])
      return ranges
    },
  }
}

function byExpression(regex: RegExp, staysInLine: boolean): Matcher {
  return {
    ...(staysInLine ? { firstIn: firstByExpression(regex) } : {}),
    test(text) {
      regex.lastIndex = 0
      return regex.test(text)
    },
    ranges(text) {
      const ranges: Range[] = []
      regex.lastIndex = 0
      while (ranges.length < mostRanges) {
        const match = regex.exec(text)
        if (match === null) break
        if (match[0] === '') regex.lastIndex += 1
        else ranges.push([match.index, regex.lastIndex])
      }
      return ranges
    },
  }
}

function firstByExpression({ source, flags }: RegExp): NonNullable<Matcher['firstIn']> {
  const ofLines = new RegExp(source, `${flags}m`)
  return (text, from) => {
    ofLines.lastIndex = from
    return ofLines.exec(text)?.index ?? -1
  }
}
