type Context = Readonly<Record<string, unknown>>
type Clause = (context: Context) => boolean

const read = new Map<string, Clause>()

/** Evaluates the part of VS Code's `when` clauses that the manifest uses: `&&`, `||`, `!`, `==`, `!=`, `=~`, parentheses, `true`, `false`. */
export function evaluateWhen(clause: string, context: Context): boolean {
  // The same few hundred are asked of every combination of flags.
  let known = read.get(clause)
  if (known === undefined) read.set(clause, (known = parseWhen(clause)))
  return known(context)
}

function parseWhen(clause: string): Clause {
  const tokens = tokensOf(clause)
  let at = 0
  const next = (): string => tokens[at++] ?? ''
  const or = (): Clause => {
    const parts = [and()]
    for (; tokens[at] === '||'; parts.push(and())) at++
    return (context) => parts.some((part) => part(context))
  }
  const and = (): Clause => {
    const parts = [term()]
    for (; tokens[at] === '&&'; parts.push(term())) at++
    return (context) => parts.every((part) => part(context))
  }
  const term = (): Clause => {
    const token = next()
    if (token === '!') {
      const part = term()
      return (context) => !part(context)
    }
    if (token === '(') {
      const part = or()
      if (next() !== ')') throw new SyntaxError(`no closing parenthesis in ${clause}`)
      return part
    }
    if (token === 'true') return () => true
    if (token === 'false') return () => false
    if (!/^[\w.:]+$/.test(token)) throw new SyntaxError(`unexpected ${token} in ${clause}`)
    return comparison(token)
  }
  const comparison = (key: string): Clause => {
    const operator = tokens[at] ?? ''
    if (!['==', '!=', '=~'].includes(operator)) return (context) => Boolean(context[key])
    at++
    const operand = next()
    if (operator === '==') return (context) => String(context[key]) === operand
    if (operator === '!=') return (context) => String(context[key]) !== operand
    const pattern = new RegExp(operand.slice(1, -1))
    return ({ [key]: value }) => typeof value === 'string' && pattern.test(value)
  }
  const whole = or()
  if (at !== tokens.length) throw new SyntaxError(`rest after ${at} tokens in ${clause}`)
  return whole
}

function tokensOf(clause: string): string[] {
  const tokens: string[] = []
  let at = 0
  const pattern = /\s*(\/(?:[^/\\]|\\.)+\/|&&|\|\||==|!=|=~|!|\(|\)|[\w.:-]+)/y
  while (at < clause.trimEnd().length) {
    pattern.lastIndex = at
    const match = pattern.exec(clause)
    if (match === null) throw new SyntaxError(`cannot read ${clause.slice(at)}`)
    tokens.push(match[1]!)
    at = pattern.lastIndex
  }
  return tokens
}
