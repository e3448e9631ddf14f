import type { SubmenuId } from '../commands/command.ts'

/** The submenus of the context menu: their titles and where they stand in it. */
export const submenus: Readonly<Record<SubmenuId, { readonly title: string; readonly group: string }>> = {
  files: { title: 'Files', group: '5_files@1' },
  copy: { title: 'Copy', group: '8_copy@1' },
  more: { title: 'More', group: '8_copy@2' },
}
