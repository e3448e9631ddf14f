import { refKey } from '../../engine/model/refs.ts'
import { t } from '../../shared/l10n.ts'
import type { PortNode } from '../node.ts'
import { fullPorts, samePort, shortPorts } from '../ports.ts'
import { tooltip } from '../tooltip.ts'
import { spoken, type Kind } from './kind.ts'

const label = ({ port }: PortNode): string => shortPorts([port])

export const portKind: Kind<PortNode> = {
  id: (node) => `${refKey(node.container)}|port|${label(node)}|${node.port.protocol}`,
  flags: ({ port }) => (port.protocol === 'tcp' ? ['tcp'] : []),
  label,
  description: () => t('published port'),
  icon: () => ({ name: 'plug', color: 'charts.blue' }),
  accessibilityLabel: (node) => spoken(label(node).replaceAll('→', ` ${t('to')} `), t('published port')),
  tooltip: ({ container, port }) =>
    tooltip(container.name, t('published port'), [
      [t('Ports'), fullPorts(container.ports.filter((other) => samePort(other, port)))],
    ]),
  expandable: () => 'no',
  children: () => [],
}
