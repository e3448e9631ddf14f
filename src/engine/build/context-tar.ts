import { createReadStream } from 'node:fs'
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { pack, type Pack } from 'tar-stream'
import { ignoreMatcher, type IgnoreMatcher } from '../../shared/dockerignore/matcher.ts'
import { parseIgnoreFile } from '../../shared/dockerignore/parse.ts'

export interface BuildContext {
  /** The folder whose files `COPY` sees. */
  readonly folder: string
  /** The Dockerfile; it may lie outside the folder, and is sent along then. */
  readonly dockerfile: string
}

/** The Dockerfile's name inside the context that `contextTar` packs. */
export function dockerfileName({ folder, dockerfile }: BuildContext): string {
  const path = relative(folder, dockerfile).split(sep).join('/')
  return path.startsWith('../') || path === '..' ? outsideName : path
}

const outsideName = '.quayside.Dockerfile'

/**
 * The build context as an uncompressed tar: all files of the folder that its `.dockerignore` (or `NAME.dockerignore` beside the
 * Dockerfile) leaves in, and the Dockerfile in any case. Links are packed as links; sockets and devices are left out. Streams, so
 * that a context of any size takes constant memory.
 */
export function contextTar(context: BuildContext, signal: AbortSignal): AsyncIterable<Uint8Array> {
  const tar = pack()
  const fail = (fault: unknown): void =>
    tar.destroy(fault instanceof Error ? fault : new Error(String(fault)))
  signal.addEventListener('abort', () => fail(new DOMException('aborted', 'AbortError')), { once: true })
  packContext(tar, context, signal).then(() => tar.finalize(), fail)
  return tar as unknown as AsyncIterable<Uint8Array>
}

async function packContext(tar: Pack, context: BuildContext, signal: AbortSignal): Promise<void> {
  const ignore = await readIgnore(context)
  const name = dockerfileName(context)
  // These the engine needs even when the patterns leave them out; it does not copy them on then.
  const always = new Set([name, '.dockerignore'])
  await packFolder(tar, context.folder, '', ignore, always, signal)
  if (name === outsideName) await entry(tar, { name }, await readFile(context.dockerfile))
}

async function readIgnore({ folder, dockerfile }: BuildContext): Promise<IgnoreMatcher> {
  for (const path of [`${dockerfile}.dockerignore`, join(folder, '.dockerignore')]) {
    const text = await readFile(path, 'utf8').catch(() => undefined)
    if (text !== undefined) return ignoreMatcher(parseIgnoreFile(text))
  }
  return ignoreMatcher(parseIgnoreFile(''))
}

async function packFolder(
  tar: Pack,
  root: string,
  folder: string,
  ignore: IgnoreMatcher,
  always: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> {
  const names = (await readdir(join(root, folder))).sort()
  for (const name of names) {
    signal.throwIfAborted()
    const path = folder === '' ? name : `${folder}/${name}`
    const excluded = ignore.excludes(path) && !always.has(path)
    const info = await lstat(join(root, path))
    if (info.isDirectory()) {
      const needed = [...always].some((each) => each.startsWith(`${path}/`))
      if (excluded && !ignore.hasExceptions && !needed) continue
      if (!excluded)
        await entry(tar, { name: `${path}/`, type: 'directory', mode: info.mode & 0o7777, mtime: info.mtime })
      await packFolder(tar, root, path, ignore, always, signal)
    } else if (excluded) continue
    else if (info.isSymbolicLink())
      await entry(tar, {
        name: path,
        type: 'symlink',
        linkname: await readlink(join(root, path)),
        mtime: info.mtime,
      })
    else if (info.isFile())
      await packFile(tar, join(root, path), {
        name: path,
        mode: info.mode & 0o7777,
        mtime: info.mtime,
        size: info.size,
      })
  }
}

function entry(
  tar: Pack,
  header: { name: string; type?: 'directory' | 'symlink'; linkname?: string; mode?: number; mtime?: Date },
  content?: Buffer,
): Promise<void> {
  return new Promise((resolve, reject) => {
    tar.entry(header, content ?? '', (fault) =>
      fault === undefined || fault === null ? resolve() : reject(fault),
    )
  })
}

/** A file that grows while it is read is cut at the size that was announced; one that shrinks fails the build. */
function packFile(
  tar: Pack,
  path: string,
  header: { name: string; mode: number; mtime: Date; size: number },
): Promise<void> {
  if (header.size === 0) return entry(tar, header)
  return new Promise((resolve, reject) => {
    const sink = tar.entry(header, (fault) =>
      fault === undefined || fault === null ? resolve() : reject(fault),
    )
    const source = createReadStream(path, { end: header.size - 1 })
    source.on('error', (fault) => sink.destroy(fault))
    source.pipe(sink)
  })
}

/** The usual context of a Dockerfile: the folder it lies in. */
export const usualFolder = (dockerfile: string): string => dirname(dockerfile)
