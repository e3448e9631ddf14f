/** Evaluates the part of VS Code's `when` clauses that the manifest uses: `&&`, `||`, `!`, `==`, `!=`, `=~`, parentheses, `true`, `false`. */
export function evaluateWhen(clause: string, context: Readonly<Record<string, unknown>>): boolean {
  const tokens = tokensOf(clause)
  let at = 0
  const next = (): string => tokens[at++] ?? ''
  const or = (): boolean => {
    let value = and()
    while (tokens[at] === '||') {
      at++
      const right = and()
      value = value || right
    }
    return value
  }
  const and = (): boolean => {
    let value = term()
    while (tokens[at] === '&&') {
      at++
      const right = term()
      value = value && right
    }
    return value
  }
  const term = (): boolean => {
    const token = next()
    if (token === '!') return !term()
    if (token === '(') {
      const value = or()
      if (next() !== ')') throw new SyntaxError(`no closing parenthesis in ${clause}`)
      return value
    }
    if (token === 'true') return true
    if (token === 'false') return false
    if (!/^[\w.:]+$/.test(token)) throw new SyntaxError(`unexpected ${token} in ${clause}`)
    const value = context[token]
    switch (tokens[at]) {
      case '==':
        at++
        return String(value) === next()
      case '!=':
        at++
        return String(value) !== next()
      case '=~':
        at++
        return typeof value === 'string' && new RegExp(next().slice(1, -1)).test(value)
      default:
        return Boolean(value)
    }
  }
  const value = or()
  if (at !== tokens.length) throw new SyntaxError(`rest after ${at} tokens in ${clause}`)
  return value
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
