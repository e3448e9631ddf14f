import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectSettings, writtenName } from '../../shared/compose-files.ts'
import { folderOf, type ComposeTarget } from './compose-program.ts'

/** The name that `.env`, or else the last of the files that has one, gives the project; undefined where none is written out. */
export async function toldName(target: ComposeTarget): Promise<string | undefined> {
  const env = await textOf(join(folderOf(target), '.env'))
  const { name } = projectSettings(env, (variable) => process.env[variable], process.platform === 'win32')
  if (name !== undefined) return name
  const texts = await Promise.all(target.paths.map(textOf))
  return texts.map(writtenName).findLast((written) => written !== undefined)
}

/** What cannot be read tells nothing: compose says so itself. */
const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')
