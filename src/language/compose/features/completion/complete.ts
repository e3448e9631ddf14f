import type { Completion, CompletionList } from '../../../answers.ts'
import { imageItems } from '../../../dockerfile/completion/images.ts'
import type { Context, SourceDocument } from '../../../provider.ts'
import { indentStep } from '../../insert.ts'
import { projectOf, type OpenProject } from '../../open.ts'
import { schemaAt } from '../../schema/walk.ts'
import { anchorsIn, effectivePath, spotAt, type Path } from '../../yaml/tree.ts'
import { keyItems } from './keys.ts'
import { freeKeys } from './known-values.ts'
import { pathItems } from './paths.ts'
import { placeAt, type Place } from './place.ts'
import { serviceSnippets, topSnippets } from './snippets.ts'
import { tagItems } from './tags.ts'
import { dockerfileItems, healthItems, knownItems, mountModeItems, nameItems, schemaItems } from './values.ts'
import { environmentItems, variableItems, variableNameItems } from './variables.ts'

const nothing: CompletionList = { items: [], incomplete: false }

export async function complete(
  doc: SourceDocument,
  offset: number,
  context: Context,
): Promise<CompletionList> {
  const place = placeAt(doc.text, offset)
  if (place === undefined) return nothing
  const open = await projectOf(doc, context)
  const variables = variableItems(doc.text, offset, open)
  if (variables !== undefined) return { items: variables, incomplete: false }
  // Behind the name of a variable stands what only its author knows.
  if (/(?<!\$)(?:\$\$)*\$\{\w+[^}$\r\n]*$/.test(doc.text.slice(Math.max(0, offset - 200), offset)))
    return nothing
  const path = pathOf(open, place)
  const merges = path.at(-1) === '<<' || (path.at(-2) === '<<' && typeof path.at(-1) === 'number')
  if (place.as !== 'key' && (place.typed.startsWith('*') || merges))
    return { items: aliasItems(place, open, offset), incomplete: false }
  const step = ' '.repeat(indentStep(open.yaml))
  const tags = tagItems(place, path, { text: doc.text, step })
  if (tags !== undefined) return { items: tags, incomplete: false }
  const image = place.as === 'key' ? undefined : await images(place, path, context)
  if (image !== undefined) return image
  let items: Completion[]
  // What a Dockerfile offers is asked for first and read then.
  do {
    items = []
    if (place.as === 'key' || (place.as === 'item' && /^[\w.-]*$/.test(place.typed) && place.quote === ''))
      items.push(...keys(place, path, open, step))
    if (place.as !== 'key') items.push(...(await values(place, path, open, context)))
  } while (await open.files.fetch())
  const unique = new Map<string, Completion>()
  for (const item of items) if (!unique.has(item.label)) unique.set(item.label, item)
  return { items: [...unique.values()].map((item) => apart(item, doc.text)), incomplete: false }
}

/** A dash or a key with its colon, with nothing behind it. */
const unspaced = /(?:^|[\r\n])(?: *- )* *(?:-|(?:[^\s"'#:-][^\s"'#:]*|"[^"\r\n]*"|'[^'\r\n]*'):)$/

/** What is taken right behind a dash or a colon gets the space that YAML wants there. */
function apart(item: Completion, text: string): Completion {
  const { range, newText } = item.edit
  if (!unspaced.test(text.slice(Math.max(0, range.start - 200), range.start))) return item
  return { ...item, edit: { range, newText: ` ${newText}` } }
}

/** The path as the schema knows it: in a fragment that of the place where the fragment is used. */
function pathOf(open: OpenProject, place: Place): Path {
  const { path, parentOffset } = place
  if (!String(path[0] ?? '').startsWith('x-') || parentOffset < 0) return path
  const spot = spotAt(open.yaml, parentOffset)
  if (spot?.entry === undefined) return path
  const chain = [...spot.chain.slice(0, -1), spot.entry.value]
  const effective = effectivePath(open.yaml, spot.path, chain)
  return [...effective, ...path.slice(spot.path.length)]
}

function keys(place: Place, path: Path, open: OpenProject, step: string): readonly Completion[] {
  const schema = schemaAt(path)
  if (schema === undefined) return []
  const [section, , key, third] = path
  const items: Completion[] = [...keyItems(place, schema, step)]
  if (place.as === 'key') {
    if (path.length === 1 && section === 'services') items.push(...serviceSnippets(place, step))
    if (path.length === 0) items.push(...topSnippets(place, step))
    // Within an entry of a list the keys of its long form alone make sense.
    for (const item of typeof path.at(-1) === 'number' ? [] : nameItems(place, path, open))
      items.push({ ...item, edit: { ...item.edit, newText: `${item.label}:` } })
    if (section === 'services' && path.length === 3 && key === 'environment')
      items.push(...environmentItems(place, open))
    if (section === 'services' && key === 'build' && third === 'args')
      items.push(...dockerfileItems(place, path, open))
    for (const name of freeKeys(path))
      if (!place.present.has(name))
        items.push({ label: name, kind: 'property', edit: { range: place.range, newText: `${name}: ` } })
  }
  return items
}

/** Names and tags of images, which come from the engine and perhaps from registries. */
async function images(place: Place, path: Path, context: Context): Promise<CompletionList | undefined> {
  if (path[0] !== 'services' || path[2] !== 'image' || path.length !== 3) return undefined
  return imageItems(place.typed, place.range, context)
}

async function values(
  place: Place,
  path: Path,
  open: OpenProject,
  context: Context,
): Promise<readonly Completion[]> {
  const schema = schemaAt(path)
  const items: Completion[] = [
    ...nameItems(place, path, open),
    ...dockerfileItems(place, path, open),
    ...healthItems(place, path, open),
    ...knownItems(place, path),
    ...mountModeItems(place, path),
    ...(await pathItems(place, path, open, context)),
  ]
  if (schema !== undefined) items.push(...schemaItems(place, schema))
  if (place.as === 'item' && path[0] === 'services' && path[2] === 'environment' && path.length === 4)
    items.push(...environmentItems(place, open))
  if ((path[0] === 'secrets' || path[0] === 'configs') && path[2] === 'environment' && path.length === 3)
    items.push(...variableNameItems(place, open))
  return items
}

/** The anchors above the place. */
function aliasItems(place: Place, open: OpenProject, offset: number): readonly Completion[] {
  const items: Completion[] = []
  for (const [name, nodes] of anchorsIn(open.yaml).declared) {
    if (!nodes.some((node) => (node.anchor?.start ?? node.start) < offset)) continue
    items.push({
      label: `*${name}`,
      kind: 'reference',
      edit: { range: place.range, newText: `*${name}` },
      filter: `*${name}`,
    })
  }
  return items
}
