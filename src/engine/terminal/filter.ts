type State =
  | 'ground'
  | 'escape'
  | 'escapeIntermediate'
  | 'csi'
  | 'osc'
  | 'oscEscape'
  | 'string'
  | 'stringEscape'

const maximalSequence = 4096

// Colours of the palette and of the terminal, and their resets: what full-screen programs set and ask for.
const oscColors = new Set(['4', '10', '11', '12', '104', '110', '111', '112'])

/** An operating-system command that may pass: window titles, colours, and links to web pages. Never the clipboard. */
function oscAllowed(body: string): boolean {
  const [code = '', ...rest] = body.split(';')
  if (code === '0' || code === '1' || code === '2' || oscColors.has(code)) return true
  if (code !== '8') return false
  const target = rest.slice(1).join(';')
  return target === '' || /^https?:\/\/[^\s]*$/i.test(target)
}

/** Window manipulation (`CSI … t`) moves windows and reports titles: a report is input that the user never typed. */
function csiAllowed(sequence: string): boolean {
  return !sequence.endsWith('t') || sequence.length === 2
}

/**
 * Lets through what a program may do to a terminal of the editor and drops what it may not: clipboard access (OSC 52), shell
 * integration and notification commands, device control strings (DCS, APC, PM, SOS), window reports, and 8-bit C1 controls.
 * A state machine, so that a sequence may be split anywhere; what is dropped leaves nothing visible. Sources: ECMA-48, XTerm's
 * control sequences (ctlseqs).
 */
export class TerminalFilter {
  #state: State = 'ground'
  #sequence = ''

  push(text: string): string {
    let result = ''
    let from = 0
    for (let i = 0; i < text.length; i++) {
      const character = text[i]!
      const code = text.charCodeAt(i)
      if (this.#state === 'ground') {
        if (code === 0x1b) {
          result += text.slice(from, i)
          this.#begin('escape', character)
        } else if (code >= 0x80 && code <= 0x9f) {
          result += text.slice(from, i)
          from = i + 1
          // An 8-bit introducer starts the same strings as its two-character form; all of them are dropped whole.
          if (code === 0x90 || code === 0x98 || code === 0x9d || code === 0x9e || code === 0x9f)
            this.#begin('string', '')
        }
        continue
      }
      result += this.#step(character, code)
      from = i + 1
    }
    return this.#state === 'ground' ? result + text.slice(from) : result
  }

  #begin(state: State, sequence: string): void {
    this.#state = state
    this.#sequence = sequence
  }

  /** An 8-bit control starts the same strings as its two-character form; all of them are dropped whole. */
  #control(code: number): void {
    this.#begin([0x90, 0x98, 0x9d, 0x9e, 0x9f].includes(code) ? 'string' : 'ground', '')
  }

  #end(allowed: boolean): string {
    const sequence = this.#sequence
    this.#begin('ground', '')
    return allowed ? sequence : ''
  }

  /** One character inside a sequence; returns what may pass now. */
  #step(character: string, code: number): string {
    // CAN and SUB abort any sequence.
    if (code === 0x18 || code === 0x1a) return this.#end(false)
    const inString = this.#state === 'osc' || this.#state === 'string'
    if (code >= 0x80 && code <= 0x9f && !inString) {
      this.#control(code)
      return ''
    }
    switch (this.#state) {
      case 'ground':
        return character
      case 'escape':
        return this.#afterEscape(character, code)
      case 'escapeIntermediate':
        if (code === 0x1b) {
          this.#begin('escape', character)
          return ''
        }
        if (code < 0x20) return character
        this.#append(character)
        return code >= 0x30 ? this.#end(true) : ''
      case 'csi':
        if (code === 0x1b) {
          this.#begin('escape', character)
          return ''
        }
        // Control characters act at once, in the middle of a sequence.
        if (code < 0x20) return character
        this.#append(character)
        if (code >= 0x40 && code <= 0x7e)
          return this.#end(csiAllowed(this.#sequence) && this.#sequence.length < maximalSequence)
        return ''
      case 'osc':
        if (code === 0x07) {
          const allowed = oscAllowed(this.#sequence.slice(2)) && this.#sequence.length < maximalSequence
          this.#sequence += character
          return this.#end(allowed)
        }
        if (code === 0x1b) this.#state = 'oscEscape'
        else if (code === 0x9c) return this.#endOsc()
        else if (code < 0x80 || code > 0x9f) this.#append(character)
        return ''
      case 'oscEscape':
        if (character === '\\') return this.#endOsc()
        this.#begin('escape', '\x1b')
        return this.#afterEscape(character, code)
      case 'string':
        if (code === 0x1b) this.#state = 'stringEscape'
        else if (code === 0x9c) return this.#end(false)
        return ''
      case 'stringEscape':
        if (character === '\\') return this.#end(false)
        this.#begin('escape', '\x1b')
        return this.#afterEscape(character, code)
    }
  }

  #endOsc(): string {
    const allowed = oscAllowed(this.#sequence.slice(2)) && this.#sequence.length < maximalSequence
    this.#sequence += '\x1b\\'
    return this.#end(allowed)
  }

  #afterEscape(character: string, code: number): string {
    if (code === 0x1b) return ''
    if (code < 0x20) return character
    this.#append(character)
    if (character === '[') this.#state = 'csi'
    else if (character === ']') this.#state = 'osc'
    else if ('PX^_'.includes(character)) this.#state = 'string'
    else if (code <= 0x2f) this.#state = 'escapeIntermediate'
    // `ESC c` resets the terminal and is what `reset` prints; the rest of the two-character sequences are harmless.
    else return this.#end(true)
    return ''
  }

  #append(character: string): void {
    // Past the limit the sequence is dropped when it ends; it need not be held.
    if (this.#sequence.length < maximalSequence) this.#sequence += character
  }
}
