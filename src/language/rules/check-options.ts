/** One option of a `# check=` directive, with its place in the value of the directive. */
export interface CheckOption {
  readonly name: string
  readonly value: string
  readonly at: number
  readonly end: number
  readonly valueAt: number
}

/** What the directive asks of BuildKit. */
export interface CheckWishes {
  /** Exact names of checks, or `all` alone. */
  readonly skip: readonly string[]
  readonly experimental: readonly string[]
  readonly error: boolean
}

/** The checks that are made where `experimental` asks for them, and that `skip` does not turn off then. */
export const experimentalChecks: readonly string[] = ['CopyIgnoredFile', 'InvalidDefinitionDescription']

const yes = /^(?:1|t|T|true|True|TRUE)$/
const no = /^(?:0|f|F|false|False|FALSE)$/

/** Whether `error=` understands a word. */
export const isCheckBoolean = (word: string): boolean => yes.test(word) || no.test(word)

/** The length of what counts of a directive's value: BuildKit reads to the first space. */
export function checkValueLength(value: string): number {
  const space = value.indexOf(' ')
  return space < 0 ? value.length : space
}

/** The options of `skip=A,B;error=true`; one without `=` has the name ''. */
export function checkOptions(value: string): CheckOption[] {
  let at = 0
  return value
    .slice(0, checkValueLength(value))
    .split(';')
    .map((text) => {
      const equals = text.indexOf('=')
      const start = at
      at += text.length + 1
      return {
        name: text.slice(0, Math.max(0, equals)).trim(),
        value: text.slice(equals + 1).trim(),
        at: start,
        end: start + text.length,
        valueAt: start + equals + 1,
      }
    })
}

/** Of two options of one name the last counts. */
export function checkWishes(value: string): CheckWishes {
  const last = (name: string): string =>
    checkOptions(value).findLast((option) => option.name === name)?.value ?? ''
  const list = (name: string): string[] => last(name).split(',').filter(Boolean)
  return { skip: list('skip'), experimental: list('experimental'), error: yes.test(last('error')) }
}

/** Whether a list of the directive means a check. */
export const namesCheck = (list: readonly string[], name: string): boolean =>
  list.includes(name) || (list.length === 1 && list[0] === 'all')
