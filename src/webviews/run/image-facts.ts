import type { ImageFacts } from '../../commands/run/form-messages.ts'
import { t } from '../../shared/l10n.ts'
import { commandLine } from '../../shared/shell-words.ts'
import { element } from '../elements.ts'
import type { FormField, Offer } from './form-field.ts'

/** What an image does without an entry, in one line below its name. */
export function factLine(facts: ImageFacts): HTMLElement[] {
  const runs = commandLine([...facts.entrypoint, ...facts.command])
  const parts: readonly (readonly [string, string])[] = [
    [t('Runs by default'), runs],
    [t('User'), facts.user],
    [t('Working directory'), facts.workingDir],
    [t('Health check'), facts.healthcheck.join(' ')],
  ]
  return parts
    .filter(([, value]) => value !== '')
    .flatMap(([title, value]) => [element('span', {}, title), element('code', { title: value }, value)])
}

/** Shows in each field what the image brings along; without facts takes that away again. */
export function fillFacts(fields: ReadonlyMap<string, FormField>, facts: ImageFacts | undefined): void {
  const suggestions: Readonly<Record<string, string>> = {
    entrypoint: commandLine(facts?.entrypoint ?? []),
    workdir: facts?.workingDir ?? '',
    user: facts?.user ?? '',
    'health-cmd': (facts?.healthcheck ?? []).slice(1).join(' '),
  }
  for (const [flag, value] of Object.entries(suggestions)) fields.get(flag)?.suggest(value)
  const offers: Readonly<Record<string, readonly Offer[]>> = {
    publish: (facts?.ports ?? []).map((exposed) => {
      const port = exposed.replace(/\/tcp$/, '')
      return { label: port, entry: `${port.replace(/\/.*$/, '')}:${port}` }
    }),
    env: (facts?.env ?? [])
      .filter((entry) => !entry.startsWith('PATH='))
      .map((entry) => ({ label: entry, entry })),
    volume: (facts?.volumes ?? []).map((path) => ({ label: path, entry: `${volumeName(path)}:${path}` })),
  }
  for (const [flag, entries] of Object.entries(offers)) fields.get(flag)?.offer(entries)
}

/** A name for the volume at `/var/lib/postgresql/data`: `postgresql-data`. */
const volumeName = (path: string): string =>
  path
    .split('/')
    .filter((part) => part !== '')
    .slice(-2)
    .join('-')
    .replace(/[^\w.-]/g, '-') || 'data'
