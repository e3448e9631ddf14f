import { t } from '../../shared/l10n.ts'
import { splitWords } from '../../shared/shell-words.ts'

/** A command is run as it is, by no shell: what only a shell understands is not dropped silently. */
export function commandProblem(text: string): string {
  const words = splitWords(text)
  if ('problem' in words) return t('A quote is not closed.')
  return words.rest === ''
    ? ''
    : t("No shell reads “{0}”: quote it, or write sh -c '…'.", words.rest.slice(0, 40))
}
