import { t } from '../../../../shared/l10n.ts'
import type { TextRange } from '../../../../shared/text-range.ts'
import type { Completion } from '../../../answers.ts'
import { scalarText } from '../../../rules/compose/edits.ts'
import { builtStage, buildArgsOf, dockerfileOf, instructionsFor } from '../../build-files.ts'
import { healthTest } from '../../healthcheck.ts'
import { namesIn, type NameKind } from '../../names.ts'
import type { OpenProject } from '../../open.ts'
import { resolvePath } from '../../project/paths.ts'
import { formsOf, typesOf } from '../../schema/walk.ts'
import type { Schema } from '../../schema/schema.ts'
import { entryOf } from '../../yaml/nodes.ts'
import type { Path } from '../../yaml/tree.ts'
import { knownWords } from './known-values.ts'
import type { Place } from './place.ts'

/** A value as it is written at a place: quoted where it must be, but not within quotes that are there. */
export function written(place: Place, word: string): string {
  return place.quote === '' ? scalarText(word, place.flow) : word
}

export function valueItem(place: Place, word: string, more: Partial<Completion> = {}): Completion {
  return {
    label: word,
    kind: 'value',
    edit: { range: place.range, newText: written(place, word) },
    filter: word,
    ...more,
  }
}

/** The modes of a mount, behind its second colon. */
export function mountModeItems(place: Place, path: Path): readonly Completion[] {
  if (path[0] !== 'services' || path[2] !== 'volumes' || path.length !== 4 || place.as !== 'item') return []
  const typed = /^(?:[A-Za-z]:\\)?[^:]+:[^:]+:(?:\w+,)*(\w*)$/.exec(place.typed)?.[1]
  if (typed === undefined) return []
  const range = { start: place.range.start + place.typed.length - typed.length, end: place.range.end }
  return ['ro', 'rw', 'z', 'Z', 'nocopy', 'cached'].map((word) => ({
    label: word,
    kind: 'value' as const,
    edit: { range, newText: word },
    filter: word,
  }))
}

/** The words that the schema names for a value, and true and false. */
export function schemaItems(place: Place, schema: Schema): readonly Completion[] {
  const words = formsOf(schema).flatMap((form) => form.enum ?? [])
  const items = words.map((word) => valueItem(place, word))
  const types = typesOf(schema)
  // What takes any scalar, as the value of a label does, is mostly neither.
  if (types?.has('boolean') === true && !types.has('number') && place.quote === '')
    for (const word of ['true', 'false'])
      items.push({ label: word, kind: 'value', edit: { range: place.range, newText: word } })
  return items
}

/** Words that no schema lists but everybody uses at this path. */
export function knownItems(place: Place, path: Path): readonly Completion[] {
  return knownWords(path).map(({ word, detail }) =>
    valueItem(place, word, { sort: `1${word}`, ...(detail === undefined ? {} : { detail: detail() }) }),
  )
}

/** The names a place takes: of services, networks, volumes and so on. */
export function nameItems(place: Place, path: Path, open: OpenProject): readonly Completion[] {
  const wanted = wantedName(path)
  if (wanted === undefined) return []
  const own = String(path[1] ?? '')
  const names = new Set<string>()
  const other = extendedFile(open, path)
  const yamls =
    other === undefined
      ? open.project.sources
          .filter(({ scope }) => scope === (open.source?.scope ?? 'project'))
          .map(({ yaml }) => yaml)
      : other.flatMap((uri) => open.files.yaml(uri) ?? [])
  for (const yaml of yamls)
    for (const name of namesIn(yaml))
      if (name.kind === wanted.kind && (name.role === 'declaration' || wanted.kind === 'profile'))
        names.add(name.name)
  if (wanted.kind === 'service' && other === undefined) names.delete(own)
  if (wanted.kind === 'network') names.add('default')
  const range = wanted.prefix === '' ? place.range : prefixRange(place, wanted.prefix)
  if (range === undefined) return []
  return [...names]
    .filter((name) => !place.present.has(name))
    .map((name) => {
      const text = wanted.prefix !== '' && range === place.range ? `${wanted.prefix}${name}` : name
      return {
        label: text,
        kind: 'reference' as const,
        edit: { range, newText: text + (wanted.suffix ?? '') },
        filter: text,
        sort: `0${name}`,
        ...(wanted.suffix === undefined ? {} : { again: true }),
      }
    })
}

