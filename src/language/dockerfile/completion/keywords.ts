import type { TextRange } from '../../../shared/text-range.ts'
import type { Completion } from '../../answers.ts'
import type { DockerfileDoc } from '../model.ts'
import { directives } from '../reference/directives.ts'
import { instructions } from '../reference/instructions.ts'
import { dockerfileRules } from '../../rules/dockerfile/index.ts'
import { experimentalChecks } from '../../rules/check-options.ts'
import { isBuildKitName } from '../../rules/pragmas.ts'

/** What may start a line here: ARG and FROM before the first FROM, everything but MAINTAINER below. */
export function keywordItems(doc: DockerfileDoc, range: TextRange, inTrigger: boolean): Completion[] {
  const others = doc.instructions.filter((instruction) => instruction.keywordRange.start !== range.start)
  const firstFrom = others.find(({ name }) => name === 'FROM')
  const inPreamble = firstFrom === undefined || range.start < firstFrom.range.start
  const lower =
    others.length > 0 && others.filter(({ keyword, name }) => keyword === name).length * 2 < others.length
  const hasArguments = /^\w*[ \t]+[^\s\\`]/.test(doc.text.slice(range.end, range.end + 200))
  const items: Completion[] = []
  for (const { name, snippets, about } of instructions) {
    if (inPreamble && !inTrigger && name !== 'FROM' && name !== 'ARG') continue
    if (inTrigger && ['FROM', 'ONBUILD', 'MAINTAINER'].includes(name)) continue
    for (const [index, { label, text: template }] of snippets.entries()) {
      // In front of arguments only the word.
      if (hasArguments && index > 0) break
      const text = hasArguments ? name : template
      const written = lower ? text.replace(/^[A-Z]+/, (word) => word.toLowerCase()) : text
      items.push({
        label: lower ? label.replace(/^[A-Z]+/, (word) => word.toLowerCase()) : label,
        kind: index === 0 ? 'keyword' : 'snippet',
        edit: { range, newText: written },
        ...(!hasArguments && { snippet: true }),
        documentation: about(),
        sort: `${items.length.toString().padStart(3, '0')}`,
      })
    }
  }
  return items
}

export function directiveItems(doc: DockerfileDoc, typed: string, range: TextRange): Completion[] {
  const named = /^(\w+)\s*=\s*(.*)$/.exec(typed)
  if (named !== null) {
    const directive = directives.find(({ name }) => name === named[1]!.toLowerCase())
    const wish = /^(?:.*;)?\s*(skip|experimental)=(?:.*,)?(\w*)$/.exec(named[2]!)
    if (directive?.name === 'check' && wish !== null)
      return checkNames(wish[1] === 'experimental').map((name) => ({
        label: name,
        kind: 'value',
        edit: { range: { start: range.end - wish[2]!.length, end: range.end }, newText: name },
        sort: `${name === 'all' ? '0' : '1'}${name}`,
      }))
    const start = range.end - named[2]!.length
    return (directive?.values ?? []).map(({ value, about }) => ({
      label: value,
      kind: 'value',
      edit: { range: { start, end: range.end }, newText: value },
      ...(about && { documentation: about() }),
    }))
  }
  return directives
    .filter(({ name }) => !doc.directives.some((directive) => directive.name === name))
    .map(({ name, about }) => ({
      label: `${name}=`,
      kind: 'property',
      edit: { range, newText: `${name}=` },
      documentation: about(),
      again: true,
    }))
}

/** What `# check=skip=` or `experimental=` may name. */
const checkNames = (experimental: boolean): readonly string[] => {
  const names = experimental
    ? experimentalChecks
    : dockerfileRules.flatMap(({ aliases }) => aliases.filter(isBuildKitName))
  return ['all', ...new Set([...names].sort())]
}
