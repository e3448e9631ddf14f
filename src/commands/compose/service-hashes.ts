import type { Deps } from '../command.ts'
import { composeOutput } from './compose-output.ts'

const everything = ['--profile', '*', 'config']

/**
 * What compose makes of each service that the files have, as hashes, profiles or not: a container with one of them in its label is not
 * made anew by `up`. Asked of the files, `config --hash` leaves out what `env_file` gives, which `up` does not; so it is asked of the
 * resolved project too. Undefined where compose is missing or refuses the files.
 */
export async function serviceHashes(
  deps: Deps,
  paths: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>> | undefined> {
  try {
    const engine = await deps.engines.current()
    const ask = (words: readonly string[], project?: string): Promise<readonly string[]> =>
      composeOutput(deps, engine, { paths, parts: [] }, [...everything, ...words], project)
    const [written, resolved] = await Promise.all([ask(['--hash', '*']), ask(['--format', 'json'])])
    const hashes = new Map<string, Set<string>>()
    for (const line of [...written, ...(await ask(['--hash', '*'], resolved.join('\n')))]) {
      const [, name, hash] = /^(\S+) ([0-9a-f]{64})$/.exec(line) ?? []
      if (name === undefined || hash === undefined) continue
      hashes.set(name, (hashes.get(name) ?? new Set()).add(hash))
    }
    return hashes
  } catch {
    return undefined
  }
}
