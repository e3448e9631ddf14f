/** A new rule: its file, and the index with one line more. */
export interface NewRule {
  readonly file: string
  readonly text: string
  readonly index: string
}

const camel = (id: string): string => id.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())

/** Makes the file of a rule and adds it to the index of its kind, which stays sorted. Throws for an id that is none or is taken. */
export function newRule(kind: 'dockerfile' | 'compose', id: string, index: string): NewRule {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id))
    throw new Error(`${id}: an id is kebab-case, such as no-sudo`)
  if (index.includes(`'./${id}.ts'`)) throw new Error(`${id} is there already`)
  return { file: `src/language/rules/${kind}/${id}.ts`, text: template(kind, id), index: addTo(index, id) }
}

function addTo(index: string, id: string): string {
  const lines = index.split('\n')
  insertSorted(lines, /^import \w+ from '\.\/([a-z0-9-]+)\.ts'/, id, `import ${camel(id)} from './${id}.ts'`)
  insertSorted(lines, /^ {2}(\w+),$/, camel(id), `  ${camel(id)},`)
  return lines.join('\n')
}

/** Puts a line before the first one of its kind that comes after it, or below the last one. */
function insertSorted(lines: string[], pattern: RegExp, key: string, line: string): void {
  const found = lines.flatMap((text, at) => {
    const match = pattern.exec(text)
    return match ? [{ at, key: match[1]! }] : []
  })
  const wanted = sortKey(key)
  const before = found.find((entry) => sortKey(entry.key) > wanted)
  lines.splice(before ? before.at : (found.at(-1)?.at ?? 0) + 1, 0, line)
}

/** Ids sort as their files do; names in the list as the ids they come from. */
const sortKey = (name: string): string =>
  `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`

function template(kind: 'dockerfile' | 'compose', id: string): string {
  const define = kind === 'dockerfile' ? 'defineRule' : 'defineComposeRule'
  const source = kind === 'dockerfile' ? '../define-rule.ts' : './define-rule.ts'
  const body =
    kind === 'dockerfile'
      ? `    for (const instruction of context.named('RUN'))
      if (instruction.args.text.includes('word'))
        yield { range: instruction.keywordRange, message: t('Say what is wrong, in one sentence.') }`
      : `    if (doc.text.includes('word'))\n      yield { range: { start: 0, end: 0 }, message: t('Say what is wrong, in one sentence.') }`
  const examples =
    kind === 'dockerfile'
      ? `[{ bad: 'FROM alpine:3\\n«RUN» word\\n', good: 'FROM alpine:3\\nRUN other\\n' }]`
      : `[{ bad: '«»word: 1\\n', good: 'other: 1\\n' }]`
  return `import { t } from '../../../shared/l10n.ts'
import { ${define} } from '${source}'

export default ${define}({
  id: '${id}',
  aliases: [],
  severity: 'information',
  summary: 'What is caught, in one line',
  why: 'Why it matters.',
  examples: ${examples},
  *check(${kind === 'dockerfile' ? '_doc, context' : 'doc'}) {
${body}
  },
})
`
}
