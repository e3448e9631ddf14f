import { byteAt, isDigit, oneOf } from './line-bytes.ts'

/**
 * What the lines before were: nothing of the kind; what a Go program died of; frames of a trace; an empty line below frames;
 * a trace of Python; the line that ends one; the stacks of Go.
 */
type State = 'none' | 'panic' | 'frames' | 'gap' | 'python' | 'raised' | 'go'

const decoder = new TextDecoder()
const scanned = 240
const colon = 0x3a

/** A frame of a stack trace in its own line: Java, JavaScript, .NET, Ruby, Rust, Elixir, PHP. */
const frame =
  /^\s+at .*[:(]|^\s+\.\.\. \d+ (?:more|common frames)|^\s+Suppressed: |^\s+---> |^\s+from \S+:\d+:in |^\s+\d+: (?:from |0x[\da-f]+|\S*::)|^\s+\([\w. -]+\) \S+:\d+: |^#\d+ (?:\S+\(\d+\): |\[internal function\]: |\{main\})|^\s+File "[^"]+", line \d+/

/** A frame of Ruby as Rails and Puma print it, not indented; what follows it on its line would be what went wrong. */
const rubyFrame = /^(?:\[[^\]]*\] )?[^\s:]+:\d+:in [`'][^`]*'$/

/** Lines that begin or go on with a trace although they are not indented. */
const heading = /^(?:Caused by:(?: |$)|Stack trace:|\[stacktrace\]|[Ss]tack backtrace:)/

/** What else stands in a trace: the ends of what Node and Laravel print, Rust's advice, what joins two traces of Python. */
const between =
  /^(?:\}|"\}\s*|Node\.js v\d[\d.]*)$|^(?:\s*--- End of |\s+thrown in |note: [Rr]un with `RUST_BACKTRACE|note: Some details are omitted)/

const joint =
  /^(?:During handling of the above exception|The above exception was the direct cause|Traceback \()/

const goFrame = /^(?:\t|goroutine \d+ |created by |\S+\(.*\)$|\[signal |exit status \d+$|$)/

/**
 * Tells for each line of one source in turn whether it belongs to the stack trace that an earlier line began. The line that says
 * what went wrong is not part of it: it stays when the trace is folded away.
 */
export class TraceReader {
  #state: State = 'none'

  /** The line is what the bytes are from `from` up to `end`. */
  continues(bytes: Uint8Array, from = 0, end = bytes.length): boolean {
    const first = byteAt(bytes, from, end)
    const indented = first === 0x20 || first === 0x09
    if (this.#state === 'none' && !(indented ? beginsIndented : begins)(bytes, from, end)) return false
    const text = decoder.decode(bytes.subarray(from, Math.min(end, from + scanned)))
    const before = this.#state
    this.#state = this.#goesOn(text, indented) ?? 'none'
    if (this.#state !== 'none') return before !== 'python' || this.#state !== 'raised'
    this.#state = startOf(text)
    return this.#state === 'go' || this.#state === 'frames'
  }

  /** The state after a line that goes on with what was before; undefined where it does not. */
  #goesOn(text: string, indented: boolean): State | undefined {
    const empty = text.trim() === ''
    switch (this.#state) {
      case 'none':
        return undefined
      case 'python':
        return indented || empty || joint.test(text) ? 'python' : 'raised'
      case 'raised':
        if (empty) return 'raised'
        return joint.test(text) ? 'python' : undefined
      case 'panic':
        if (text.startsWith('goroutine ')) return 'go'
        return empty || indented || text.startsWith('[signal ') ? 'panic' : undefined
      case 'go':
        return goFrame.test(text) ? 'go' : undefined
      case 'frames':
        if (empty) return 'gap'
        return indented || isOfTrace(text) ? 'frames' : undefined
      case 'gap':
        if (empty) return 'gap'
        return isOfTrace(text) ? 'frames' : undefined
    }
  }
}

const isOfTrace = (text: string): boolean =>
  heading.test(text) || between.test(text) || frame.test(text) || rubyFrame.test(text)

/** What a line begins that is no part of a trace before it. */
function startOf(text: string): State {
  if (/^(?:\s*\+ Exception Group )?Traceback \(most recent call last\)/.test(text)) return 'python'
  if (/^(?:panic|fatal error): /.test(text)) return 'panic'
  if (/^goroutine \d+ \[/.test(text)) return 'go'
  return frame.test(text) || heading.test(text) || rubyFrame.test(text) ? 'frames' : 'none'
}

/** The first two letters of the unindented lines that can be of interest. */
const beginnings = new Set(
  ['Traceback', 'goroutine', 'panic', 'fatal', 'Caused', 'Stack', 'stack', '[stacktrace'].map(
    (word) => (word.charCodeAt(0) << 8) | word.charCodeAt(1),
  ),
)

/** Spares nearly all lines the making of a text. */
function begins(bytes: Uint8Array, from: number, end: number): boolean {
  const first = byteAt(bytes, from, end)
  return (
    first === 0x23 ||
    beginnings.has((first << 8) | byteAt(bytes, from + 1, end)) ||
    hasPlace(bytes, from, end)
  )
}

const indentedBeginnings = oneOf('a.S-f(F+0123456789')

/** Of lines that are indented those are left out of which the first letter tells it; what is no ASCII may be a space. */
function beginsIndented(bytes: Uint8Array, from: number, end: number): boolean {
  let at = from
  while (byteAt(bytes, at, end) === 0x20 || byteAt(bytes, at, end) === 0x09) at += 1
  const first = byteAt(bytes, at, end)
  return first > 0x7f || (first >= 0 && first < 0x20) || indentedBeginnings[first] === 1
}

/** `:12:in 'name'` */
function hasPlace(bytes: Uint8Array, from: number, end: number): boolean {
  if (byteAt(bytes, end - 1, end) !== 0x27) return false
  const limit = Math.min(end, from + scanned)
  let at = from
  while (at < limit && bytes[at] !== colon) at += 1
  if (at === limit) return false
  at += 1
  while (isDigit(byteAt(bytes, at, end))) at += 1
  return [colon, 0x69, 0x6e, 0x20].every((byte, index) => byteAt(bytes, at + index, end) === byte)
}
