import { execFile } from 'node:child_process'
import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/errors.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Deps } from '../command.ts'
import { programFor } from '../program/docker-program.ts'
import { composeWords, folderOf, type ComposeTarget } from './compose-program.ts'

const askMs = 30_000
const mostBytes = 16 * 1024 * 1024

/**
 * The lines that `docker compose …` prints for the files; rejects with what it says when it fails. `project` is read in place of the
 * files, in their folder.
 */
export function composeOutput(
  { docker }: Deps,
  engine: Engine,
  target: ComposeTarget,
  words: readonly string[],
  project?: string,
): Promise<readonly string[]> {
  const { args, env } = programFor(engine, docker)
  const options = {
    cwd: folderOf(target),
    env,
    timeout: askMs,
    maxBuffer: mostBytes,
    windowsHide: true,
  }
  const asked = project === undefined ? composeWords(target, words) : ['compose', '-f', '-', ...words]
  return new Promise((resolve, reject) => {
    const child = execFile(docker.path, [...args, ...asked], options, (fault, stdout, stderr) => {
      if (fault === null)
        return resolve(
          stdout
            .split('\n')
            .map((line) => line.trimEnd())
            .filter((line) => line !== ''),
        )
      const said = stderr.trim().split('\n').pop() ?? ''
      reject(
        new EngineError(
          'invalid',
          t('Compose refuses the project: {0}', plain(said === '' ? fault.message : said, 1000)),
          { nextStep: t('Mend the file; its problems are marked in it.'), cause: fault },
        ),
      )
    })
    // A program that ends before it has read everything says why itself.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(project)
  })
}
