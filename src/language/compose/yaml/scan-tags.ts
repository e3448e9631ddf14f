import { t } from '../../../shared/l10n.ts'
import { afterBreak, codeAt, isBlank, isBlankOrEnd, isBreakOrEnd, isEnd } from './characters.ts'
import type { ScanFault } from './scan-scalars.ts'

const handle = /![A-Za-z0-9_-]*!?/y
const uri = /(?:[A-Za-z0-9_\-;/?:@&=+$,.!~*'()[\]]|%[0-9A-Fa-f]{2})*/y
const standardPrefix = 'tag:yaml.org,2002:'

function match(pattern: RegExp, text: string, offset: number): string {
  pattern.lastIndex = offset
  return pattern.exec(text)?.[0] ?? ''
}

/** The short form of a tag: `tag:yaml.org,2002:str` is `!!str`. */
export function shortTag(name: string): string {
  return name.startsWith(standardPrefix) ? `!!${name.slice(standardPrefix.length)}` : name
}

/**
 * A tag, from its `!` on. The name is the short form of a standard tag, `!name` of a local one, and of one with a
 * handle of its own the handle, a space and the rest: only the document knows what such a handle stands for.
 */
export function scanTag(text: string, start: number): { name: string; end: number } | ScanFault {
  let name: string
  let end: number
  if (codeAt(text, start + 1) === 0x3c) {
    const content = match(uri, text, start + 2)
    end = start + 2 + content.length
    if (content === '' || codeAt(text, end) !== 0x3e)
      return { fault: t('`!<` must be closed by `>`.'), at: start }
    end++
    name = shortTag(content)
  } else {
    const head = match(handle, text, start)
    if (head.length > 1 && head.endsWith('!')) {
      const suffix = match(uri, text, start + head.length)
      if (suffix === '') return { fault: t('The tag has no name.'), at: start }
      end = start + head.length + suffix.length
      name = head === '!!' ? `!!${suffix}` : `${head} ${suffix}`
    } else {
      const rest = match(uri, text, start + head.length)
      end = start + head.length + rest.length
      name = `${head}${rest}`
    }
  }
  if (!isBlankOrEnd(text, end)) return { fault: t('A tag must end with a space.'), at: start }
  return { name, end }
}

/** A line that starts with `%`: `%YAML 1.1` or `%TAG !x! prefix`. */
export function scanDirective(
  text: string,
  start: number,
): { words: string; end: number; next: number } | ScanFault {
  let end = start
  while (!isBreakOrEnd(text, end) && !(codeAt(text, end) === 0x23 && isBlank(text, end - 1))) end++
  const words = text
    .slice(start, end)
    .trim()
    .split(/[ \t]+/)
  const known =
    (words[0] === '%YAML' && words.length === 2 && /^\d{1,2}\.\d{1,2}$/.test(words[1] ?? '')) ||
    (words[0] === '%TAG' && words.length === 3 && /^!(?:[\w-]*!)?$/.test(words[1] ?? ''))
  if (!known) return { fault: t('This is no directive the engine knows.'), at: start }
  let next = end
  while (!isBreakOrEnd(text, next)) next++
  return { words: words.join(' '), end, next: isEnd(text, next) ? next : afterBreak(text, next) }
}
