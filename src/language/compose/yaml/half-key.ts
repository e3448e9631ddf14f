import { t } from '../../../shared/l10n.ts'
import type { Fix } from '../../rules/rule.ts'
import { lineEnd, lineStart } from './characters.ts'
import type { YamlProblem } from './nodes.ts'
import type { Token } from './tokens.ts'

/** A line that was meant as a key and is read as a text, for want of a colon or of the blank behind it. */
export interface HalfKey {
  readonly message: string
  readonly start: number
  readonly end: number
  readonly fix: Fix
}

/** What the plain text at `start` lacks to be a key; undefined where it does not look like one. */
export function halfKey(text: string, start: number, end: number): HalfKey | undefined {
  const line = text.slice(start, Math.min(end, lineEnd(text, start))).trimEnd()
  const [, key = '', colon = ''] = /^([\w.-]*\w)(:(?=\S)|(?= +\S)|$)/.exec(line) ?? []
  if (key === '' || line.startsWith('-') || / [=:]/.test(line)) return undefined
  const at = start + key.length + colon.length
  if (colon !== '')
    return {
      message: t('A space must stand between `{0}:` and its value.', key),
      start,
      end: start + line.length,
      fix: { title: t('Put a space after the colon'), edits: [insertion(at, ' ')] },
    }
  return {
    message: t('A colon must follow `{0}`.', key),
    start,
    end: at,
    fix: { title: t('Put a colon after `{0}`', key), edits: [insertion(at, ':')] },
  }
}

function insertion(at: number, newText: string): Fix['edits'][number] {
  return { range: { start: at, end: at }, newText }
}

/** Why no colon may stand at `colon`, behind the token `before`: a text on one line, or one that goes on from the line above. */
export function misplacedColon(text: string, colon: number, before: Token | undefined): YamlProblem {
  const plain = before?.type === 'scalar' && before.style === 'plain' ? before : undefined
  if (plain !== undefined && lineEnd(text, plain.start) < plain.end) {
    const alone = /(?:^|[\r\n])[ -]*$/.test(text.slice(Math.max(0, plain.start - 200), plain.start))
    const half = alone ? halfKey(text, plain.start, plain.end) : undefined
    if (half !== undefined) return { code: 'yaml-syntax', ...half }
    const line = text.slice(lineStart(text, colon), colon)
    return {
      code: 'yaml-syntax',
      message: t('This line is read as a part of the value above it: look at the indentation.'),
      start: colon - line.trimStart().length,
      end: colon,
    }
  }
  return {
    code: 'yaml-syntax',
    message: t('A second `:` on one line: quote the value, or move it to a line of its own.'),
    start: colon,
    end: colon + 1,
  }
}
