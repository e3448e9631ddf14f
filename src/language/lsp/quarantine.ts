import { attention, type Attention } from './attention.ts'

/** What a text is recognised by; made when it is first asked for. */
export interface Hashed {
  readonly hash: string
}

/** The texts that once ended the server, and what is being looked at now, which is told so that the client knows the next one. */
export interface Quarantine extends Attention {
  /** Whether a text is to be left alone. */
  holds(text: Hashed): boolean
}

export interface QuarantinePorts {
  /** Hashes of the texts; undefined for a client that keeps none, which is not told what is looked at either. */
  readonly texts: () => readonly string[] | undefined
  readonly tell: (what: 'busy' | 'idle', uri: string, hash: string) => void
  readonly oneAtATime: () => boolean
}

export function quarantine({ texts, tell, oneAtATime }: QuarantinePorts): Quarantine {
  const looking = attention({
    busy: (uri, hash) => {
      tell('busy', uri, hash)
    },
    idle: (uri, hash) => {
      tell('idle', uri, hash)
    },
    oneAtATime,
  })
  return {
    holds(text) {
      const held = texts() ?? []
      return held.length > 0 && held.includes(text.hash)
    },
    begin: (uri, text) =>
      texts() === undefined ? Promise.resolve(() => undefined) : looking.begin(uri, text),
  }
}
