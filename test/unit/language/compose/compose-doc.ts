import type { ComposeDoc } from '../../../../src/language/compose/doc.ts'
import { filesInMemory } from '../../../../src/language/compose/project/files.ts'
import { loadProject } from '../../../../src/language/compose/project/load.ts'

export const folder = 'file:///srv/shop'

/** A compose file with files beside it, by their paths; the file itself is `compose.yaml` unless it is named. */
export function composeDoc(
  text: string,
  files: Readonly<Record<string, string>> = {},
  name = 'compose.yaml',
): ComposeDoc {
  const uri = `${folder}/${name}`
  const texts = new Map(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]))
  texts.set(uri, text)
  const all = filesInMemory(texts)
  const override = `${folder}/compose.override.yaml`
  const uris = texts.has(override) && uri !== override ? [uri, override] : [uri]
  const project = loadProject({
    uris,
    files: all,
    environment: new Map([
      ['HOME', '/home/me'],
      ['PWD', '/srv/shop'],
    ]),
  })
  const yaml = all.yaml(uri)
  if (yaml === undefined) throw new Error('the document is there')
  return {
    uri,
    text,
    yaml,
    source: project.sources.find((source) => source.uri === uri),
    project,
    files: all,
  }
}

/** The text without its «marks», and the ranges they stood around. */
export function unmark(marked: string): { text: string; ranges: { start: number; end: number }[] } {
  const ranges: { start: number; end: number }[] = []
  let text = ''
  let start = 0
  for (const character of marked) {
    if (character === '«') start = text.length
    else if (character === '»') ranges.push({ start, end: text.length })
    else text += character
  }
  return { text, ranges }
}
