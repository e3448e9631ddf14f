import { EngineError, isEngineError } from '../engine/errors.ts'
import { childOf, nameOf, normalize, parentOf } from '../engine/files/file-path.ts'
import type { FileEntry, Files } from '../engine/files/files.ts'
import { placeKey, type Place } from '../engine/files/place.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import type { Deps } from './command.ts'
import { confirmOn } from './guard.ts'

/** What is at a path; undefined when there is nothing. */
export const entryAt = (files: Files, path: string): Promise<FileEntry | undefined> =>
  files.stat(path).catch((fault: unknown) => {
    if (isEngineError(fault, 'notFound')) return undefined
    throw fault
  })

/** Moves a file or folder within its place after a question; copies it from another place, in one stream from engine to engine. */
export async function moveFile(
  deps: Deps,
  from: Place,
  path: string,
  to: Place,
  folder: string,
): Promise<void> {
  const source = normalize(path)
  const target = childOf(normalize(folder), nameOf(source))
  const same = placeKey(from) === placeKey(to)
  if (same && parentOf(source) === normalize(folder)) return
  const places = await deps.places()
  const shown = plain(target, 200)
  if ((await entryAt(places.files(to), target)) !== undefined)
    throw new EngineError('conflict', t('{0} is there already.', shown), {
      nextStep: t('Rename one of them first.'),
    })
  if (same) {
    const answer = await confirmOn(deps, {
      engines: [to.engine],
      names: [`${from.name}:${source}`],
      one: (name, engine) => t('Move {0} of {1} to {2}?', name, engine, plain(folder, 200)),
      several: (_, engine) => engine,
      action: t('Move'),
    })
    if (answer === undefined) return
    await places.files(to).rename(source, target, { overwrite: false })
    await deps.ui.placeChanged(from, parentOf(source))
  } else
    await deps.ui.progress(t('Copying to {0}', `${to.name}:${shown}`), (_, signal) =>
      places.files(to).unpack(folder, places.files(from).archive(source, signal), signal),
    )
  await deps.ui.placeChanged(to, normalize(folder))
}
