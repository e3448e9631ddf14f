import { ignoreMatcher, type IgnoreMatcher } from '../../shared/dockerignore/matcher.ts'
import { parseIgnoreFile } from '../../shared/dockerignore/parse.ts'
import type { Host } from '../host.ts'
import { folderOf } from '../uri.ts'

/** The folder whose files COPY and ADD take. */
export async function contextFolder(uri: string, host: Host, signal: AbortSignal): Promise<string> {
  return (await host.buildContext(uri, signal)) ?? folderOf(uri)
}

/** The ignore file that counts for a Dockerfile: `Dockerfile.dockerignore` beside it, else `.dockerignore` at the root of the context. */
export async function ignoreFileOf(
  uri: string,
  host: Host,
  signal: AbortSignal,
): Promise<{ readonly uri: string; readonly text: string } | undefined> {
  const folder = await contextFolder(uri, host, signal)
  for (const candidate of [`${uri}.dockerignore`, `${folder}/.dockerignore`]) {
    const text = await host.readFile(candidate, signal)
    if (text !== undefined) return { uri: candidate, text }
  }
  return undefined
}

export async function ignoreMatcherOf(
  uri: string,
  host: Host,
  signal: AbortSignal,
): Promise<IgnoreMatcher | undefined> {
  const file = await ignoreFileOf(uri, host, signal)
  return file && ignoreMatcher(parseIgnoreFile(file.text))
}
