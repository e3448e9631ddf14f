import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import type { Ui } from './ui.ts'

/** What to do about a name that is taken; undefined for nothing. */
export type Taken = 'overwrite' | 'keepBoth' | 'skip'

/** `chosen`: the name is that of another one of those that are copied, not of what is there. */
export const askTaken = (
  ui: Ui,
  name: string,
  by: 'there' | 'chosen' = 'there',
): Promise<Taken | undefined> =>
  ui.pick<Taken>(
    [
      {
        label: t('Overwrite'),
        description: by === 'there' ? t('what is there goes') : t('the one before is left out'),
        icon: 'replace',
        value: 'overwrite',
      },
      { label: t('Keep Both'), description: t('under another name'), icon: 'files', value: 'keepBoth' },
      { label: t('Skip'), icon: 'debug-step-over', value: 'skip' },
    ],
    {
      title:
        by === 'there'
          ? t('{0} is there already', plain(name, 100))
          : t('Several of these are called {0}', plain(name, 100)),
    },
  )

/** `report (2).txt`: the first such name that is free. */
export async function freeName(name: string, isTaken: (name: string) => Promise<boolean>): Promise<string> {
  const dot = name.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  for (let count = 2; ; count++) {
    const other = `${stem} (${count})${ending}`
    if (!(await isTaken(other))) return other
  }
}
