import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { plural, t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { nodeCommand, viewCommand, type Command } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { parseReference, referenceProblem } from './image-reference.ts'
import { fileName, shortId } from './naming.ts'
import { fileFault, saveFile } from './save-file.ts'
import { bytes } from './sizes.ts'
import type { Report } from './ui.ts'

const archives = { Tar: ['tar', 'tar.gz', 'tgz', 'tar.xz', 'tar.zst', 'tar.bz2'] }

/** The bytes of a file as they are read, with how far it has come. */
async function* readFile(path: string, report: Report): AsyncGenerator<Uint8Array> {
  try {
    const { size } = await stat(path)
    let read = 0
    let shown = 0
    for await (const chunk of createReadStream(path, {
      highWaterMark: 256 * 1024,
    }) as AsyncIterable<Buffer>) {
      read += chunk.length
      if (read - shown >= 4_000_000) {
        shown = read
        report({ message: t('{0} of {1}', bytes(read), bytes(size)), fraction: read / size })
      }
      yield chunk
    }
  } catch (fault) {
    throw fileFault(fault, path)
  }
}

const save = nodeCommand({
  id: 'images.save',
  title: 'Save as Tar…',
  icon: 'desktop-download',
  on: ['image', 'repository'],
  place: { group: '2_transfer@3' },
  async run({ engines, ui }, nodes) {
    const images = nodes.flatMap((node) => (node.kind === 'repository' ? node.images : [node]))
    const [first] = images
    if (first === undefined) return
    // One archive holds images of one engine: those of the first one.
    const engine = engines.engine(first.image.engine)
    const references = images
      .filter(({ image }) => image.engine === engine.id)
      .map(({ image, tag }) => tag ?? image.id)
    const path = await ui.saveAs({
      title: t('Save Images'),
      name: `${fileName(first.tag ?? shortId(first.image.id))}.tar`,
      filters: archives,
    })
    if (path === undefined) return
    const size = await ui.progress(
      t('Saving {0}', references.map((name) => plain(name, 80)).join(', ')),
      (report, signal) => saveFile(path, engine.streams.save(references, signal), signal, report),
    )
    ui.equivalent(dockerLine(engine, ['save', '-o', path], references))
    void ui.info(
      plural(
        references.length,
        'Saved 1 image: {1}.',
        'Saved {0} images: {1}.',
        references.length,
        bytes(size),
      ),
    )
  },
})

const load = viewCommand({
  id: 'images.load',
  title: 'Load from Tar…',
  icon: 'folder-opened',
  views: ['images'],
  place: { group: '1_get@3' },
  async run({ engines, ui }) {
    const engine = await engines.current()
    const paths = await ui.openFiles({ title: t('Load Images'), files: true, folders: false, many: true })
    for (const path of paths ?? []) {
      const loaded = await ui.progress(
        t('Loading {0}', plain(basename(path), 80)),
        async (report, signal) => {
          const lines: string[] = []
          for await (const { stream } of engine.streams.load(readFile(path, report), signal))
            if (stream !== undefined && /^Loaded image/.test(stream)) lines.push(plain(stream.trim(), 200))
          return lines
        },
      )
      ui.equivalent(dockerLine(engine, ['load', '-i', path]))
      void ui.info(loaded.length > 0 ? loaded.join(', ') : t('Loaded {0}.', plain(basename(path), 80)))
    }
  },
})

const importFiles = viewCommand({
  id: 'images.import',
  title: 'Import Files of a Tar as Image…',
  icon: 'file-zip',
  views: ['images'],
  place: { group: '1_get@4' },
  async run({ engines, ui }) {
    const engine = await engines.current()
    const title = t('Import as Image')
    const [path] = (await ui.openFiles({ title, files: true, folders: false, many: false })) ?? []
    if (path === undefined) return
    const reference = await ui.input({
      title,
      prompt: t('Name of the new image'),
      placeholder: 'team/app:1.2',
      validate: (value) => referenceProblem(value),
    })
    const named = reference === undefined ? undefined : parseReference(reference.trim())
    if (named === undefined) return
    const options = { repository: named.repository, tag: named.tag ?? 'latest' }
    await ui.progress(t('Importing {0}', plain(basename(path), 80)), async (report, signal) => {
      for await (const { status } of engine.streams.import(readFile(path, report), options, signal))
        if (status !== undefined) report({ message: plain(status, 120) })
    })
    ui.equivalent(dockerLine(engine, ['import'], [path, `${options.repository}:${options.tag}`]))
    void ui.info(t('Imported {0}.', `${options.repository}:${options.tag}`))
  },
})

export const imageFileCommands: readonly Command[] = [save, load, importFiles]
