import type { Engine } from '../engine/engine.ts'
import { maskWords } from '../shared/masking.ts'
import { commandLine } from '../shared/shell-words.ts'

/**
 * The `docker …` line that does the same to this engine: `docker --context colima stop web`. `operands` are names or ids; they are
 * set off by `--` where one could be taken for a flag. The line is for the log: secrets in the words are hidden.
 */
export function dockerLine(
  engine: Pick<Engine, 'endpoint'>,
  words: readonly string[],
  operands: readonly string[] = [],
): string {
  const guard = operands.some((operand) => operand.startsWith('-')) ? ['--'] : []
  return commandLine(['docker', ...engineFlags(engine), ...maskWords(words), ...guard, ...operands])
}

/** What the CLI needs to reach the engine we used, where its own default could be another one. */
export function engineFlags({ endpoint }: Pick<Engine, 'endpoint'>): readonly string[] {
  switch (endpoint.origin.from) {
    case 'context':
      return endpoint.origin.name === 'default' ? [] : ['--context', endpoint.origin.name]
    case 'environment':
    case 'default':
      return []
    case 'setting':
    case 'wellKnown': {
      const { address, origin } = endpoint
      // Its certificates are the context's. The default one is what `DOCKER_HOST` says, which this engine is not.
      if (origin.from === 'setting' && origin.context !== undefined && origin.context !== 'default')
        return ['--context', origin.context]
      return address.kind === 'tcp' && address.tls !== undefined
        ? ['--tlsverify', '-H', endpoint.url]
        : ['-H', endpoint.url]
    }
  }
}

/** Flags that are set: `flag('--name', undefined)` is nothing. */
export const flag = (name: string, value: string | undefined): readonly string[] =>
  value === undefined || value === '' ? [] : [name, value]
