import { isEngineError } from '../engine/errors.ts'
import type { Registry } from '../engine/registry/registry.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import type { Deps } from './command.ts'
import { referenceProblem } from './image-reference.ts'

/** `latest` first, then as the numbers in them say, newest first. */
const order = (a: string, b: string): number =>
  Number(b === 'latest') - Number(a === 'latest') || b.localeCompare(a, 'en', { numeric: true })

/** Asks for a tag of a repository: from the registry's list, or written by hand where that cannot be had (unless `strict`). */
export async function askTag(
  { ui }: Deps,
  registry: Registry,
  name: string,
  strict = false,
): Promise<string | undefined> {
  const title = t('Tags of {0}', plain(name, 120))
  try {
    const tags = await ui.progress(title, (_, signal) => registry.tags(name, signal))
    if (tags.length > 0)
      return await ui.pick(
        [...tags].sort(order).map((value) => ({ label: plain(value, 200), icon: 'tag', value })),
        { title },
      )
  } catch (fault) {
    if (strict || !isEngineError(fault) || isEngineError(fault, 'cancelled')) throw fault
  }
  const tag = await ui.input({
    title: plain(name, 120),
    prompt: t('Tag'),
    value: 'latest',
    validate: (value) => referenceProblem(`${name}:${value.trim()}`),
  })
  return tag?.trim()
}
