import { t } from '../shared/l10n.ts'
import type { Ui } from './ui.ts'

/** How files are copied, either way: the flags of `docker cp`. */
export interface CopyOptions {
  /** Owners and groups stay what they are (`-a`). */
  readonly keepOwner: boolean
  /** A link is copied as what it leads to (`-L`). */
  readonly followLinks: boolean
}

export const plainCopy: CopyOptions = { keepOwner: false, followLinks: false }

export const copyFlags = ({ keepOwner, followLinks }: CopyOptions): readonly string[] => [
  ...(keepOwner ? ['-a'] : []),
  ...(followLinks ? ['-L'] : []),
]

/** Undefined when the user wants no copy at all. */
export async function askCopyOptions(ui: Ui): Promise<CopyOptions | undefined> {
  const chosen = await ui.pickMany<keyof CopyOptions>(
    [
      {
        label: t('Keep owner and group'),
        description: '-a',
        detail: t('Numbers of users and groups stay as they are where they come from.'),
        value: 'keepOwner',
      },
      {
        label: t('Follow links'),
        description: '-L',
        detail: t('A link is copied as the file or folder that it leads to.'),
        value: 'followLinks',
      },
    ],
    { title: t('How to Copy') },
  )
  return chosen === undefined
    ? undefined
    : { keepOwner: chosen.includes('keepOwner'), followLinks: chosen.includes('followLinks') }
}
