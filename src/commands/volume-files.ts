import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { EngineError } from '../engine/errors.ts'
import type { Place } from '../engine/files/place.ts'
import { inLargePieces } from '../engine/files/tar-writer.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { nodeCommand, type Command, type Deps } from './command.ts'
import { counted } from './counted.ts'
import { placeOfNode } from './file-places.ts'
import { confirmOn } from './guard.ts'
import { fileName } from './naming.ts'
import { fileFault, saveFile } from './save-file.ts'
import { bytes } from './sizes.ts'
import type { Report } from './ui.ts'
import type { NodeOf } from '../tree/node.ts'

const runningUsers = ({ usedBy }: NodeOf<'volume'>): string =>
  usedBy
    .filter(({ state }) => state === 'running')
    .map(({ name }) => plain(name, 80))
    .join(', ')

/** Programs that write while their files are copied leave a copy that may not fit together. */
async function warnOfUse({ ui }: Deps, node: NodeOf<'volume'>): Promise<boolean> {
  const names = runningUsers(node)
  if (names === '') return true
  const go = t('Copy Anyway')
  return (
    (await ui.warn(
      t('{0} may write to the volume while it is copied. Stop it first for a sound copy.', names),
      go,
    )) === go
  )
}

const backUp = nodeCommand({
  id: 'volumes.backUp',
  title: 'Back Up to Tar…',
  icon: 'archive',
  on: ['volume'],
  place: { group: '3_whole@1', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    if (node === undefined || !(await warnOfUse(deps, node))) return
    const { ui } = deps
    const place = placeOfNode(node)
    const path = await ui.saveAs({
      title: t('Back Up the Volume {0}', place.name),
      name: `${fileName(place.name)}.tar`,
      filters: { Tar: ['tar'] },
    })
    if (path === undefined) return
    const files = (await deps.places()).files(place)
    const size = await ui.progress(t('Backing up {0}', place.name), (report, signal) =>
      saveFile(path, inLargePieces(files.archive('/', signal, { lent: true, whole: true })), signal, report),
    )
    void ui.info(t('Backed up {0}: {1} in {2}.', place.name, bytes(size), plain(path, 200)))
  },
})

/** The tar in a file, inflated where it is compressed: engines get plain archives only. */
async function* tarOf(path: string, report: Report): AsyncGenerator<Uint8Array> {
  const [{ size }, zipped] = await Promise.all([stat(path), isGzip(path)]).catch((fault: unknown) => {
    throw fileFault(fault, path)
  })
  // Read from at once: nobody would hear it fail otherwise.
  const source = createReadStream(path, { highWaterMark: 256 * 1024 })
  const told = counted(source as AsyncIterable<Buffer>, (read) =>
    report({ message: t('{0} of {1}', bytes(read), bytes(size)), fraction: read / size }),
  )
  try {
    if (!zipped) return yield* told
    const inflated = createGunzip()
    const reading = pipeline(told, inflated)
    reading.catch(() => undefined)
    yield* inflated as AsyncIterable<Uint8Array>
    await reading
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code?.startsWith('Z_') === true)
      throw new EngineError('invalid', t('{0} is damaged.', plain(path, 200)), { cause: fault })
    throw fileFault(fault, path)
  } finally {
    source.destroy()
  }
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}

const restore = nodeCommand({
  id: 'volumes.restore',
  title: 'Restore from Tar…',
  icon: 'history',
  on: ['volume'],
  place: { group: '3_whole@2', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    if (node === undefined) return
    const { ui } = deps
    const place = placeOfNode(node)
    const running = runningUsers(node)
    const [path] =
      (await ui.openFiles({
        title: t('Restore the Volume {0}', place.name),
        files: true,
        folders: false,
        many: false,
      })) ?? []
    if (path === undefined) return
    const answer = await confirmOn(deps, {
      engines: [place.engine],
      names: [place.name],
      one: (name, engine) =>
        t('Put the files of {0} into the volume {1} of {2}?', plain(basename(path), 80), name, engine),
      several: (_, engine) => engine,
      action: t('Restore'),
      note: [
        t('Files of the same names are overwritten; others stay.'),
        ...(running === '' ? [] : [t('{0} uses it now, and will see the files change.', running)]),
      ].join('\n'),
    })
    if (answer === undefined) return
    const files = (await deps.places()).files(place)
    let begun = false
    const told = async function* (report: Report): AsyncGenerator<Uint8Array> {
      for await (const piece of tarOf(path, report)) {
        begun = true
        yield piece
      }
    }
    try {
      await ui.progress(t('Restoring {0}', place.name), (report, signal) =>
        files.unpack('/', told(report), signal),
      )
    } catch (fault) {
      // What is in the archive went straight in: the state the volume is in now must not be found out by chance.
      if (begun)
        void ui.warn(
          t(
            '{0} may be restored in part: some of its files can be those of the archive already. Restore again to bring in all.',
            place.name,
          ),
        )
      throw fault
    } finally {
      await ui.placeChanged(place, '/')
    }
    void ui.info(t('Restored {0} from {1}.', place.name, plain(path, 200)))
  },
})

const clone = nodeCommand({
  id: 'volumes.clone',
  title: 'Clone…',
  icon: 'copy',
  on: ['volume'],
  place: { group: '3_whole@3', submenu: 'files' },
  many: false,
  async run(deps, [node]) {
    if (node === undefined || !(await warnOfUse(deps, node))) return
    const { engines, ui } = deps
    const { volume } = node
    const place = placeOfNode(node)
    const engine = engines.engine(volume.engine)
    const taken = new Set((await engine.volumes.list()).map(({ name }) => name))
    const name = await ui.input({
      title: t('Clone the Volume {0}', place.name),
      prompt: t('Name of the new volume'),
      value: `${volume.name}-copy`,
      validate: (value) =>
        taken.has(value)
          ? t('There is a volume of this name already.')
          : /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(value)
            ? undefined
            : t('Two or more letters, digits and . _ -, beginning with a letter or digit.'),
    })
    if (name === undefined) return
    await engine.volumes.create({ name })
    const target: Place = { kind: 'volume', engine: volume.engine, id: name, name: plain(name, 80) }
    const places = await deps.places()
    try {
      await ui.progress(t('Cloning {0}', place.name), (report, signal) =>
        places.files(target).unpack(
          '/',
          counted(
            inLargePieces(places.files(place).archive('/', signal, { lent: true, whole: true })),
            (passed) => report({ message: bytes(passed) }),
          ),
          signal,
        ),
      )
    } catch (fault) {
      // Half a copy is none.
      await places.release()
      await engine.volumes.remove(name, { force: true }).catch(() => undefined)
      throw fault
    }
    void ui.info(t('Cloned {0} to {1}.', place.name, plain(name, 80)))
  },
})

export const volumeFileCommands: readonly Command[] = [backUp, restore, clone]
