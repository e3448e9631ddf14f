import { noHost, type Host } from '../../src/language/host.ts'
import type { Context, LanguageId, SourceDocument } from '../../src/language/provider.ts'
import { defaultSettings } from '../../src/language/settings.ts'

/** A context for calls to providers: no host unless one is given, default settings. */
export function languageContext(host: Partial<Host> = {}, others: Partial<Context> = {}): Context {
  return {
    host: { ...noHost, ...host },
    settings: defaultSettings,
    signal: new AbortController().signal,
    openDocument: () => undefined,
    commands: [],
    ...others,
  }
}

export function sourceDocument(
  text: string,
  languageId: LanguageId = 'dockerfile',
  uri = 'file:///ws/Dockerfile',
): SourceDocument {
  return { uri, languageId, version: 1, text }
}

/** A text with one `|` where the cursor is, taken apart. */
export function withCursor(marked: string): { readonly text: string; readonly offset: number } {
  const offset = marked.indexOf('|')
  if (offset < 0) throw new Error(`no | in ${marked}`)
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset }
}

/** A host over files held in memory: `{ 'src/app.py': 'text' }` below `file:///ws`. */
export function memoryHost(files: Readonly<Record<string, string>>, root = 'file:///ws'): Partial<Host> {
  const paths = Object.keys(files)
  const pathOf = (uri: string): string =>
    decodeURIComponent(uri.slice(root.length).replace(/^\//, '').replace(/\/$/, ''))
  const isFolder = (path: string): boolean => path === '' || paths.some((each) => each.startsWith(`${path}/`))
  return {
    readFile: (uri) => Promise.resolve(files[pathOf(uri)]),
    stat: (uri) => {
      const path = pathOf(uri)
      const text = files[path]
      if (text !== undefined) return Promise.resolve({ kind: 'file', size: text.length })
      return Promise.resolve(isFolder(path) ? { kind: 'folder', size: 0 } : undefined)
    },
    listFolder: (uri) => {
      const path = pathOf(uri)
      if (!isFolder(path)) return Promise.resolve(undefined)
      const prefix = path === '' ? '' : `${path}/`
      const names = new Set(
        paths
          .filter((each) => each.startsWith(prefix))
          .map((each) => each.slice(prefix.length).split('/')[0]!),
      )
      return Promise.resolve(
        [...names].map((name) =>
          isFolder(prefix + name)
            ? { name, kind: 'folder' }
            : { name, kind: 'file', size: files[prefix + name]!.length },
        ),
      )
    },
  }
}
