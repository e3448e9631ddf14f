import { ignoreMatcher, type IgnoreMatcher } from '../../shared/dockerignore/matcher.ts'
import { parseIgnoreFile } from '../../shared/dockerignore/parse.ts'
import type { Host } from '../host.ts'
import { folderOf, join } from '../uri.ts'
import type { DockerfileDoc } from './model.ts'
import { copiesFromContext, isRemote } from './paths.ts'

/** Folders above the Dockerfile that are tried, its own included, and copied files that are looked for in each. */
const mostFolders = 4
const mostSources = 5

/**
 * The folder whose files COPY and ADD take: what the user builds the Dockerfile with; else its own folder or one above, the nearest that
 * has most of what is copied (`docker/Dockerfile` is often built at the root of the project).
 */
export async function contextFolder(
  doc: DockerfileDoc,
  uri: string,
  host: Host,
  signal: AbortSignal,
): Promise<string> {
  const own = folderOf(uri)
  const known = await host.buildContext(uri, signal)
  if (known !== undefined) return known
  const sources = copiedSources(doc)
  if (sources.length === 0) return own
  let best = { folder: own, found: 0 }
  let folder = own
  for (let level = 0; level < mostFolders && best.found < sources.length; level++) {
    const found = await countPresent(folder, sources, host, signal)
    if (found > best.found) best = { folder, found }
    const above = folderOf(folder)
    if (above === folder || above.endsWith('/')) break
    folder = above
  }
  return best.folder
}

async function countPresent(
  folder: string,
  sources: readonly string[],
  host: Host,
  signal: AbortSignal,
): Promise<number> {
  const present = await Promise.all(
    sources.map(async (source) => {
      const file = join(folder, source)
      return file !== undefined && (await host.stat(file, signal)) !== undefined
    }),
  )
  return present.filter((each) => each).length
}

/** What the file copies from its context and names plainly. */
function copiedSources({ instructions }: DockerfileDoc): string[] {
  const sources = new Set<string>()
  for (const instruction of instructions) {
    if (instruction.name !== 'COPY' && instruction.name !== 'ADD') continue
    if (!copiesFromContext(instruction)) continue
    for (const { text } of instruction.words.slice(0, -1)) {
      const plain = text.replace(/^(?:\.?\/)+/, '').replace(/\/$/, '')
      if (plain === '' || plain === '.' || isRemote(text) || /[*?[\]$"'\\<]|^\.\./.test(plain)) continue
      sources.add(plain)
      if (sources.size === mostSources) return [...sources]
    }
  }
  return [...sources]
}

/** What the ignore file leaves out that counts for a Dockerfile: `Dockerfile.dockerignore` beside it, else `.dockerignore` at the root of the context. */
export async function ignoreMatcherOf(
  doc: DockerfileDoc,
  uri: string,
  host: Host,
  signal: AbortSignal,
): Promise<IgnoreMatcher | undefined> {
  const folder = await contextFolder(doc, uri, host, signal)
  for (const candidate of [`${uri}.dockerignore`, `${folder}/.dockerignore`]) {
    const text = await host.readFile(candidate, signal)
    if (text !== undefined) return ignoreMatcher(parseIgnoreFile(text))
  }
  return undefined
}
