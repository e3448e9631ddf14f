/** Whether two plain values (objects, arrays, primitives) say the same; the properties `except` of the outermost are not looked at. */
export function sameValue(a: unknown, b: unknown, except?: ReadonlySet<string>): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameValue(item, b[index]))
    )
  return sameProperties(a as Properties, b as Properties, except)
}

type Properties = Readonly<Record<string, unknown>>

function sameProperties(a: Properties, b: Properties, except: ReadonlySet<string> | undefined): boolean {
  const looked = (properties: Properties): string[] =>
    Object.keys(properties).filter((key) => except?.has(key) !== true && properties[key] !== undefined)
  const keys = looked(a)
  return (
    keys.length === looked(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameValue(a[key], b[key]))
  )
}
