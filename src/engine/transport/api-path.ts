import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'

const objectName = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/
const imageName = /^[A-Za-z0-9[][A-Za-z0-9._:/@+[\]-]*$/
const control = /[\u0000-\u001f\u007f]/
const longest = 1024

/** Percent-encodes one segment; `:`, `@` and `+` are legal in a path and kept, since not every engine decodes them. */
export function segment(text: string): string {
  return encodeURIComponent(text).replace(/%(3A|40|2B)/g, (code) => decodeURIComponent(code))
}

function refuse(text: string): never {
  throw new EngineError(
    'invalid',
    t('No engine has an object named {0}.', JSON.stringify(text.slice(0, 100))),
  )
}

/** The id or name of a container, network or exec, fit to stand in a path; anything else is refused with `invalid`. */
export function objectId(id: string): string {
  return id.length <= longest && objectName.test(id) ? id : refuse(id)
}

function segments(name: string): string {
  const parts = name.split('/')
  return parts.some((part) => part === '' || part === '.' || part === '..')
    ? refuse(name)
    : parts.map(segment).join('/')
}

/** An image's id or reference, each of its segments encoded. */
export function imageReference(reference: string): string {
  return reference.length <= longest && imageName.test(reference) ? segments(reference) : refuse(reference)
}

/** A volume's name, which volume plugins may give in several segments. */
export function volumeName(name: string): string {
  return name.length <= longest && !control.test(name) ? segments(name) : refuse(name)
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** `?a=1&b=2`, or nothing; an array repeats its key, undefined is left out. */
export function queryString(query: Query | undefined): string {
  const parameters = new URLSearchParams()
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value === undefined) continue
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [String(value)])
      parameters.append(key, one)
  }
  const text = parameters.toString()
  return text === '' ? '' : `?${text}`
}

/** The `filters` parameter of lists, prunes and events. */
export function filters(map: Readonly<Record<string, readonly string[]>>): string {
  return JSON.stringify(map)
}
