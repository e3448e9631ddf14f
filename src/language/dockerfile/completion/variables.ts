import { t } from '../../../shared/l10n.ts'
import type { TextRange } from '../../../shared/text-range.ts'
import type { Completion } from '../../answers.ts'
import { builtinArgs } from '../builtin-args.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'
import { scopesOf, type Definition } from '../scope.ts'

/** The name that is typed after a `$` or `${` at the end of a text, and whether there is a brace. */
export function variableTyped(text: string): { readonly name: string; readonly braced: boolean } | undefined {
  const match = /(?:^|[^\\$])(?:\$\$)*\$(\{?)(\w*)$/.exec(text)
  return match === null ? undefined : { name: match[2]!, braced: match[1] === '{' }
}

/** The variables that an instruction sees. `range` is that of the name. */
export function variableItems(
  doc: DockerfileDoc,
  instruction: Instruction,
  range: TextRange,
  braced: boolean,
): Completion[] {
  const isClosed = /^\w*[^\w\s$"'/]/.test(doc.text.slice(range.end, range.end + 200))
  const close = braced && !isClosed ? '}' : ''
  const items: Completion[] = []
  const seen = new Set<string>()
  for (const definition of scopesOf(doc).visible(instruction)) {
    seen.add(definition.name)
    items.push({
      label: definition.name,
      kind: 'variable',
      edit: { range, newText: definition.name + close },
      detail: detailOf(definition),
      sort: `0${definition.name}`,
    })
  }
  const global = instruction.stage < 0 || instruction.name === 'FROM'
  for (const { name, kind, about } of builtinArgs) {
    if (
      seen.has(name) ||
      (kind === 'platform'
        ? !global
        : kind !== 'proxy' || instruction.name !== 'RUN' || name !== name.toUpperCase())
    )
      continue
    items.push({
      label: name,
      kind: 'variable',
      edit: { range, newText: name + close },
      documentation: about(),
      sort: `1${name}`,
    })
  }
  return items
}

function detailOf({ kind, known }: Definition): string {
  const value = known.set && known.value !== undefined ? known.value.slice(0, 80) : undefined
  if (value === undefined) return kind.toUpperCase()
  return `${kind.toUpperCase()} = ${value === '' ? t('(empty)') : value}`
}

/** What may be declared with ARG here: the ARGs before the first FROM, and what BuildKit provides. */
export function declarationItems(
  doc: DockerfileDoc,
  instruction: Instruction,
  range: TextRange,
): Completion[] {
  const items: Completion[] = []
  const seen = new Set(
    doc.instructions
      .filter(({ stage, index }) => stage === instruction.stage && index !== instruction.index)
      .flatMap(({ pairs }) => pairs.map(({ key }) => key)),
  )
  const add = (name: string, detail: string, sort: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    items.push({ label: name, kind: 'variable', edit: { range, newText: name }, detail, sort })
  }
  if (instruction.stage >= 0)
    for (const { pairs, name } of doc.preamble)
      if (name === 'ARG')
        for (const { key, value } of pairs)
          add(key, value === undefined ? 'ARG' : `ARG = ${value.slice(0, 80)}`, `0${key}`)
  for (const { name, kind, about } of builtinArgs) if (kind === 'platform') add(name, about(), `1${name}`)
  return items
}
