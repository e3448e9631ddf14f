import type { TextRange } from '../../../../src/shared/text-range.ts'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import { dockerfileRules } from '../../../../src/language/rules/dockerfile/index.ts'
import { contextOf } from '../../../../src/language/rules/facts/context.ts'
import { ignoreMatcher } from '../../../../src/shared/dockerignore/matcher.ts'
import { parseIgnoreFile } from '../../../../src/shared/dockerignore/parse.ts'
import { composeRules } from '../../../../src/language/rules/compose/index.ts'
import type { AnyRule, Example, Report } from '../../../../src/language/rules/rule.ts'
import { composeDoc } from '../compose/compose-doc.ts'

/** One kind of rules, and how its examples are run. */
export interface Family {
  readonly name: string
  /** The folder with one file for each rule. */
  readonly folder: string
  /** Files of the folder that are no rules. */
  readonly others: readonly string[]
  readonly rules: readonly FamilyRule[]
}

export interface FamilyRule {
  readonly rule: AnyRule
  readonly run: (text: string, options: Example<object>['options']) => Report[]
}

export const families: readonly Family[] = [
  {
    name: 'Dockerfile',
    folder: 'src/language/rules/dockerfile',
    others: [],
    rules: dockerfileRules.map((rule) => ({
      rule,
      run(text, options: NonNullable<(typeof rule.examples)[number]['options']> = {}) {
        const { dockerignore, config, images } = options
        const doc = parseDockerfile(text)
        const context = contextOf(doc, {
          ...(config && { config }),
          ...(dockerignore !== undefined && { ignoreFile: ignoreMatcher(parseIgnoreFile(dockerignore)) }),
          ...(images && { images: new Map(Object.entries(images)) }),
        })
        return [...rule.check(doc, context)]
      },
    })),
  },
  {
    name: 'Compose',
    folder: 'src/language/rules/compose',
    others: ['define-rule.ts', 'edits.ts', 'lint.ts', 'order.ts', 'ordered.ts', 'pragmas.ts', 'scalars.ts'],
    rules: composeRules.map((rule) => ({
      rule,
      run: (text, options: NonNullable<(typeof rule.examples)[number]['options']> = {}) => [
        ...rule.check(composeDoc(text, options.files), undefined),
      ],
    })),
  },
]

/** Takes the «marks» out of a text and tells where they were. */
export function unmark(marked: string): { text: string; ranges: TextRange[] } {
  let text = ''
  const ranges: TextRange[] = []
  const open: number[] = []
  for (const character of marked) {
    if (character === '«') open.push(text.length)
    else if (character === '»') ranges.push({ start: open.pop()!, end: text.length })
    else text += character
  }
  return { text, ranges: inOrder(ranges) }
}

/** Puts marks around ranges, so that a wrong one is seen at once. */
export function mark(text: string, ranges: readonly TextRange[]): string {
  const marks = ranges.flatMap(({ start, end }, index) => [
    { at: start, text: '«', order: 1 + index },
    { at: end, text: '»', order: end > start ? -1 - index : 1000 + index },
  ])
  marks.sort((a, b) => b.at - a.at || b.order - a.order)
  return marks.reduce((result, { at, text: m }) => result.slice(0, at) + m + result.slice(at), text)
}

export const inOrder = (ranges: readonly TextRange[]): TextRange[] =>
  [...ranges].sort((a, b) => a.start - b.start || b.end - a.end)
