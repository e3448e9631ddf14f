import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EngineError, isEngineError } from '../engine/errors.ts'
import { refuseIntoItself } from '../engine/files/container-changes.ts'
import { childOf, isWithin, nameOf, normalize, parentOf } from '../engine/files/file-path.ts'
import type { FileEntry, Files } from '../engine/files/files.ts'
import { placeKey, type Place } from '../engine/files/place.ts'
import { passedOn } from '../engine/files/passed-on.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { counted } from './counted.ts'
import type { Deps } from './command.ts'
import { confirmOn } from './guard.ts'
import { askTaken, freeName } from './name-taken.ts'
import { saveFile } from './save-file.ts'
import { bytes } from './sizes.ts'

/** What is at a path; undefined when there is nothing. */
export const entryAt = (files: Files, path: string): Promise<FileEntry | undefined> =>
  files.stat(path).catch((fault: unknown) => {
    if (isEngineError(fault, 'notFound')) return undefined
    throw fault
  })

/** What is told while files take their places, which is not broken off. */
export const settling = (): string => t('Putting it in its place; this step cannot be cancelled.')

/** Moves a file or folder within its place after a question; copies it from another place. */
export async function moveFile(
  deps: Deps,
  from: Place,
  path: string,
  to: Place,
  folder: string,
): Promise<void> {
  const source = normalize(path)
  if (placeKey(from) !== placeKey(to)) return copyFile(deps, from, source, to, folder)
  if (parentOf(source) === normalize(folder)) return
  const target = childOf(normalize(folder), nameOf(source))
  refuseIntoItself(source, target)
  const files = (await deps.places()).files(to)
  if ((await entryAt(files, target)) !== undefined)
    throw new EngineError('conflict', t('{0} is there already.', plain(target, 200)), {
      nextStep: t('Rename one of them first.'),
    })
  const answer = await confirmOn(deps, {
    engines: [to.engine],
    names: [`${from.name}:${source}`],
    one: (name, engine) => t('Move {0} of {1} to {2}?', name, engine, plain(folder, 200)),
    several: (_, engine) => engine,
    action: t('Move'),
  })
  if (answer === undefined) return
  await files.rename(source, target, { overwrite: false })
  await deps.ui.placeChanged(from, parentOf(source), { went: [nameOf(source)] })
  await deps.ui.placeChanged(to, normalize(folder), { came: [nameOf(source)] })
}

/** Copies a file or folder into a folder of any place, in one stream from engine to engine where the places differ. */
export async function copyFile(
  deps: Deps,
  from: Place,
  path: string,
  to: Place,
  folder: string,
): Promise<void> {
  const source = normalize(path)
  const into = normalize(folder)
  if (source === '/')
    throw new EngineError('unsupported', t('A root folder cannot be copied.'), {
      nextStep: t('Choose what is in it.'),
    })
  const isSamePlace = placeKey(from) === placeKey(to)
  // The copy would be part of what is copied, and never end.
  if (isSamePlace && isWithin(into, source))
    throw new EngineError('conflict', t('{0} cannot be copied into itself.', plain(source, 200)))
  const places = await deps.places()
  const files = places.files(to)
  const name = await nameIn(deps, files, into, places.files(from), source)
  if (name === undefined || (isSamePlace && childOf(into, name) === source)) return
  await deps.ui.progress(
    t('Copying to {0}', `${to.name}:${plain(childOf(into, name), 200)}`),
    (report, signal) => {
      const sent = (): AsyncIterable<Uint8Array> =>
        counted(places.files(from).archive(source, signal, { lent: true }), (passed) =>
          report({ message: bytes(passed) }),
        )
      const take = (archive: () => AsyncIterable<Uint8Array>): Promise<void> =>
        files.unpackWhole(
          into,
          [name],
          (onEntry) => passedOn(archive(), name, onEntry),
          signal,
          () => report({ message: settling() }),
        )
      return isSamePlace ? byWayOfFile(sent(), signal, take) : take(sent)
    },
  )
  await deps.ui.placeChanged(to, into, { came: [name] })
}

/** While an engine sends an archive of a container, it takes none for the same one: each would wait for the other. */
async function byWayOfFile(
  archive: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  take: (archive: () => AsyncIterable<Uint8Array>) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'quayside-copy-'))
  try {
    const path = join(folder, 'archive.tar')
    await saveFile(path, archive, signal)
    await take(() => bytesOf(path))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>
}

/** Under which name it goes in; undefined when it does not. */
async function nameIn(
  { ui }: Deps,
  files: Files,
  folder: string,
  from: Files,
  source: string,
): Promise<string | undefined> {
  const name = nameOf(source)
  const there = await entryAt(files, childOf(folder, name))
  if (there === undefined) return name
  switch (await askTaken(ui, name)) {
    case 'overwrite': {
      const { type } = await from.stat(source)
      if ((type === 'directory') === (there.type === 'directory')) return name
      throw new EngineError(
        'conflict',
        t('A folder and a file of the same name are in each other’s way in {0}.', plain(folder, 200)),
        { nextStep: t('Rename one of them first.') },
      )
    }
    case 'keepBoth':
      return freeName(name, async (other) => (await entryAt(files, childOf(folder, other))) !== undefined)
    case 'skip':
    case undefined:
      return undefined
  }
}
