import type { Deps } from '../command.ts'
import { engineFor } from './compose-containers.ts'
import { composeOutput } from './compose-output.ts'
import type { ComposeTarget } from './compose-program.ts'

const everything = ['--profile', '*', 'config']

/**
 * What compose makes of each service that the project has, as a hash, profiles or not: a container with it in its label is not made anew
 * by `up`. Of the files as they are `written`, `config --hash` leaves out what `env_file` gives, which `up` does not;
 * so the `resolved` project can be asked for too. Undefined where compose is missing or refuses the files.
 */
export async function serviceHashes(
  deps: Deps,
  target: ComposeTarget,
  of: 'written' | 'resolved',
): Promise<ReadonlyMap<string, string> | undefined> {
  try {
    const engine = await engineFor(deps, target)
    const ask = (words: readonly string[], project?: string): Promise<readonly string[]> =>
      composeOutput(deps, engine, target, [...everything, ...words], project)
    const resolved = of === 'resolved' ? (await ask(['--format', 'json'])).join('\n') : undefined
    const hashes = new Map<string, string>()
    for (const line of await ask(['--hash', '*'], resolved)) {
      const [, name, hash] = /^(\S+) ([0-9a-f]{64})$/.exec(line) ?? []
      if (name !== undefined && hash !== undefined) hashes.set(name, hash)
    }
    return hashes
  } catch {
    return undefined
  }
}
