import { t } from '../../../shared/l10n.ts'

export interface DirectiveReference {
  readonly name: string
  readonly about: () => string
  readonly values: readonly { readonly value: string; readonly about?: () => string }[]
}

export const directives: readonly DirectiveReference[] = [
  {
    name: 'syntax',
    about: () =>
      t(
        'The image that reads this file, so that newer features of the language work on older builders. It is fetched before the build starts.',
      ),
    values: [
      { value: 'docker/dockerfile:1', about: () => t('The newest stable version.') },
      { value: 'docker/dockerfile:1-labs', about: () => t('With features that are not stable yet.') },
    ],
  },
  {
    name: 'escape',
    about: () =>
      t(
        'The character that escapes others and continues lines. A backtick leaves the backslash to Windows paths.',
      ),
    values: [{ value: '`' }, { value: '\\' }],
  },
  {
    name: 'check',
    about: () =>
      t(
        'How the build checks behave: `skip=<name>,…` or `skip=all`, `error=true` to stop the build at a finding, `experimental=<name>,…`; several are joined with `;`.',
      ),
    values: [{ value: 'error=true' }, { value: 'skip=all' }, { value: 'skip=' }],
  },
]

export function directiveReference(name: string): DirectiveReference | undefined {
  return directives.find((directive) => directive.name === name)
}
