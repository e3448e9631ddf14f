import * as vscode from 'vscode'
import type { FileCommand, FileLanguage, FileTarget } from '../commands/command.ts'
import { EngineError } from '../engine/errors.ts'
import { isWorkflowPath } from '../shared/compose-content.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { pickOne, showInfo } from './verbatim-window.ts'

const patterns: Readonly<Record<FileLanguage, string>> = {
  dockerfile: '**/{Dockerfile,Dockerfile.*,*.Dockerfile,*.dockerfile,Containerfile,Containerfile.*}',
  dockercompose: '**/{compose,docker-compose,compose[._-]*,docker-compose[._-]*}.{yml,yaml}',
}
const excluded = '**/{node_modules,.git}/**'
const mostFiles = 200

/**
 * What a command on files was called for: the argument of a lens, a file of the Explorer, the file of the editor, or one that is
 * asked for. Undefined when the user chose none.
 */
export async function fileTarget(
  command: FileCommand,
  title: string,
  args: readonly unknown[],
): Promise<FileTarget | undefined> {
  const [first] = args
  if (first instanceof vscode.Uri) return { paths: [localPath(first)], parts: [] }
  const lens = lensTarget(first)
  if (lens !== undefined) return lens
  const document = vscode.window.activeTextEditor?.document
  if (document?.languageId === command.language && document.uri.scheme === 'file')
    return { paths: [document.uri.fsPath], parts: [] }
  return askFile(command, title)
}

/** A path in a container, or of another state of a file, is some other file on this machine. */
function localPath(uri: vscode.Uri): string {
  if (uri.scheme === 'file') return uri.fsPath
  throw new EngineError('invalid', t('“{0}” is no file on the disk of this machine.', plain(uri.path, 200)), {
    nextStep: t('Download it first, or save it to a folder.'),
  })
}

/** `{ uri, target? }` of a Dockerfile's lenses, `{ files, from?, project?, services? }` of a compose file's; only files of an open folder or editor count. */
function lensTarget(value: unknown): FileTarget | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { uri, target, files, from, project, services } = value as Record<string, unknown>
  const uris = (typeof uri === 'string' ? [uri] : strings(files)).map((text) => vscode.Uri.parse(text, true))
  if (uris.length === 0 || !uris.every(isOpen)) return undefined
  return {
    paths: uris.map(({ fsPath }) => fsPath),
    parts: typeof target === 'string' ? [target] : strings(services),
    ...(typeof project === 'string' ? { project } : {}),
    ...(typeof from === 'string' ? { folder: vscode.Uri.parse(from, true).fsPath } : {}),
  }
}

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : []

function isOpen(uri: vscode.Uri): boolean {
  if (uri.scheme !== 'file') return false
  return (
    vscode.workspace.getWorkspaceFolder(uri) !== undefined ||
    vscode.workspace.textDocuments.some((document) => document.uri.fsPath === uri.fsPath)
  )
}

async function askFile({ language }: FileCommand, title: string): Promise<FileTarget | undefined> {
  const named = await vscode.workspace.findFiles(patterns[language], excluded, mostFiles)
  // An open file can have the language by its content, whatever it is called.
  const open = vscode.workspace.textDocuments
    .filter(({ languageId, isClosed }) => languageId === language && !isClosed)
    .map(({ uri }) => uri)
  const found = [...new Map([...named, ...open].map((uri) => [uri.toString(), uri])).values()].filter(
    ({ scheme, path }) => scheme === 'file' && !isWorkflowPath(path),
  )
  if (found.length === 0) {
    void showInfo(
      language === 'dockerfile'
        ? t('There is no Dockerfile in the open folders.')
        : t('There is no compose file in the open folders.'),
    )
    return undefined
  }
  const [only, ...others] = found
  if (others.length === 0) return { paths: [only!.fsPath], parts: [] }
  const items = found
    .map((uri) => ({ label: vscode.workspace.asRelativePath(uri), uri }))
    .sort((a, b) => a.label.localeCompare(b.label))
  const chosen = await pickOne(items, { title })
  return chosen === undefined ? undefined : { paths: [chosen.uri.fsPath], parts: [] }
}
