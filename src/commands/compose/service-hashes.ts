import type { Deps } from '../command.ts'
import { composeOutput } from './compose-output.ts'

/**
 * What compose makes of each service that the files have, as a hash, profiles or not: the one that it compares with the label of a
 * container to decide whether `up` makes it anew. Undefined where compose is missing or refuses the files.
 */
export async function serviceHashes(
  deps: Deps,
  paths: readonly string[],
): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const words = ['--profile', '*', 'config', '--hash', '*']
    const lines = await composeOutput(deps, await deps.engines.current(), { paths, parts: [] }, words)
    return new Map(
      lines.flatMap((line) => {
        const [, name, hash] = /^(\S+) ([0-9a-f]{64})$/.exec(line) ?? []
        return name === undefined || hash === undefined ? [] : [[name, hash]]
      }),
    )
  } catch {
    return undefined
  }
}
