import type { IgnoreFile } from './context.ts'

/** What a `.dockerignore` leaves out, by the rules of Docker's pattern matcher: the last line that matches counts. */
export function parseIgnoreFile(text: string): IgnoreFile {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const patterns = lines.map((line) => {
    const exception = line.startsWith('!')
    const path = clean(exception ? line.slice(1).trim() : line)
    return { exception, path, expression: expressionOf(path) }
  })
  return {
    hasExceptions: patterns.some(({ exception }) => exception),
    excludes(path) {
      const cleaned = clean(path)
      if (cleaned === '') return patterns.some(({ path: p }) => p === '*' || p === '**' || p === '**/*')
      const parts = cleaned.split('/')
      let excluded = false
      for (const { exception, expression } of patterns) {
        if (exception !== excluded) continue
        if (parts.some((_, index) => expression.test(parts.slice(0, index + 1).join('/'))))
          excluded = !exception
      }
      return excluded
    },
  }
}

/** Without `.`, `..` and slashes at the ends. */
function clean(path: string): string {
  const parts: string[] = []
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  return parts.join('/')
}

function expressionOf(pattern: string): RegExp {
  let source = ''
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]!
    if (character === '*') {
      if (pattern[at + 1] === '*') {
        while (pattern[at + 1] === '*') at++
        if (pattern[at + 1] === '/') {
          at++
          source += '(?:.*/)?'
        } else source += '.*'
      } else source += '[^/]*'
    } else if (character === '?') source += '[^/]'
    else if (character === '[') {
      const close = pattern.indexOf(']', at + 1)
      if (close < 0) source += '\\['
      else {
        source += `[${pattern.slice(at + 1, close).replace(/[\\[]/g, '\\$&')}]`
        at = close
      }
    } else source += character.replace(/[.+^${}()|[\]\\]/g, '\\$&')
  }
  try {
    return new RegExp(`^${source}$`)
  } catch {
    return /^(?!)/
  }
}
