/** The texts that the server is looking at, and those that it is to leave alone. */
export interface Quarantine {
  busy(hash: string): void
  idle(hash: string): void
  /** The server has ended while it looked at what was told. */
  ended(): void
  /** Hashes of texts that are left alone. */
  texts(): readonly string[]
  /** The next server shall look at one text at a time: the last one ended while it looked at several, and the guilty one is not known. */
  isDoubtful(): boolean
}

export interface QuarantinePorts {
  readonly load: () => readonly string[]
  readonly save: (texts: readonly string[]) => void
}

/** Older texts than this many are forgotten. */
const most = 50

/** Only a text that was looked at alone is known to have ended the server. */
export function quarantine({ load, save }: QuarantinePorts): Quarantine {
  const looking = new Set<string>()
  let doubtful = false
  return {
    busy: (hash) => void looking.add(hash),
    idle: (hash) => void looking.delete(hash),
    ended() {
      doubtful ||= looking.size > 1
      if (looking.size === 1) save([...load(), ...looking].slice(-most))
      looking.clear()
    },
    texts: load,
    isDoubtful: () => doubtful,
  }
}
