import { t } from '../../../shared/l10n.ts'
import type { ScalarNode, YamlNode } from '../yaml/nodes.ts'
import { applyCast, rootOfCasts, stepInCasts, type Cast, type CastTree } from './casts.ts'
import { emptyMessage, type Problems } from './problem.ts'
import {
  freshRoom,
  substitute,
  type Lookup,
  type Substituted,
  type VariableUse,
} from '../../../shared/dotenv/template.ts'
import { unknown, type Item, type Origin, type ScalarValue, type Value } from './value.ts'

/** A variable in a file, with the offsets it has there. */
export interface VariablePlace extends VariableUse {
  readonly origin: Origin
  readonly set: boolean
}

/** The offset in the file of an offset in the text of a scalar. */
export function offsetInFile(fileText: string, node: ScalarNode): (offset: number) => number {
  const raw = fileText.slice(node.start, node.end)
  const direct = raw.indexOf(node.text)
  if (direct >= 0 && (node.text !== '' || raw === '')) return (offset) => node.start + direct + offset
  // Folded, escaped or indented: dollars correspond one by one, and what follows one stands as it is written.
  const written = dollarsOf(raw)
  const read = dollarsOf(node.text)
  if (written.length !== read.length) return () => node.start
  return (offset) => {
    let index = -1
    for (let end = read.length; index + 1 < end;) {
      const middle = (index + 1 + end) >> 1
      if (read[middle]! <= offset) index = middle
      else end = middle
    }
    const base = read[index]
    if (base === undefined) return node.start
    return Math.min(node.start + written[index]! + (offset - base), node.end)
  }
}

function dollarsOf(text: string): number[] {
  const offsets: number[] = []
  for (let at = text.indexOf('$'); at >= 0; at = text.indexOf('$', at + 1)) offsets.push(at)
  return offsets
}

/** Replaces the variables in all texts of a document and casts what must be a number or a truth value. */
export function interpolate(
  value: Value,
  lookup: Lookup,
  problems: Problems,
  onVariable: (place: VariablePlace) => void,
): Value {
  const room = freshRoom()
  let told = false
  const scalar = (value: ScalarValue, cast: Cast | undefined): ScalarValue => {
    if (value.type !== 'string') return value
    const before = String(value.value)
    const result = before.includes('$') ? substitute(before, lookup, room) : undefined
    if (result !== undefined) report(value.origin, result)
    if (result?.cut === true && !told) {
      told = true
      const message = t('Values that become so long are not all worked out.')
      problems.add('too-long', message, value.origin, { severity: 'information' })
    }
    if (result !== undefined && (result.faults.length > 0 || result.cut)) return unknown(value.origin)
    const text = result?.value ?? before
    if (cast === undefined) return text === before ? value : { ...value, value: text }
    const casted = applyCast(cast, text)
    if (casted !== undefined) return { ...value, ...casted }
    const message = text === '' ? emptyMessage(value.origin) : castMessage(cast, text, text !== before)
    problems.add('cast', message, value.origin)
    return unknown(value.origin)
  }

  const report = (origin: Origin, result: Substituted): void => {
    const toFile = mapper(origin)
    const unset = new Set(result.unset)
    for (const use of result.uses) {
      const { name, operator, argument } = use
      const [start, end, nameStart] = [toFile(use.start), toFile(use.end), toFile(use.nameStart)]
      const place = { name, start, end, nameStart, origin, set: lookup(name) !== undefined }
      onVariable(operator === undefined ? place : { ...place, operator, argument: argument ?? '' })
      if (unset.has(use) && !problems.full)
        problems.add(
          'unset-variable',
          t('The variable `{0}` is not set: an empty text is used.', name),
          origin,
          {
            severity: 'warning',
            range: { start: nameStart, end: nameStart + name.length },
            data: { missing: { section: 'env', name } },
          },
        )
    }
    for (const fault of problems.full ? [] : result.faults) {
      const range = { start: toFile(fault.start), end: Math.max(toFile(fault.end), toFile(fault.start)) }
      if (fault.kind === 'invalid')
        problems.add(
          'interpolation',
          t('This is no variable the engine can read. Write `$$` for a plain dollar sign.'),
          origin,
          { range },
        )
      else
        problems.add(
          'required-variable',
          fault.reason === undefined || fault.reason === ''
            ? t('The variable `{0}` is required and has no value.', fault.name ?? '')
            : t('The variable `{0}` is required and has no value: {1}', fault.name ?? '', fault.reason),
          origin,
          { range, data: { missing: { section: 'env', name: fault.name ?? '' } } },
        )
    }
  }

  // What holds no variable and no cast stays the same object: most of a file does.
  const walk = (value: Value, casts: CastTree | undefined): Value => {
    if (value.kind === 'scalar') return scalar(value, casts?.cast)
    if (value.kind === 'list') {
      const inner = stepInCasts(casts, '[]')
      let items: Value[] | undefined
      for (let index = 0; index < value.items.length; index++) {
        const item = value.items[index]!
        const walked = walk(item, inner)
        if (walked !== item) (items ??= [...value.items])[index] = walked
      }
      return items === undefined ? value : { ...value, items }
    }
    let changed: Map<string, Item> | undefined
    for (const [key, item] of value.entries) {
      const inner = walk(item.value, stepInCasts(casts, key))
      if (inner === item.value) continue
      changed ??= new Map(value.entries)
      changed.set(key, { key: item.key, value: inner })
    }
    return changed === undefined ? value : { ...value, entries: changed }
  }
  return walk(value, rootOfCasts())
}

function mapper(origin: Origin): (offset: number) => number {
  const node: YamlNode = origin.node
  return node.kind === 'scalar' ? offsetInFile(origin.source.yaml.text, node) : () => node.start
}

function castMessage(cast: Cast, text: string, substituted: boolean): string {
  switch (cast) {
    case 'int':
      return substituted
        ? t('This becomes `{0}`, not a whole number.', text)
        : t('`{0}` is no whole number.', text)
    case 'float':
      return substituted ? t('This becomes `{0}`, not a number.', text) : t('`{0}` is no number.', text)
    case 'bool':
      return substituted
        ? t('This becomes `{0}`, not true or false.', text)
        : t('`{0}` is neither true nor false.', text)
  }
}
