import { t } from '../../shared/l10n.ts'
import type { Completion, CompletionList } from '../answers.ts'
import { lineStartBefore } from '../dockerfile/lines.ts'
import type { Context, SourceDocument } from '../provider.ts'
import { folderOf, join } from '../uri.ts'

/** What build contexts seldom need. */
const usual: readonly { readonly pattern: string; readonly about: () => string }[] = [
  { pattern: '.git', about: () => t('The history of the repository') },
  { pattern: '**/node_modules', about: () => t('Packages of Node.js') },
  { pattern: '**/.env*', about: () => t('Settings and secrets of a machine') },
  { pattern: '**/*.log', about: () => t('Logs') },
  { pattern: '**/__pycache__', about: () => t('Compiled Python') },
  { pattern: '**/.venv', about: () => t('Python environments') },
  { pattern: '**/dist', about: () => t('Build output') },
  { pattern: '**/target', about: () => t('Build output') },
  { pattern: '**/bin', about: () => t('Build output') },
  { pattern: '**/obj', about: () => t('Build output') },
  { pattern: '**/.DS_Store', about: () => t('Files of macOS') },
  { pattern: '.vscode', about: () => t('Settings of the editor') },
  { pattern: '.idea', about: () => t('Settings of the editor') },
  { pattern: 'Dockerfile*', about: () => t('Dockerfiles: BuildKit reads them all the same') },
  { pattern: '.dockerignore', about: () => t('This file') },
  { pattern: '**/*.pem', about: () => t('Keys and certificates') },
]

/** The entries of the folder that is being typed, and at the start of a line what is usually left out. */
export async function completeIgnoreLine(
  { text, uri }: SourceDocument,
  offset: number,
  { host, signal }: Context,
): Promise<CompletionList> {
  const lineStart = lineStartBefore(text, offset)
  const typed = text.slice(lineStart, offset)
  if (typed.startsWith('#')) return { items: [], incomplete: false }
  const start = lineStart + /^\s*!?\s*/.exec(typed)![0].length
  const written = text.slice(start, offset)
  const slash = written.lastIndexOf('/') + 1
  const items: Completion[] = []
  const folder = join(folderOf(uri), written.slice(0, slash))
  const entries =
    folder === undefined || /[*?[]/.test(written.slice(0, slash))
      ? undefined
      : await host.listFolder(folder, signal)
  for (const { name, kind } of entries ?? [])
    items.push({
      label: kind === 'folder' ? `${name}/` : name,
      kind: kind === 'folder' ? 'folder' : 'file',
      edit: {
        range: { start: start + slash, end: offset },
        newText: kind === 'folder' ? `${escape(name)}/` : escape(name),
      },
      filter: name,
      sort: `1${name}`,
      ...(kind === 'folder' && { again: true }),
    })
  if (slash === 0)
    for (const { pattern, about } of usual)
      items.push({
        label: pattern,
        kind: 'value',
        edit: { range: { start, end: offset }, newText: pattern },
        detail: about(),
        sort: `2${pattern}`,
      })
  return { items, incomplete: false }
}

const escape = (name: string): string => name.replace(/[*?[\\]/g, '\\$&')
