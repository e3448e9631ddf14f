import { readFile } from 'node:fs/promises'
import { homedir, userInfo, type UserInfo } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'
import { EngineError } from '../../engine/errors.ts'
import type { ShellValues } from '../../shared/docker-run/shell-values.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { RunSurroundings } from './create-body.ts'

/** Files and variables that a line names: of this machine, from `folder`, the first of the workspace. */
export function surroundings(folder = process.cwd()): RunSurroundings {
  const absolute = (path: string): string => {
    if (isAbsolute(path) || /^[a-z]:[\\/]/i.test(path)) return path
    return /^~(?=[\\/]|$)/.test(path) ? join(homedir(), path.slice(1)) : resolve(folder, path)
  }
  return {
    absolute,
    variable: (name) => process.env[name],
    readLines: async (path) => {
      try {
        return (await readFile(absolute(path), 'utf8')).split(/\r?\n/)
      } catch (fault) {
        throw new EngineError('invalid', t('The file {0} cannot be read.', plain(path)), {
          nextStep: t('Check the path; it is taken from the folder of the workspace.'),
          cause: fault,
        })
      }
    },
  }
}

/** What a shell in that folder would put in place of `$PWD`, `~`, `$(id -u)` and their like. */
export function shellValues(folder: string | undefined): ShellValues {
  const me = account()
  return {
    ...(folder === undefined ? {} : { folder }),
    home: homedir(),
    ...(me === undefined ? {} : { user: me.username }),
    // Windows has none.
    ...(me === undefined || me.uid < 0 ? {} : { uid: String(me.uid), gid: String(me.gid) }),
  }
}

/** Undefined where the system knows no account of this number, as in a container that runs as an arbitrary user. */
function account(): UserInfo<string> | undefined {
  try {
    return userInfo()
  } catch {
    return undefined
  }
}