/** The file whose service is extended, where one is named: none when its path cannot be followed. */
function extendedFile(open: OpenProject, [section, name, key, field]: Path): readonly string[] | undefined {
  if (section !== 'services' || key !== 'extends' || field !== 'service') return undefined
  const services = open.yaml.documents.map((root) => entryOf(root, 'services')?.value)
  const extending = services.map((node) => entryOf(entryOf(node, String(name))?.value, 'extends')?.value)
  const file = extending.map((node) => entryOf(node, 'file')?.value).find((node) => node !== undefined)
  if (file?.kind !== 'scalar' || file.text === '' || open.source === undefined) return undefined
  const uri = resolvePath(open.source.folder, file.text)
  return uri === undefined ? [] : [uri]
}

/** `service:` may stand already. */
function prefixRange(place: Place, prefix: string): TextRange | undefined {
  if (place.typed.startsWith(prefix))
    return { start: place.range.start + prefix.length, end: place.range.end }
  return prefix.startsWith(place.typed) || place.typed === '' ? place.range : undefined
}

interface Wanted {
  readonly kind: NameKind
  readonly prefix: string
  readonly suffix?: string
}

function wantedName(path: Path): Wanted | undefined {
  if (path[0] !== 'services') return undefined
  const [, , key, third, fourth] = path
  const plain = (kind: NameKind): Wanted => ({ kind, prefix: '' })
  const listed = path.length === 4 && typeof third === 'number'
  const keyed = path.length === 3
  switch (key) {
    case 'depends_on':
      return listed || keyed ? plain('service') : undefined
    case 'links':
    case 'volumes_from':
      return listed ? plain('service') : undefined
    case 'networks':
      return listed || keyed ? plain('network') : undefined
    case 'models':
      return listed || keyed ? plain('model') : undefined
    case 'profiles':
      return listed ? plain('profile') : undefined
    case 'secrets':
      return listed || fourth === 'source' ? plain('secret') : undefined
    case 'configs':
      return listed || fourth === 'source' ? plain('config') : undefined
    case 'volumes':
      if (listed) return { kind: 'volume', prefix: '', suffix: ':' }
      return fourth === 'source' ? plain('volume') : undefined
    case 'extends':
      return path.length === 3 || third === 'service' ? plain('service') : undefined
    case 'network_mode':
    case 'ipc':
    case 'pid':
      return path.length === 3 ? { kind: 'service', prefix: 'service:' } : undefined
    case 'build':
      if (third === 'secrets') return plain('secret')
      return third === 'additional_contexts' && path.length === 5
        ? { kind: 'service', prefix: 'service:' }
        : undefined
    default:
      return undefined
  }
}

/** A command that tells whether the image of the service is ready. */
export function healthItems(place: Place, path: Path, open: OpenProject): readonly Completion[] {
  const [section, name, key, field] = path
  if (section !== 'services' || key !== 'healthcheck' || field !== 'test' || path.length !== 4) return []
  const service = open.project.services.get(String(name))
  if (service === undefined || place.as !== 'value' || place.quote !== '') return []
  const test = healthTest(service)
  return [{ label: test, kind: 'value', edit: { range: place.range, newText: test }, filter: test }]
}

/** What the Dockerfile of the service offers: stages, arguments, exposed ports. */
export function dockerfileItems(place: Place, path: Path, open: OpenProject): readonly Completion[] {
  if (path[0] !== 'services' || typeof path[1] !== 'string') return []
  const service = open.project.services.get(path[1])
  const dockerfile = service === undefined ? undefined : dockerfileOf(open.files, service)
  if (service === undefined || dockerfile === undefined) return []
  if (path[2] === 'build' && path[3] === 'target')
    return dockerfile.stages.flatMap((stage) =>
      stage.name === undefined
        ? []
        : [
            valueItem(place, stage.name, {
              kind: 'stage',
              detail: stage.base.slice(0, 60),
              sort: `0${stage.index}`,
            }),
          ],
    )
  if (path[2] === 'build' && path[3] === 'args')
    return [...buildArgsOf(dockerfile)]
      .filter((name) => !place.present.has(name))
      .map((name) => ({
        label: name,
        kind: 'variable' as const,
        edit: { range: place.range, newText: place.as === 'key' ? `${name}: ` : `${name}=` },
        detail: t('ARG of the Dockerfile'),
      }))
  if (path[2] === 'ports' && path.length === 4) {
    const words = instructionsFor(dockerfile, builtStage(dockerfile, service))
      .filter((instruction) => instruction.name === 'EXPOSE')
      .flatMap((instruction) => instruction.words.map((word) => word.text))
    return words
      .filter((word) => /^\d+(?:\/\w+)?$/.test(word))
      .map((word) => {
        const text = `${word.split('/')[0]}:${word}`
        const newText = place.quote === '' ? `"${text}"` : text
        return {
          label: text,
          kind: 'value' as const,
          edit: { range: place.range, newText },
          filter: text,
          detail: t('exposed by the Dockerfile'),
        }
      })
  }
  return []
}
