import { normalize } from '../files/file-path.ts'
import { shownName } from '../files/raw-name.ts'
import type { TarHeader } from '../files/tar-reader.ts'
import type { TarType } from './archive.ts'

const types: Readonly<Record<string, TarType>> = {
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'device',
  '4': 'device',
  '5': 'directory',
  '6': 'fifo',
  '7': 'file',
  S: 'file',
}

/** Undefined for labels, volumes, and what is not known. */
export const typeOf = ({ type }: TarHeader): TarType | undefined => types[type]

/** Layers are looked at by text: bytes that are no UTF-8 are written out. */
export const nameIn = ({ name }: TarHeader): string => normalize(shownName(name))

export const linkIn = ({ linkname }: TarHeader): string => shownName(linkname)
