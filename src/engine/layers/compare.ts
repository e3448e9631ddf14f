import type { Raw } from '../model/raw.ts'
import { looksSecret, masked, maskText } from '../../shared/masking.ts'
import { fields, text, textMap, texts } from '../raw/fields.ts'
import type { LayerFile } from './archive.ts'
import type { Change, FileChange } from './changes.ts'
import { diffIdsOf } from './instructions.ts'
import type { MergedFiles, Visible } from './merged-files.ts'

/** A property of an image's configuration; of those with names (`env`, `label` …) there is one for each name. */
export type ConfigPart =
  | 'entrypoint'
  | 'command'
  | 'user'
  | 'folder'
  | 'shell'
  | 'stopSignal'
  | 'healthCheck'
  | 'onBuild'
  | 'platform'
  | 'author'
  | 'created'
  | 'env'
  | 'label'
  | 'port'
  | 'volume'

export interface ConfigDifference {
  readonly part: ConfigPart
  /** The variable, label, port or volume; empty for what there is one of. */
  readonly name: string
  readonly change: Change
  /** Without secrets; empty where there is none. */
  readonly before: string
  readonly after: string
}

const words = (value: unknown): string => {
  const list = texts(value)
  return list.length === 0 ? '' : JSON.stringify(list)
}

interface Value {
  readonly real: string
  readonly shown: string
}

/** Everything that a configuration says of one image, by part and name. */
function configOf(config: Raw): ReadonlyMap<string, Value> {
  const run = fields(config['config'])
  const found = new Map<string, Value>()
  const put = (part: ConfigPart, real: string, name = '', shown = maskText(real)): void => {
    if (real !== '' || name !== '') found.set(`${part} ${name}`, { real, shown })
  }
  put('entrypoint', words(run['Entrypoint']))
  put('command', words(run['Cmd']))
  put('user', text(run['User']))
  put('folder', text(run['WorkingDir']))
  put('shell', words(run['Shell']))
  put('stopSignal', text(run['StopSignal']))
  put('healthCheck', words(fields(run['Healthcheck'])['Test']))
  put('onBuild', words(run['OnBuild']))
  const platform = [config['os'], config['architecture'], config['variant']].map(text)
  put('platform', platform.filter((part) => part !== '').join('/'))
  put('author', text(config['author']))
  put('created', text(config['created']).slice(0, 19))
  for (const variable of texts(run['Env'])) {
    const [name = ''] = variable.split('=', 1)
    const value = variable.slice(name.length + 1)
    // As in the history of the image, which holds them too.
    put('env', value, name, looksSecret(name) ? masked : maskText(value))
  }
  for (const [name, value] of Object.entries(textMap(run['Labels']))) put('label', value, name)
  for (const port of Object.keys(fields(run['ExposedPorts']))) put('port', '', port)
  for (const volume of Object.keys(fields(run['Volumes']))) put('volume', '', volume)
  return found
}

export function configDifferences(before: Raw, after: Raw): readonly ConfigDifference[] {
  const [old, young] = [configOf(before), configOf(after)]
  return [...new Set([...old.keys(), ...young.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), young.get(key)]
    if (was?.real === is?.real) return []
    const space = key.indexOf(' ')
    const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'
    const part = key.slice(0, space) as ConfigPart
    return [{ part, name: key.slice(space + 1), change, before: was?.shown ?? '', after: is?.shown ?? '' }]
  })
}

/** How many layers, counted from the base, two images have in common. */
export function sharedLayers(before: Raw, after: Raw): number {
  const [old, young] = [diffIdsOf(before), diffIdsOf(after)]
  let shared = 0
  while (shared < old.length && old[shared] === young[shared]) shared++
  return shared
}

/** What is different in the files of two images, of which contents have digests. Times alone are no difference. */
export function fileDifferences(before: MergedFiles, after: MergedFiles): readonly FileChange[] {
  const differences: FileChange[] = []
  after.each((path, visible) => {
    const old = before.at(path)
    const file = asSeen(visible)
    if (old === undefined) differences.push({ path, change: 'added', file })
    else if (!isSame(old, visible)) differences.push({ path, change: 'changed', file, before: asSeen(old) })
  })
  before.each((path, visible) => {
    if (after.at(path) !== undefined) return
    const file = asSeen(visible)
    differences.push({ path, change: 'removed', file, before: file })
  })
  return differences
}

/** One of the names of a file is as good as another. */
const asSeen = ({ file, content }: Visible): LayerFile =>
  file.type === 'hardlink' ? { ...file, type: 'file', size: content?.size ?? 0, link: '' } : file

function isSame(a: Visible, b: Visible): boolean {
  const [x, y] = [asSeen(a), asSeen(b)]
  return (
    x.type === y.type &&
    x.mode === y.mode &&
    x.uid === y.uid &&
    x.gid === y.gid &&
    x.link === y.link &&
    x.size === y.size &&
    a.content?.digest === b.content?.digest
  )
}
