import type { Host } from '../host.ts'
import { join } from '../uri.ts'

export interface ContextFile {
  /** Relative to the context, with `/`. */
  readonly path: string
  readonly size: number
}

export interface ContextFiles {
  readonly files: readonly ContextFile[]
  /** There are more than were looked at. */
  readonly cut: boolean
}

const mostFiles = 50_000
const mostFolders = 3_000

/** The files below a folder, as far as the budget goes. Links are not followed. */
export async function walkContext(host: Host, folder: string, signal: AbortSignal): Promise<ContextFiles> {
  const files: ContextFile[] = []
  const waiting = ['']
  let folders = 0
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (signal.aborted || ++folders > mostFolders || files.length > mostFiles) return { files, cut: true }
    const uri = join(folder, next)
    const entries = uri === undefined ? undefined : await host.listFolder(uri, signal)
    for (const { name, kind, size } of entries ?? []) {
      const path = next === '' ? name : `${next}/${name}`
      if (kind === 'folder') waiting.push(path)
      else files.push({ path, size: size ?? 0 })
    }
  }
  return { files, cut: false }
}
