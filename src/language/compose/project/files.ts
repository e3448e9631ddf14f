import { readYaml } from '../yaml/read.ts'
import type { YamlFile } from '../yaml/nodes.ts'

/** What is known of a path. `unknown` while nobody could look. */
export type PathKind = 'file' | 'folder' | 'absent' | 'unknown'

/** The files around a project, as far as they were read. Answers at once; what it does not know yet it remembers to be asked for. */
export interface Files {
  /** The text of a file; undefined where it is absent or not known. */
  text(uri: string): string | undefined
  /** The same as read by the YAML reader, once a text. */
  yaml(uri: string): YamlFile | undefined
  kind(uri: string): PathKind
}

/** A host without any file: everything is unknown. */
export const noFiles: Files = { text: () => undefined, yaml: () => undefined, kind: () => 'unknown' }

/** Files in memory, for tests and tools: what is not named is absent, and every folder of a file exists. */
export function filesInMemory(texts: ReadonlyMap<string, string>): Files {
  const folders = new Set<string>()
  for (const uri of texts.keys())
    for (let slash = uri.lastIndexOf('/'); slash > 0; slash = uri.lastIndexOf('/', slash - 1))
      folders.add(uri.slice(0, slash))
  return {
    text: (uri) => texts.get(uri),
    yaml: (uri) => {
      const text = texts.get(uri)
      return text === undefined ? undefined : readYaml(text)
    },
    kind: (uri) => (texts.has(uri) ? 'file' : folders.has(uri.replace(/\/$/, '')) ? 'folder' : 'absent'),
  }
}
