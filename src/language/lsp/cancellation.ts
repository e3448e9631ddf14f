/** A request that may be taken back, as the protocol's library has it. */
export interface Token {
  readonly isCancellationRequested: boolean
  readonly onCancellationRequested: (listener: (event: unknown) => unknown) => { dispose(): void }
}

/** The token that is cancelled when a signal is aborted. */
export function tokenOf(signal: AbortSignal): Token {
  return {
    get isCancellationRequested() {
      return signal.aborted
    },
    onCancellationRequested(listener) {
      signal.addEventListener('abort', listener)
      return {
        dispose() {
          signal.removeEventListener('abort', listener)
        },
      }
    },
  }
}

/** The signal that is aborted when a token is cancelled, until it is disposed of. */
export function signalOf(token: Token): { readonly signal: AbortSignal; dispose(): void } {
  const controller = new AbortController()
  const subscription = token.onCancellationRequested(() => {
    controller.abort()
  })
  return {
    signal: controller.signal,
    dispose() {
      subscription.dispose()
    },
  }
}
