import { t } from '../shared/l10n.ts'
import { batch } from './batch.ts'
import type { Ui } from './ui.ts'

export type TextDocument = Parameters<Ui['openText']>[0]

/** Opens a document of each: one at once; of several with one progress and one message of those that could not be read. */
export async function openDocuments<T>(
  ui: Ui,
  items: readonly T[],
  nameOf: (item: T) => string,
  read: (item: T, signal?: AbortSignal) => Promise<TextDocument>,
): Promise<void> {
  const [first] = items
  if (first !== undefined && items.length === 1) return ui.openText(await read(first))
  const documents = new Map<T, TextDocument>()
  await batch(ui, {
    title: t('Reading'),
    failed: t('Could not read'),
    items,
    nameOf,
    async task(item, signal) {
      documents.set(item, await read(item, signal))
    },
  })
  // In the order in which they were chosen, whichever was read first.
  for (const item of items) {
    const document = documents.get(item)
    if (document !== undefined) await ui.openText(document)
  }
}
