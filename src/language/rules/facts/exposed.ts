import type { Instruction, Word } from '../../dockerfile/model.ts'

/** The ports of EXPOSE as they are written, and where a comment begins behind them, which Dockerfiles do not have there. */
export function exposed({ words }: Instruction): {
  readonly ports: readonly Word[]
  readonly comment: Word | undefined
} {
  const at = words.findIndex(({ text }, index) => index > 0 && /^(#|\/\/|\/\*)/.test(text))
  return at < 0 ? { ports: words, comment: undefined } : { ports: words.slice(0, at), comment: words[at] }
}
