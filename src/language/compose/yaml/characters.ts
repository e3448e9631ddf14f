/** The character classes of the engine's YAML reader. All take the text and an offset; the end of the text is NUL. */

export function isBreakCode(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029
}

export function isBlankCode(code: number): boolean {
  return code === 0x20 || code === 0x09
}

/** The code at an offset; 0 beyond the end. */
export function codeAt(text: string, offset: number): number {
  return offset < text.length ? text.charCodeAt(offset) : 0
}

export function isBreak(text: string, offset: number): boolean {
  return isBreakCode(codeAt(text, offset))
}

export function isBlank(text: string, offset: number): boolean {
  return isBlankCode(codeAt(text, offset))
}

export function isEnd(text: string, offset: number): boolean {
  return offset >= text.length
}

export function isBreakOrEnd(text: string, offset: number): boolean {
  return isEnd(text, offset) || isBreak(text, offset)
}

export function isBlankOrEnd(text: string, offset: number): boolean {
  return isEnd(text, offset) || isBlank(text, offset) || isBreak(text, offset)
}

/** A letter, a digit, `_` or `-`: what anchors and tag handles are made of. */
export function isWordCode(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x5f ||
    code === 0x2d
  )
}

/** The offset behind the line break at `offset`; CR LF is one break. */
export function afterBreak(text: string, offset: number): number {
  return codeAt(text, offset) === 0x0d && codeAt(text, offset + 1) === 0x0a ? offset + 2 : offset + 1
}

/** What a break contributes to a scalar: a line feed, but the two Unicode separators stay what they are. */
export function breakText(text: string, offset: number): string {
  const code = codeAt(text, offset)
  return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n'
}

/** True at the start of a line that reads `---` or `...`. */
export function isDocumentMarker(text: string, offset: number, column: number): boolean {
  if (column !== 0) return false
  const code = codeAt(text, offset)
  if (code !== 0x2d && code !== 0x2e) return false
  return (
    codeAt(text, offset + 1) === code && codeAt(text, offset + 2) === code && isBlankOrEnd(text, offset + 3)
  )
}

/** The offset of the first character the engine refuses wherever it stands: control characters, lone surrogates. */
export function firstForbidden(text: string): number {
  return text.search(forbidden)
}

const forbidden =
  /[^\t\n\r\x20-\x7e\x85\xa0-\ufffd]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** The end of the line of `offset`, before its break. */
export function lineEnd(text: string, offset: number): number {
  return runEnd(line, text, offset)
}

/** Where the line of `offset` begins, behind its break. */
export function lineStart(text: string, offset: number): number {
  let start = offset
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--
  return start
}

const line = /[^\n\r\x85\u2028\u2029]*/y

/**
 * The end of what a pattern matches at an offset; it must be sticky, and one that may match nothing. A first look at a text runs code
 * that is not compiled yet, and patterns are: they go over the characters between two signs many times faster.
 */
export function runEnd(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset
  return pattern.test(text) ? pattern.lastIndex : offset
}
