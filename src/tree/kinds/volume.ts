import { refKey } from '../../engine/model/refs.ts'
import { bytes } from '../../shared/bytes.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { volumePlace } from '../places.ts'
import { fullMoment } from '../moment.ts'
import type { VolumeNode } from '../node.ts'
import { labelFact, maskedPair, tooltip } from '../tooltip.ts'
import { usersWord } from '../users.ts'
import { usersBelow } from './image.ts'
import { dotted, spoken, type Kind } from './kind.ts'

/** An anonymous volume's name is a hash: its first digits tell it apart. */
const volumeLabel = ({ volume }: VolumeNode): string =>
  volume.anonymous && /^[0-9a-f]{64}$/.test(volume.name) ? volume.name.slice(0, 12) : plain(volume.name, 100)

const sizeWord = ({ volume: { size } }: VolumeNode): string => (size === undefined ? '' : bytes(size))
const anonymousWord = ({ volume }: VolumeNode): string => (volume.anonymous ? t('anonymous') : '')

export const volumeKind: Kind<VolumeNode> = {
  id: ({ volume }) => refKey(volume),
  flags: ({ volume, usedBy }) => [
    ...(usedBy.length > 0 ? ['used'] : []),
    ...(volume.anonymous ? ['anonymous'] : []),
  ],
  label: volumeLabel,
  description: (node) =>
    dotted(
      sizeWord(node),
      usersWord(node.usedBy),
      anonymousWord(node),
      node.volume.driver === 'local' ? '' : plain(node.volume.driver, 40),
    ),
  icon: ({ usedBy, volume }) => {
    if (usedBy.length > 0) return { name: 'database', color: 'charts.green' }
    return { name: volume.anonymous ? 'circle-slash' : 'archive', color: 'disabledForeground' }
  },
  accessibilityLabel: (node) =>
    spoken(volumeLabel(node), t('volume'), usersWord(node.usedBy), anonymousWord(node), sizeWord(node)),
  tooltip: ({ volume, usedBy }, context) =>
    tooltip(volume.name, usersWord(usedBy), [
      [t('Used by'), usedBy.flatMap((container) => mountedAt(volume.name, container))],
      [t('Driver'), volume.driver],
      [t('Options'), Object.entries(volume.options).map(([name, value]) => maskedPair(name, value))],
      [t('Mount point'), volume.mountpoint],
      [t('Size'), volume.size === undefined ? '' : bytes(volume.size)],
      [
        t('Created'),
        volume.created === undefined ? '' : fullMoment({ at: volume.created, within: 0 }, context),
      ],
      labelFact(volume.labels),
    ]),
  expandable: () => 'collapsed',
  children: ({ volume, usedBy }) => [
    { kind: 'files', place: volumePlace(volume), within: refKey(volume) },
    ...usersBelow(refKey(volume), usedBy),
  ],
}

function mountedAt(volume: string, { name, mounts }: VolumeNode['usedBy'][number]): string[] {
  return mounts
    .filter((mount) => mount.name === volume)
    .map(({ destination, readOnly }) => `${name}:${destination}${readOnly ? ':ro' : ''}`)
}
