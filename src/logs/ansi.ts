import { CellRow } from './cell-row.ts'
import { applySgr, plainStyle, type SgrCode, type Style } from './sgr.ts'

export interface Span {
  readonly text: string
  readonly style?: Style
}

/** Whether a text is shown as it is, without a look at its characters one by one. */
export function isPlain(text: string): boolean {
  return !special.test(text)
}

// Controls other than tab, C1 controls, and what reorders text.
const special = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

export function visibleText(text: string): string {
  if (isPlain(text)) return text
  let visible = ''
  for (const span of parseAnsi(text)) visible += span.text
  return visible
}

/**
 * The text of a log line without its control sequences, with the styles that SGR sequences give it. Everything else a
 * terminal would obey is dropped: clipboard (OSC 52), links, titles, device control strings, movement to other lines. What moves
 * within the line, as progress bars do by `\r`, backspaces and columns, writes over what was there.
 */
export function parseAnsi(text: string): readonly Span[] {
  if (text === '') return []
  if (isPlain(text)) return [{ text }]
  return overwrites.test(text) ? overwritten(text) : inOrder(text)
}

const overwrites = /[\r\b]|(?:\u001b\[|\u009b)\d*[CDG]/

function inOrder(text: string): readonly Span[] {
  const spans: Span[] = []
  let style = plainStyle
  let run = ''
  const flush = (): void => {
    if (run !== '') spans.push(style === plainStyle ? { text: run } : { text: run, style })
    run = ''
  }
  scan(text, {
    text: (piece) => {
      run += piece
    },
    sgr: (parameters) => {
      flush()
      style = applySgr(style, parameters)
    },
    move: () => undefined,
    erase: () => undefined,
  })
  flush()
  return spans
}

/** The line as a terminal would show it after what moves within it, cell by cell. */
function overwritten(text: string): readonly Span[] {
  const row = new CellRow()
  let style = plainStyle
  scan(text, {
    text: (piece) => row.write(piece, style),
    sgr: (parameters) => {
      style = applySgr(style, parameters)
    },
    move: (to, count) => row.move(to, count),
    erase: (mode) => row.erase(mode),
  })
  const { cells } = row
  const spans: Span[] = []
  let from = 0
  for (let at = 1; at <= cells.length; at += 1) {
    if (at < cells.length && cells[at]!.style === cells[from]!.style) continue
    const { style: shared } = cells[from]!
    const run = cells
      .slice(from, at)
      .map((cell) => cell.text)
      .join('')
    spans.push(shared === plainStyle ? { text: run } : { text: run, style: shared })
    from = at
  }
  return spans
}

interface Sink {
  text(piece: string): void
  sgr(parameters: readonly SgrCode[]): void
  /** To a column, the first of which is 0; or by columns. */
  move(to: 'column' | 'by', count: number): void
  erase(mode: 0 | 1 | 2): void
}

/** Cuts a text into visible pieces and what acts on them. Whatever is not understood is dropped whole. */
function scan(text: string, sink: Sink): void {
  let at = 0
  let from = 0
  const flush = (to: number): void => {
    if (to > from) sink.text(text.slice(from, to))
  }
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (!isSpecial(code)) {
      at += 1
      continue
    }
    flush(at)
    if (code === 0x1b) at = escape(text, at, sink)
    else if (code === 0x0d || code === 0x08) {
      sink.move(code === 0x0d ? 'column' : 'by', code === 0x0d ? 0 : -1)
      at += 1
    } else if (code === 0x9b) at = controlSequence(text, at + 1, sink)
    else if (stringIntroducers.has(code)) at = afterString(text, at + 1)
    else {
      const picture = pictureOf(code)
      if (picture !== '') sink.text(picture)
      at += 1
    }
    from = at
  }
  flush(at)
}

const stringIntroducers = new Set([0x90, 0x98, 0x9d, 0x9e, 0x9f])

function isSpecial(code: number): boolean {
  return (
    (code < 0x20 && code !== 0x09) ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2066 && code <= 0x2069)
  )
}

/** Controls are shown as their pictures, direction marks by their code: nothing is hidden and nothing reordered. */
function pictureOf(code: number): string {
  // The bell, and the shifts between sets of characters, which are set back by many a terminal's `sgr0`.
  if (code === 0x07 || code === 0x0e || code === 0x0f) return ''
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  if (code < 0xa0) return ''
  return `⟨U+${code.toString(16).toUpperCase()}⟩`
}

/** After ESC at `at`: where the text goes on. */
function escape(text: string, at: number, sink: Sink): number {
  const next = text.charCodeAt(at + 1)
  if (next === 0x5b) return controlSequence(text, at + 2, sink)
  if (next === 0x5d || next === 0x50 || next === 0x58 || next === 0x5e || next === 0x5f)
    return afterString(text, at + 2)
  let end = at + 1
  while (end < text.length && text.charCodeAt(end) >= 0x20 && text.charCodeAt(end) <= 0x2f) end += 1
  const final = text.charCodeAt(end)
  return final >= 0x30 && final <= 0x7e ? end + 1 : end
}

/** OSC, DCS, APC, PM, SOS: up to BEL or ST, or to the end of the line. */
function afterString(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x07 || code === 0x9c || code === 0x18 || code === 0x1a) return at + 1
    if (code === 0x1b) return text.charCodeAt(at + 1) === 0x5c ? at + 2 : at
  }
  return text.length
}

function controlSequence(text: string, from: number, sink: Sink): number {
  let end = from
  while (end < text.length && text.charCodeAt(end) >= 0x20 && text.charCodeAt(end) <= 0x3f) end += 1
  const final = text[end]
  // An ESC or another control in the middle ends the sequence and is looked at for itself.
  if (final === undefined || final < '@' || final > '~') return end
  const body = text.slice(from, end)
  if (final === 'm' && /^[\d;:]*$/.test(body)) sink.sgr(parameters(body))
  else if (final === 'K' && /^[012]?$/.test(body)) sink.erase(Number(body === '' ? 0 : body) as 0 | 1 | 2)
  else if (/^\d*$/.test(body)) {
    const count = Math.max(1, Number(body))
    if (final === 'G') sink.move('column', count - 1)
    else if (final === 'C') sink.move('by', count)
    else if (final === 'D') sink.move('by', -count)
  }
  return end + 1
}

function parameters(body: string): readonly SgrCode[] {
  return body
    .split(';')
    .slice(0, 64)
    .map((part) =>
      part.includes(':') ? part.split(':').map((piece) => (piece === '' ? -1 : Number(piece))) : Number(part),
    )
}
