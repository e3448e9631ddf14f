import type { Context, SourceDocument } from '../provider.ts'
import type { Files, PathKind } from './project/files.ts'
import { folderOf } from './project/paths.ts'
import type { YamlFile } from './yaml/nodes.ts'
import { readYaml } from './yaml/read.ts'

/** Files as the host shows them, read when somebody asked for them in vain. */
export interface GatheredFiles extends Files {
  /** Reads what was asked for since the last time; false when there was nothing. */
  fetch(): Promise<boolean>
}

interface Known {
  readonly kind: PathKind
  readonly text?: string
}

interface Parsed {
  readonly text: string
  readonly yaml: YamlFile
  /** The last reading without a fault. */
  readonly sound: YamlFile | undefined
}

/** Texts seen lately, so that a file that did not change is not parsed again. Bounded; oldest out first. */
const parsed = new Map<string, Parsed>()
const parsedLimit = 50

/** A text as YAML; the same text of the same file is read once, and of a changed one what changed. */
export function yamlOf(uri: string, text: string): YamlFile {
  const known = parsed.get(uri)
  if (known?.text === text) return known.yaml
  const yaml = readYaml(text, known?.sound)
  parsed.delete(uri)
  const sound = yaml.problems.length === 0 ? yaml : known?.sound
  parsed.set(uri, { text, yaml, sound })
  const oldest = parsed.keys().next().value
  if (parsed.size > parsedLimit && oldest !== undefined) parsed.delete(oldest)
  return yaml
}

/** How often a project may ask for more files: an include in an include in an include. */
const rounds = 16

/** The files around a document. A host that does not even know the document's folder leaves everything unknown. */
export function gatherFiles(doc: SourceDocument, context: Context): GatheredFiles {
  const known = new Map<string, Known>([[doc.uri, { kind: 'file', text: doc.text }]])
  const wanted = new Set<string>()
  let round = 0
  let blind: boolean | undefined

  const look = (uri: string): Known | undefined => {
    const entry = known.get(uri)
    if (entry === undefined) wanted.add(uri)
    return entry
  }

  const read = async (uri: string): Promise<Known> => {
    const open = context.openDocument(uri)
    if (open !== undefined) return { kind: 'file', text: open.text }
    const stat = await context.host.stat(uri, context.signal)
    if (stat === undefined) return { kind: 'absent' }
    if (stat.kind === 'folder') return { kind: 'folder' }
    const text = await context.host.readFile(uri, context.signal)
    if (text === undefined) return { kind: stat.kind === 'link' ? 'unknown' : 'file' }
    return { kind: 'file', text }
  }

  return {
    text: (uri) => look(uri)?.text,
    yaml: (uri) => {
      const text = look(uri)?.text
      return text === undefined ? undefined : yamlOf(uri, text)
    },
    kind: (uri) => look(uri)?.kind ?? 'unknown',
    async fetch() {
      if (wanted.size === 0 || ++round > rounds || context.signal.aborted) return false
      blind ??= (await context.host.stat(folderOf(doc.uri), context.signal)) === undefined
      const uris = [...wanted]
      wanted.clear()
      const answers = await Promise.all(
        uris.map((uri): Promise<Known> =>
          blind === true ? Promise.resolve({ kind: 'unknown' }) : read(uri),
        ),
      )
      for (const [index, uri] of uris.entries()) known.set(uri, answers[index] ?? { kind: 'unknown' })
      return true
    },
  }
}
