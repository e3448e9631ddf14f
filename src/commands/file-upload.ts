import { lstat, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { EngineError } from '../engine/errors.ts'
import { childOf, normalize } from '../engine/files/file-path.ts'
import type { Files, Gathering } from '../engine/files/files.ts'
import { packTar, packedAs, type Packed } from '../engine/files/pack.ts'
import type { Place } from '../engine/files/place.ts'
import { plural, t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { entryAt, settling } from './file-move.ts'
import { copyFlags, plainCopy, type CopyOptions } from './copy-options.ts'
import { askFolder, copyName, placeOfNode } from './file-places.ts'
import { askTaken, freeName } from './name-taken.ts'
import { fileFault } from './save-file.ts'
import { bytes } from './sizes.ts'

/** Copies files and folders of this machine into a folder of a place. */
export async function upload(
  deps: Deps,
  place: Place,
  folder: string,
  paths: readonly string[],
  options: CopyOptions = plainCopy,
): Promise<void> {
  const { ui } = deps
  const files = (await deps.places()).files(place)
  const chosen = new Map<string, Packed>()
  for (const path of paths) {
    const source = await named(deps, files, folder, path, options, chosen)
    if (source !== undefined) chosen.set(source.name, source)
  }
  if (chosen.size === 0) return
  const sources = [...chosen.values()]
  let sent = 0
  const skipped: string[] = []
  await ui.progress(t('Uploading to {0}', `${place.name}:${plain(folder, 200)}`), async (show, signal) => {
    const { uid, gid } = await files.owner(folder, signal)
    let shown = 0
    let isLast = false
    const gathering: Gathering = (onEntry) => {
      // It may be packed a second time, where an engine cannot put what was gathered into its place.
      shown = 0
      isLast = false
      skipped.length = 0
      return packTar(sources, {
        ...options,
        uid,
        gid,
        signal,
        onEntry,
        onBytes(count) {
          sent = count
          if (count - shown < 4_000_000) return
          shown = count
          show({ message: bytes(count) })
        },
        onSkipped: (path) => skipped.push(path),
      })
    }
    try {
      await files.unpackWhole(
        folder,
        sources.map(({ name }) => name),
        gathering,
        signal,
        () => {
          isLast = true
          show({ message: settling() })
        },
      )
    } catch (fault) {
      // What was cancelled too late says how it ended.
      if (signal.aborted && !isLast) throw new EngineError('cancelled', t('Cancelled.'), { cause: fault })
      throw fileFault(fault, sources[0]!.path)
    }
  })
  const came = sources.filter(({ path }) => !skipped.includes(path))
  if (came.length === 0)
    throw new EngineError(
      'unsupported',
      t('{0} is nothing that can be uploaded.', plain(sources[0]!.path, 200)),
    )
  await ui.placeChanged(place, normalize(folder), { came: came.map(({ name }) => name) })
  const container = copyName(place)
  if (container !== undefined)
    for (const { path, name } of came)
      ui.equivalent(
        dockerLine(
          deps.engines.engine(place.engine),
          ['cp', ...copyFlags(options)],
          [path, `${container}:${childOf(normalize(folder), name)}`],
        ),
      )
  const done = t(
    'Uploaded {0} ({1}) to {2}.',
    names(came),
    bytes(sent),
    `${place.name}:${plain(folder, 200)}`,
  )
  if (skipped.length === 0) return void ui.info(done)
  void ui.warn(
    `${done} ${plural(skipped.length, '1 device, pipe or socket was left out.', '{0} devices, pipes and sockets were left out.')}`,
  )
}

const names = (sources: readonly Packed[]): string =>
  sources.length === 1 ? plain(sources[0]!.name, 80) : t('{0} files and folders', sources.length)

/**
 * Under which name a file goes in; undefined when it does not. A folder never gives way to a file, nor a file to a folder; of two
 * that are called the same the user chooses as well.
 */
async function named(
  { ui }: Deps,
  files: Files,
  folder: string,
  path: string,
  { followLinks }: CopyOptions,
  chosen: ReadonlyMap<string, Packed>,
): Promise<Packed | undefined> {
  const name = basename(path)
  const there = await entryAt(files, childOf(normalize(folder), name))
  if (there === undefined && !chosen.has(name)) return packedAs(path)
  const isFolder = (await (followLinks ? stat(path) : lstat(path))).isDirectory()
  if (there !== undefined && isFolder !== (there.type === 'directory'))
    throw new EngineError(
      'conflict',
      isFolder
        ? t('{0} is a file there, and a folder here.', plain(name, 100))
        : t('{0} is a folder there, and a file here.', plain(name, 100)),
      { nextStep: t('Rename one of them first.') },
    )
  switch (await askTaken(ui, name, chosen.has(name) ? 'chosen' : 'there')) {
    case 'overwrite':
      return packedAs(path)
    case 'keepBoth': {
      const isTaken = async (other: string): Promise<boolean> =>
        chosen.has(other) || (await entryAt(files, childOf(normalize(folder), other))) !== undefined
      return packedAs(path, await freeName(name, isTaken))
    }
    case 'skip':
    case undefined:
      return undefined
  }
}

/** Asks what to upload, and into which folder where that is not known. */
export async function uploadChosen(
  deps: Deps,
  place: Place,
  what: {
    readonly title: string
    readonly folders: boolean
    readonly into?: string
    readonly options?: CopyOptions
  },
): Promise<void> {
  const paths = await deps.ui.openFiles({
    title: what.title,
    files: !what.folders,
    folders: what.folders,
    many: true,
  })
  if (paths === undefined || paths.length === 0) return
  const folder =
    what.into ??
    (await askFolder(deps, place, t('Upload to {0}', place.name), t('Folder that the files go into')))
  if (folder !== undefined) await upload(deps, place, folder, paths, what.options)
}

const uploadFiles = nodeCommand({
  id: 'files.upload',
  title: 'Upload Files…',
  icon: 'cloud-upload',
  on: ['container', 'volume'],
  place: { group: '2_copy@2', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    if (node !== undefined)
      await uploadChosen(deps, placeOfNode(node), { title: t('Upload Files'), folders: false })
  },
})

const uploadFolder = nodeCommand({
  id: 'files.uploadFolder',
  title: 'Upload Folder…',
  icon: 'folder-opened',
  on: ['container', 'volume'],
  place: { group: '2_copy@3', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    if (node !== undefined)
      await uploadChosen(deps, placeOfNode(node), { title: t('Upload a Folder'), folders: true })
  },
})

export const fileUploadCommands: readonly Command[] = [uploadFiles, uploadFolder]
