type State = 'none' | 'frames' | 'python' | 'go'

const decoder = new TextDecoder()
const scanned = 240

/** A frame of a stack trace in its own line: Java, JavaScript, .NET, Ruby, Rust, Elixir, PHP. */
const frame =
  /^\s+at .*[:(]|^\s+\.\.\. \d+ (?:more|common frames)|^\s+Suppressed: |^\s+from \S+:\d+:in |^\s+\d+: (?:from |0x[\da-f]+|\S*::)|^\s+\([\w. -]+\) \S+:\d+: |^#\d+ (?:\S+\(\d+\): |\{main\})|^\s+File "[^"]+", line \d+/

/** Lines that go on with a trace although they are not indented. */
const between =
  /^(?:Caused by: |\s*--- End of |Stack trace:|\[stacktrace\]|stack backtrace:|\s+thrown in |During handling of the above exception|The above exception was the direct cause)/

const goFrame = /^(?:\t|goroutine \d+ |created by |\S+\(.*\)$|\[signal |$)/

/**
 * Tells for each line of one source in turn whether it belongs to the stack trace that an earlier line began. The line that says
 * what went wrong is not part of it: it stays when the trace is folded away.
 */
export class TraceReader {
  #state: State = 'none'

  continues(bytes: Uint8Array): boolean {
    const first = bytes[0]
    const indented = first === 0x20 || first === 0x09
    if (this.#state === 'none' && !indented && !begins(first)) return false
    const text = decoder.decode(bytes.subarray(0, scanned))
    switch (this.#state) {
      case 'python':
        if (indented || text === '') return true
        if (between.test(text) || text.startsWith('Traceback (')) return true
        this.#state = 'none'
        return false
      case 'go':
        if (goFrame.test(text)) return true
        break
      case 'frames':
        if (indented || between.test(text) || frame.test(text)) return true
        break
      case 'none':
        break
    }
    this.#state = 'none'
    if (text.startsWith('Traceback (most recent call last)')) {
      this.#state = 'python'
      return false
    }
    if (/^goroutine \d+ \[/.test(text)) {
      this.#state = 'go'
      return true
    }
    if (!frame.test(text) && !/^(?:Caused by: |Stack trace:|\[stacktrace\]|stack backtrace:)/.test(text))
      return false
    this.#state = 'frames'
    return true
  }
}

/** The letters that an unindented line must begin with to be of interest: `Traceback`, `goroutine`, `Caused by`, `Stack trace`, `stack`, `#0`, `[`. */
const beginnings = new Set([...'TgCSs#['].map((letter) => letter.charCodeAt(0)))
const begins = (byte: number | undefined): boolean => byte !== undefined && beginnings.has(byte)
