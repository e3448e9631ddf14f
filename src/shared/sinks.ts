/**
 * Strings that come from an engine, a file or a workspace are hostile. Each place they are shown has its own escape here:
 * plain text (rows, messages), Markdown (tooltips, hovers) and HTML (webviews). Terminals have theirs in `engine/terminal-filter`.
 */

// C0, DEL, C1, zero-width and direction marks: what can hide or reorder text.
const hidden = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** One line of plain text: control and direction characters are shown as `\n`, `\x1b`, `\u202e`; cut to `limit` characters. */
export function plain(text: string, limit = 500): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}…` : text
  return cut.replace(hidden, (character) => {
    if (character === '\n') return '\\n'
    if (character === '\r') return '\\r'
    if (character === '\t') return '\\t'
    const code = character.charCodeAt(0)
    return code < 0x100
      ? `\\x${code.toString(16).padStart(2, '0')}`
      : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

/** Text for Markdown that is neither trusted nor allowed HTML: every character with a meaning there is escaped. */
export function markdown(text: string, limit = 500): string {
  return plain(text, limit)
    .replace(/[\\`*_{}[\]()#+\-.!|<>~&:@$"'=]/g, (character) => `\\${character}`)
    .replace(/\\:\/\//g, '\\:\u200b//')
}

/** Text as Markdown code; no content can end the code span. */
export function markdownCode(text: string, limit = 500): string {
  const line = plain(text, limit)
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map((run) => run[0].length))
  const fence = '`'.repeat(longest + 1)
  const pad = line.startsWith('`') || line.endsWith('`') || line.trim() === '' ? ' ' : ''
  return `${fence}${pad}${line}${pad}${fence}`
}

/**
 * A label or a message as it is written: of `$(name)` the editor would make an icon, of `[text](command:…)` a link that runs a command.
 * What is between the two characters then cannot be seen.
 */
export const verbatim = (text: string): string => text.replace(/\$(?=\()|\](?=\()/g, '$&\u200b')

/** Text for HTML, in an element or a quoted attribute. */
export function html(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

/** Data as JSON for a script element of type `application/json`; no text in it can end the element or begin a comment. */
export const scriptData = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c')
