/** Tells whether a value from outside (a message, saved state) is what it should be. */
export type Check<T> = (value: unknown) => value is T
export type Checked<C> = C extends Check<infer T> ? T : never

type Shape = Readonly<Record<string, Check<unknown>>>
type Object<R extends Shape, O extends Shape> = { readonly [K in keyof R]: Checked<R[K]> } & {
  readonly [K in keyof O]?: Checked<O[K]>
}

export const isBoolean: Check<boolean> = (value) => typeof value === 'boolean'
export const isNumber: Check<number> = (value): value is number =>
  typeof value === 'number' && Number.isFinite(value)

/** A whole number from `least` to `most`. */
export function isInteger(least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER): Check<number> {
  return (value): value is number =>
    Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most
}

export function isText(longest: number): Check<string> {
  return (value): value is string => typeof value === 'string' && value.length <= longest
}

export function isOneOf<const T extends readonly (string | number)[]>(...values: T): Check<T[number]> {
  return (value): value is T[number] => (values as readonly unknown[]).includes(value)
}

export function isArray<T>(item: Check<T>, longest: number): Check<readonly T[]> {
  return (value): value is readonly T[] =>
    Array.isArray(value) && value.length <= longest && value.every(item)
}

export function isNullable<T>(check: Check<T>): Check<T | null> {
  return (value): value is T | null => value === null || check(value)
}

/** An object with these properties and no others. */
export function isObject<const R extends Shape, const O extends Shape = Record<never, never>>(
  required: R,
  optional?: O,
): Check<Object<R, O>> {
  const keys = Object.keys(required)
  return (value): value is Object<R, O> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
    const record = value as Readonly<Record<string, unknown>>
    if (!keys.every((key) => Object.hasOwn(record, key) && required[key]!(record[key]))) return false
    return Object.keys(record).every(
      (key) =>
        Object.hasOwn(required, key) ||
        (optional !== undefined &&
          Object.hasOwn(optional, key) &&
          (record[key] === undefined || optional[key]!(record[key]))),
    )
  }
}

export function isEither<const C extends readonly Check<unknown>[]>(...checks: C): Check<Checked<C[number]>> {
  return (value): value is Checked<C[number]> => checks.some((check) => check(value))
}

/** Messages by their `type`: each with the properties of its own. */
export function isMessage<const M extends Readonly<Record<string, Shape>>>(
  messages: M,
  optional: { readonly [K in keyof M]?: Shape } = {},
): Check<Message<M>> {
  const checks = new Map(
    Object.entries(messages).map(([type, shape]) => [
      type,
      isObject({ type: isOneOf(type), ...shape }, optional[type]),
    ]),
  )
  return (value): value is Message<M> => {
    if (typeof value !== 'object' || value === null) return false
    const check = checks.get(String((value as { readonly type?: unknown }).type))
    return check?.(value) ?? false
  }
}

export type Message<M extends Readonly<Record<string, Shape>>> = {
  [K in keyof M]: { readonly type: K } & { readonly [P in keyof M[K]]: Checked<M[K][P]> }
}[keyof M]
