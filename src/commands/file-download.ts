import { randomBytes } from 'node:crypto'
import { lstat, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { EngineError } from '../engine/errors.ts'
import { extractTar, type ExtractReport } from '../engine/files/extract.ts'
import { nameOf, normalize } from '../engine/files/file-path.ts'
import { localName } from '../engine/files/local-name.ts'
import type { Place } from '../engine/files/place.ts'
import { shownName } from '../engine/files/raw-name.ts'
import { plural, t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { copyFlags, plainCopy, type CopyOptions } from './copy-options.ts'
import { askPath, copyName, placeOfNode } from './file-places.ts'
import { askTaken, freeName } from './name-taken.ts'
import { fileName } from './naming.ts'
import { fileFault } from './save-file.ts'
import { bytes } from './sizes.ts'

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    () => false,
  )

/** Copies files and folders of a place to this machine, asking where. What was not wholly copied leaves nothing behind. */
export async function download(
  deps: Deps,
  place: Place,
  paths: readonly string[],
  options: CopyOptions = plainCopy,
): Promise<void> {
  const what = paths.length === 1 ? plain(paths[0]!, 200) : t('{0} files and folders', paths.length)
  const [folder] =
    (await deps.ui.openFiles({
      title: t('Download {0} to', what),
      files: false,
      folders: true,
      many: false,
    })) ?? []
  if (folder === undefined) return
  for (const path of paths) await downloadTo(deps, place, normalize(path), folder, options)
}

async function downloadTo(
  deps: Deps,
  place: Place,
  path: string,
  folder: string,
  options: CopyOptions,
): Promise<void> {
  const { ui } = deps
  const { keepOwner, followLinks } = options
  const files = (await deps.places()).files(place)
  if (!followLinks && (await files.stat(path)).type === 'symlink') {
    // The link alone would lead to something else here, or to nothing.
    const answer = await ui.confirm({
      message: t('{0} is a link.', plain(path, 200)),
      detail: t('What it leads to is not below it, and so not part of the download.'),
      action: t('Download What It Leads To'),
    })
    if (answer !== undefined) await downloadTo(deps, place, path, folder, { ...options, followLinks: true })
    return
  }
  const name = path === '/' ? fileName(place.name) : localName(shownName(nameOf(path)), process.platform)
  const target = await freeTarget(deps, folder, name)
  if (target === undefined) return
  const report = await ui.progress(t('Downloading {0}', plain(path, 200)), async (show, signal) => {
    const partial = join(folder, `.${name}.${randomBytes(4).toString('hex')}.part`)
    try {
      let shown = 0
      const archive = files.archive(path, signal, { followLink: followLinks, lent: true })
      const done = await extractTar(archive, partial, {
        signal,
        origin: path,
        platform: process.platform,
        keepOwner,
        onBytes(count) {
          if (count - shown < 4_000_000) return
          shown = count
          show({ message: bytes(count) })
        },
      })
      if (!(await isThere(partial)))
        throw new EngineError('unsupported', t('{0} is nothing that can be downloaded.', plain(path, 200)))
      await replace(partial, target)
      return done
    } catch (fault) {
      if (signal.aborted) throw new EngineError('cancelled', t('Cancelled.'), { cause: fault })
      throw fileFault(fault, target)
    } finally {
      await rm(partial, { recursive: true, force: true })
    }
  })
  const container = copyName(place)
  if (container !== undefined) {
    const words = ['cp', ...copyFlags(options)]
    ui.equivalent(dockerLine(deps.engines.engine(place.engine), words, [`${container}:${path}`, target]))
  }
  await tell(deps, report, target)
}

/** Where it goes: the name itself, or another one where that is taken; undefined when the user wants nothing. */
async function freeTarget({ ui }: Deps, folder: string, name: string): Promise<string | undefined> {
  const target = join(folder, name)
  if (!(await isThere(target))) return target
  const answer = await askTaken(ui, name)
  if (answer === 'keepBoth')
    return join(folder, await freeName(name, (other) => isThere(join(folder, other))))
  return answer === 'overwrite' ? target : undefined
}

/** The old one goes only when the new one is whole, and comes back when the new one cannot take its place. */
async function replace(partial: string, target: string): Promise<void> {
  if (!(await isThere(target))) return rename(partial, target)
  const aside = `${target}.${randomBytes(4).toString('hex')}.old`
  await rename(target, aside)
  try {
    await rename(partial, target)
  } catch (fault) {
    await rename(aside, target)
    throw fault
  }
  await rm(aside, { recursive: true, force: true })
}

async function tell({ ui }: Deps, report: ExtractReport, target: string): Promise<void> {
  const { files, bytes: size, remarks, unlisted } = report
  const done = plural(
    files,
    'Downloaded 1 file ({1}) to {2}.',
    'Downloaded {0} files ({1}) to {2}.',
    files,
    bytes(size),
    plain(target, 200),
  )
  if (remarks.length === 0) return void ui.info(done)
  const show = t('Show What Was Left Out')
  const words = {
    outside: t('leads outside the folder'),
    special: t('is a device, a pipe or a socket'),
    taken: t('has the name of another'),
    renamed: t('got another name, which this system allows'),
    owner: t('belongs to this account now'),
    refused: t('could not be made on this system'),
  }
  const chosen = await ui.warn(
    `${done} ${plural(remarks.length + unlisted, '1 entry needs a look.', '{0} entries need a look.')}`,
    show,
  )
  if (chosen !== show) return
  await ui.openText({
    key: `download|${target}`,
    title: t('Download report'),
    language: 'plaintext',
    text: `${[...remarks.map(({ name, remark }) => `${plain(name, 4096)}: ${words[remark]}`), ...(unlisted > 0 ? [t('and {0} more', unlisted)] : [])].join('\n')}\n`,
  })
}

/** Which file or folder of the place is to be downloaded; undefined when nothing is. */
export async function askDownloadPath(deps: Deps, place: Place): Promise<string | undefined> {
  return await askPath(deps, {
    title: t('Download from {0}', place.name),
    prompt: t('Path of a file or folder'),
    value: '/',
  })
}

const downloadCommand = nodeCommand({
  id: 'files.download',
  title: 'Download…',
  icon: 'desktop-download',
  on: ['container', 'volume', 'image'],
  place: { group: '2_copy@1', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const place = placeOfNode(node)
    const path = await askDownloadPath(deps, place)
    if (path !== undefined) await download(deps, place, [path])
  },
})

export const fileDownloadCommands: readonly Command[] = [downloadCommand]
