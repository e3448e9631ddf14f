import { t } from '../../shared/l10n.ts'
import { button, element } from '../elements.ts'

/** For each profile what fills the form with it, and what deletes it. */
export const profileButtons = (
  names: readonly string[],
  choose: (name: string) => void,
  remove: (name: string) => void,
): HTMLElement[] =>
  names.map((name) =>
    element(
      'span',
      { class: 'profile' },
      button(name, () => choose(name), 'small'),
      button('✕', () => remove(name), 'icon', t('Delete the profile {0}', name)),
    ),
  )
