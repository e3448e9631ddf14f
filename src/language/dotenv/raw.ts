import { t } from '../../shared/l10n.ts'
import type { EnvVariable } from '../../shared/dotenv/evaluate.ts'
import { space, type EnvFault } from '../../shared/dotenv/parse.ts'

export interface RawEnv {
  /** By name; values are what stands behind the `=`, with quotes and all. A name alone is none: it is taken from the surroundings. */
  readonly variables: ReadonlyMap<string, EnvVariable>
  readonly faults: readonly EnvFault[]
}

/** Reads a file of variables as `docker run --env-file` does; the format `raw` of `env_file` is read the same way. */
export function readRaw(text: string): RawEnv {
  const variables = new Map<string, EnvVariable>()
  const faults: EnvFault[] = []
  let start = 0
  for (const line of text.split('\n')) {
    // A BOM counts as nothing at the start of the file, and as a character elsewhere.
    let blanks = start === 0 && line.startsWith('\ufeff') ? 1 : 0
    while (blanks < line.length && space.test(line[blanks] ?? '')) blanks++
    const content = line.slice(blanks)
    const at = start + blanks
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
    else if (content.length > name.length) {
      const raw = content.slice(name.length + 1).replace(/\r$/, '')
      const nameEnd = at + name.length
      const end = nameEnd + 1 + raw.length
      const place = { start: at, nameStart: at, nameEnd, valueStart: nameEnd + 1, valueEnd: end, end }
      variables.set(name, { value: raw, entry: { name, raw, assigned: true, quote: 'none', ...place } })
    }
  }
  return { variables, faults }
}
