/** Tells a client which texts are being looked at, so that it knows what ended the server or keeps it from answering. */
export interface Attention {
  /** A text begins to be looked at, for one reason of perhaps several; the answer ends that. It may have to wait for its turn. */
  begin(uri: string, text: { readonly hash: string }): Promise<() => void>
}

export interface AttentionPorts {
  readonly busy: (uri: string, hash: string) => void
  readonly idle: (uri: string, hash: string) => void
  /** Whether nothing is looked at before the look at another text has ended, so that what ends the server is known for certain. */
  readonly oneAtATime: () => boolean
}

/** Each text is told once, whatever the number of reasons. */
export function attention({ busy, idle, oneAtATime }: AttentionPorts): Attention {
  const reasons = new Map<string, number>()
  let last: Promise<void> = Promise.resolve()
  return {
    async begin(uri, { hash }) {
      let next = (): void => undefined
      if (oneAtATime()) {
        const before = last
        last = new Promise((resolve) => (next = resolve))
        await before
      }
      const count = reasons.get(hash) ?? 0
      reasons.set(hash, count + 1)
      if (count === 0) busy(uri, hash)
      let ended = false
      return () => {
        if (ended) return
        ended = true
        const left = (reasons.get(hash) ?? 1) - 1
        if (left > 0) reasons.set(hash, left)
        else {
          reasons.delete(hash)
          idle(uri, hash)
        }
        next()
      }
    },
  }
}
