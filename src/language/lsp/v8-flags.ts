/** Flags of V8 for a process that answers keys; those of its compilers were given other names in V8 12, which writes of unknown ones to stderr. */
export const startFlags = (v8: string): readonly string[] => [
  // A key that is pressed runs code that has run a few times only. V8 waits until a function has run often before it keeps in mind what
  // it met there; without that, a third less time goes by from a key to the findings. Node and Electron let it be changed while they run.
  '--no-lazy-feedback-allocation',
  // By its own measure V8 would also compile most of what reads a file of 2,000 lines for speed while that is read the first time, and
  // spend up to half of the work of opening on it. It does so some edits later, of what is still in use then.
  ...(Number.parseInt(v8, 10) < 12
    ? ['--interrupt-budget=600000']
    : ['--invocation-count-for-maglev=4000', '--invocation-count-for-turbofan=30000']),
  // Of a long file each key makes objects that are soon dropped. V8 gives those up to 32 MB (64 in newer ones) and lets them lie; asked to
  // save, it does with a few, for the same processor time.
  '--optimize-for-size',
]

/** A compose project is many objects that stay. V8 would copy them again and again in the little room that it is given at the start. */
export const roomFlag = '--no-optimize-for-size'
