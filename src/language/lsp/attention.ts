/** Tells a client which texts are being looked at, so that it knows what ended the server or keeps it from answering. */
export interface Attention {
  /** A text begins to be looked at, for one reason of perhaps several; the answer ends that. */
  begin(uri: string, hash: string): () => void
}

export interface AttentionPorts {
  readonly busy: (uri: string, hash: string) => void
  readonly idle: (uri: string, hash: string) => void
}

/** Each text is told once, whatever the number of reasons. */
export function attention({ busy, idle }: AttentionPorts): Attention {
  const reasons = new Map<string, number>()
  return {
    begin(uri, hash) {
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
      }
    },
  }
}
