import type { Diagnostic } from '../answers.ts'
import type { Attention } from './attention.ts'
import type { OpenDocument } from './open-document.ts'

export interface DiagnosticsPorts {
  /** The newest version of a document; undefined once it is closed. */
  readonly current: (uri: string) => OpenDocument | undefined
  /** Each value is all that is known by then. */
  readonly diagnose: (document: OpenDocument, signal: AbortSignal) => AsyncIterable<readonly Diagnostic[]>
  readonly publish: (uri: string, document: OpenDocument | undefined, found: readonly Diagnostic[]) => void
  readonly fault: (fault: unknown) => void
  readonly attention: Attention
  readonly now: () => number
  /** Does the work when the messages that are already here have been handled; the answer takes it back. */
  readonly soon: (work: () => void) => () => void
}

export interface DiagnosticsLoop {
  /** Something changed: look at the document again when it has been quiet for a moment. */
  schedule(uri: string): void
  /** The document is closed: its findings go. */
  remove(uri: string): void
  /** The findings of the current version, as far as they are known. */
  found(uri: string): readonly Diagnostic[] | undefined
  dispose(): void
}

interface State {
  /** Takes back the look that is to come. */
  cancel: (() => void) | undefined
  running: AbortController | undefined
  /** How long the last look took, and when it ended. */
  took: number
  ended: number
  result: { readonly version: number; readonly found: readonly Diagnostic[] } | undefined
}

/** Changes that come together are looked at once … */
const short = 10
/** … but where a look takes no longer than this, only those count that are here already. */
const instant = 20
const longest = 500
/** A pause nobody notices: a look that takes no longer is not put off. */
const unfelt = 100

/** Publishes the findings of the newest version of each document and never those of an older one. While one is typed in, a document that takes long waits longer for quiet. */
export function diagnosticsLoop(ports: DiagnosticsPorts): DiagnosticsLoop {
  const states = new Map<string, State>()

  const stop = (state: State): void => {
    state.cancel?.()
    state.cancel = undefined
    state.running?.abort()
    state.running = undefined
  }

  const run = async (uri: string, state: State): Promise<void> => {
    const document = ports.current(uri)
    if (document === undefined) return
    const controller = new AbortController()
    state.running = controller
    const turnAway = await ports.attention.begin(uri, document)
    if (controller.signal.aborted) {
      turnAway()
      return
    }
    const started = ports.now()
    const isCurrent = (): boolean =>
      !controller.signal.aborted && ports.current(uri)?.source === document.source
    let looked = false
    const look = (found: readonly Diagnostic[]): void => {
      if (!looked) {
        looked = true
        state.ended = ports.now()
        const took = state.ended - started
        // A look that was given up says only that it takes at least so long.
        state.took = controller.signal.aborted ? Math.max(state.took, took) : took
        turnAway()
      }
      if (!isCurrent()) return
      state.result = { version: document.source.version, found }
      ports.publish(uri, document, found)
    }
    try {
      for await (const found of ports.diagnose(document, controller.signal)) look(found)
    } catch (fault) {
      ports.fault(fault)
    }
    if (!looked) look([])
    if (state.running === controller) state.running = undefined
  }

  return {
    schedule(uri) {
      let state = states.get(uri)
      if (state === undefined)
        states.set(
          uri,
          (state = { cancel: undefined, running: undefined, took: 0, ended: -Infinity, result: undefined }),
        )
      stop(state)
      const known = state
      // The first edit after a quiet while is looked at at once; those that follow leave time for other requests.
      const quiet = ports.now() - state.ended > state.took * 3
      const pause = state.took <= instant ? 0 : Math.min(short, state.took / 4)
      const delay = quiet ? pause : Math.min(longest, Math.max(pause, state.took - unfelt))
      const look = (): void => {
        void run(uri, known)
      }
      if (delay === 0) state.cancel = ports.soon(look)
      else {
        const timer = setTimeout(look, delay)
        state.cancel = () => {
          clearTimeout(timer)
        }
      }
    },
    remove(uri) {
      const state = states.get(uri)
      if (state !== undefined) stop(state)
      states.delete(uri)
      ports.publish(uri, undefined, [])
    },
    found(uri) {
      const result = states.get(uri)?.result
      return result?.version === ports.current(uri)?.source.version ? result?.found : undefined
    },
    dispose() {
      for (const state of states.values()) stop(state)
      states.clear()
    },
  }
}
