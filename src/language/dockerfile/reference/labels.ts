import { t } from '../../../shared/l10n.ts'

/** The annotations of the OCI image specification. */
const annotations: readonly { readonly name: string; readonly about: () => string }[] = [
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

export interface LabelReference {
  readonly key: string
  readonly about: () => string
}

export const imageLabels: readonly LabelReference[] = annotations.map(({ name, about }) => ({
  key: `org.opencontainers.image.${name}`,
  about,
}))

export const labelReference = (key: string): LabelReference | undefined =>
  imageLabels.find((label) => label.key === key)
