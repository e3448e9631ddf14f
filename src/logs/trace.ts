/**
 * What the lines before were: nothing of the kind; what a Go program died of; frames of a trace; an empty line below frames;
 * a trace of Python; the line that ends one; the stacks of Go.
 */
type State = 'none' | 'panic' | 'frames' | 'gap' | 'python' | 'raised' | 'go'

const decoder = new TextDecoder()
const scanned = 240

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

  continues(bytes: Uint8Array): boolean {
    const first = bytes[0]
    const indented = first === 0x20 || first === 0x09
    if (this.#state === 'none' && !indented && !begins(bytes)) return false
    const text = decoder.decode(bytes.subarray(0, scanned))
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
const begins = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x23 || beginnings.has(((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) || hasPlace(bytes)

/** `:12:in 'name'` */
function hasPlace(bytes: Uint8Array): boolean {
  if (bytes[bytes.length - 1] !== 0x27) return false
  let at = bytes.indexOf(0x3a) + 1
  if (at === 0 || at > scanned) return false
  while (bytes[at]! >= 0x30 && bytes[at]! <= 0x39) at += 1
  return bytes[at] === 0x3a && bytes[at + 1] === 0x69 && bytes[at + 2] === 0x6e && bytes[at + 3] === 0x20
}
