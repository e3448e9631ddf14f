import { t } from '../../../shared/l10n.ts'
import type { TextRange } from '../../../shared/text-range.ts'
import type { Completion } from '../../answers.ts'
import type { DockerfileDoc, Instruction } from '../model.ts'

/** The annotations of the OCI image specification. */
const known: readonly { readonly name: string; readonly about: () => string }[] = [
  { name: 'title', about: () => t('Name of the image for people') },
  { name: 'description', about: () => t('What the image holds') },
  { name: 'source', about: () => t('Address of the source code') },
  { name: 'url', about: () => t('Address of the project') },
  { name: 'documentation', about: () => t('Address of the documentation') },
  { name: 'licenses', about: () => t('SPDX expression of the licences') },
  { name: 'authors', about: () => t('Who is responsible') },
  { name: 'vendor', about: () => t('Who distributes it') },
  { name: 'version', about: () => t('Version of the packaged software') },
  { name: 'revision', about: () => t('Commit it was built from') },
  { name: 'created', about: () => t('Time it was built, RFC 3339') },
  { name: 'base.name', about: () => t('Name of the base image') },
  { name: 'base.digest', about: () => t('Digest of the base image') },
]

export function labelItems(doc: DockerfileDoc, { pairs }: Instruction, range: TextRange): Completion[] {
  const hasValue = /^[\w.-]*=/.test(doc.text.slice(range.end, range.end + 200))
  return known
    .map(({ name, about }) => ({ key: `org.opencontainers.image.${name}`, about }))
    .filter(({ key }) => !pairs.some((pair) => pair.key === key && pair.keyRange.start !== range.start))
    .map(({ key, about }) => ({
      label: key,
      kind: 'property',
      edit: { range, newText: hasValue ? key : `${key}="$1"` },
      ...(!hasValue && { snippet: true }),
      detail: about(),
    }))
}
