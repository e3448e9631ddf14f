import { t } from '../../shared/l10n.ts'
import type { EnvFault } from './parse.ts'

/** What `docker run --env-file` refuses in a file of variables; the format `raw` of `env_file` is read the same way. */
export function rawFaults(text: string): readonly EnvFault[] {
  const faults: EnvFault[] = []
  let start = 0
  for (const line of text.split('\n')) {
    const content = line.trimStart()
    const at = start + line.length - content.length
    start += line.length + 1
    if (content === '' || content.startsWith('#')) continue
    const name = content.split('=', 1)[0] ?? ''
    if (name === '')
      faults.push({ message: t('The name of the variable is missing.'), start: at, end: at + 1 })
    else if (/[ \t]/.test(name))
      faults.push({
        message: t('The name of a variable cannot contain a space.'),
        start: at,
        end: at + name.length,
      })
  }
  return faults
}
