import { t } from '../../../shared/l10n.ts'
import type { CodeLens } from '../../answers.ts'
import type { OpenProject } from '../open.ts'
import { entryOf, keyText } from '../yaml/nodes.ts'

interface Action {
  readonly command: string
  readonly title: () => string
}

const ofProject: readonly Action[] = [
  { command: 'quayside.compose.up', title: () => t('Up') },
  { command: 'quayside.compose.down', title: () => t('Down') },
  { command: 'quayside.compose.logs', title: () => t('Logs') },
  { command: 'quayside.compose.config', title: () => t('Show merged project') },
  { command: 'quayside.compose.graph', title: () => t('Graph') },
]

const ofService: readonly Action[] = [
  { command: 'quayside.compose.up', title: () => t('Up') },
  { command: 'quayside.compose.stop', title: () => t('Stop') },
  { command: 'quayside.compose.restart', title: () => t('Restart') },
  { command: 'quayside.compose.logs', title: () => t('Logs') },
  { command: 'quayside.compose.exec', title: () => t('Shell') },
]

/** What only a service with such a key has a use for. */
const ofServiceWith: readonly (Action & { readonly key: string })[] = [
  { key: 'build', command: 'quayside.compose.build', title: () => t('Build') },
  { key: 'develop', command: 'quayside.compose.watch', title: () => t('Watch') },
]

/**
 * Commands over `services:` and over each service, as far as the client can run them. The argument says which files
 * make the project and which services are meant; the client adds the live state.
 */
export function codeLenses(open: OpenProject, commands: readonly string[]): readonly CodeLens[] {
  const known = new Set(commands)
  const lenses: CodeLens[] = []
  const project = { files: [...open.uris], ...(open.from === undefined ? {} : { from: open.from }) }
  for (const root of open.yaml.documents) {
    const section = entryOf(root, 'services')
    if (section?.value.kind !== 'map') continue
    const range = { start: section.key.start, end: section.key.end }
    for (const { command, title } of ofProject)
      if (known.has(command)) lenses.push({ range, title: title(), command, argument: project })
    for (const entry of section.value.entries) {
      const name = keyText(entry)
      if (name === undefined || name === '<<' || name === '') continue
      const at = { start: entry.key.start, end: entry.key.end }
      for (const { command, title } of ofService)
        if (known.has(command))
          lenses.push({ range: at, title: title(), command, argument: { ...project, services: [name] } })
      for (const { key, command, title } of ofServiceWith)
        if (entryOf(entry.value, key) !== undefined && known.has(command))
          lenses.push({ range: at, title: title(), command, argument: { ...project, services: [name] } })
    }
  }
  return lenses.slice(0, 2000)
}
