import { posix } from 'node:path'
import * as vscode from 'vscode'
import type { LogTarget } from '../../engine/logs/target.ts'
import type { Link } from '../../logs/links.ts'
import { bestSource } from '../../logs/source-file.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { pickOne, showInfo } from '../verbatim-window.ts'

const mostFiles = 200

/** Opens the place in the workspace that a line of a log names: containers have the same files in other folders. */
export async function openSource(
  link: Extract<Link, { readonly kind: 'file' }>,
  target: LogTarget | undefined,
): Promise<void> {
  const path = link.path.replace(/\\/g, '/')
  const name = posix.basename(path)
  const files = await vscode.workspace.findFiles(`**/${escapeGlob(name)}`, undefined, mostFiles)
  const found = bestSource(
    path,
    files.map((file) => file.path),
  )
  if (found.length === 0) {
    void showInfo(
      t(
        'No file of this workspace is {0}, which {1} names.',
        plain(path, 120),
        plain(target?.name ?? '', 60),
      ),
    )
    return
  }
  const chosen = found.length === 1 ? found[0] : await choose(found, path)
  if (chosen === undefined) return
  const position = new vscode.Position(Math.max(0, link.line - 1), Math.max(0, (link.column ?? 1) - 1))
  await vscode.window.showTextDocument(
    files.find((file) => file.path === chosen)!,
    {
      selection: new vscode.Range(position, position),
    },
  )
}

async function choose(paths: readonly string[], path: string): Promise<string | undefined> {
  const items = paths.map((label) => ({ label, path: label }))
  return (await pickOne(items, { title: t('Which file is {0}?', plain(path, 80)) }))?.path
}

const escapeGlob = (name: string): string => name.replace(/[[\]{}*?!]/g, (character) => `[${character}]`)
