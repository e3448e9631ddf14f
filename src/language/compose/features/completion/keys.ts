import { t } from '../../../../shared/l10n.ts'
import type { Completion } from '../../../answers.ts'
import { formFor, formsOf, namedKeys, resolved } from '../../schema/walk.ts'
import type { Schema } from '../../schema/schema.ts'
import { describe } from '../hover.ts'
import type { Place } from './place.ts'

/** The keys a mapping can have by the schema, without those it has. */
export function keyItems(place: Place, schema: Schema, step: string): readonly Completion[] {
  const form = formFor(schema, 'object')
  if (form === undefined) return []
  const required = new Set(form.required ?? [])
  return namedKeys(form)
    .filter((key) => !place.present.has(key))
    .map((key) => {
      const property = form.properties?.[key] ?? {}
      const { text, opens } = keyText(key, property, place, step)
      return {
        label: key,
        kind: 'property' as const,
        edit: { range: place.range, newText: text },
        documentation: describe(key, resolved(property)),
        sort: `${required.has(key) ? '0' : property.deprecated === true ? '3' : '1'}${key}`,
        ...(property.deprecated === true ? { deprecated: true } : {}),
        ...(opens ? { again: true } : {}),
        ...(required.has(key) ? { detail: t('required') } : {}),
      }
    })
}

/** A key with what follows it: a space for a value, a new line for a mapping or a list. */
export function keyText(
  key: string,
  schema: Schema,
  place: Pick<Place, 'flow' | 'column'>,
  step: string,
): { readonly text: string; readonly opens: boolean } {
  const types = new Set<string>(formsOf(schema).flatMap((form) => form.type ?? ['string' as const]))
  const scalar = ['string', 'number', 'integer', 'boolean'].some((type) => types.has(type))
  if (place.flow || scalar) {
    const words = formsOf(schema).some((form) => form.enum !== undefined) || types.has('boolean')
    return { text: `${key}: `, opens: words }
  }
  const indent = ' '.repeat(place.column) + step
  if (types.has('array') && !types.has('object')) return { text: `${key}:\n${indent}- `, opens: true }
  return { text: `${key}:\n${indent}`, opens: true }
}
