import { t } from '../../shared/l10n.ts'
import type { GraphDependency, GraphService, ServiceGraph } from '../../shared/service-graph/graph.ts'
import type { LiveService } from '../../shared/service-graph/page.ts'
import { button, element } from '../elements.ts'
import { conditionWord } from './picture.ts'

/** All that the picture shows as a table: for those who read, search and copy it, or hear it. */
export function serviceTable(
  graph: ServiceGraph,
  live: Readonly<Record<string, LiveService>>,
  open: (service: string) => void,
): HTMLTableElement {
  const titles = [
    t('Service'),
    t('State'),
    t('Image'),
    t('Ports'),
    t('Depends on'),
    t('Networks'),
    t('Volumes'),
  ]
  const row = (service: GraphService): HTMLTableRowElement => {
    const cells = [
      live[service.name]?.word ?? '',
      service.image,
      service.ports.join(', '),
      graph.dependencies
        .filter(({ from }) => from === service.name)
        .map(dependencyWord)
        .join(', '),
      service.networks.join(', '),
      service.volumes.map(mountWord).join(', '),
    ]
    const name = element(
      'th',
      { scope: 'row' },
      button(service.name, () => open(service.name), 'link'),
    )
    return element('tr', {}, name, ...cells.map((cell) => element('td', {}, cell)))
  }
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...titles.map((title) => element('th', { scope: 'col' }, title)))),
    element('tbody', {}, ...graph.services.map(row)),
  )
}

function dependencyWord(dependency: GraphDependency): string {
  const word = conditionWord(dependency)
  const notes = [
    ...(word === '' ? [] : [word]),
    ...(dependency.required ? [] : [t('optional')]),
    ...(dependency.declared ? [] : [t('implied')]),
  ]
  return notes.length === 0 ? dependency.to : `${dependency.to} (${notes.join(', ')})`
}

function mountWord({ name, path, readOnly }: GraphService['volumes'][number]): string {
  return `${name}:${path}${readOnly ? ` (${t('read-only')})` : ''}`
}
