import { t } from '../../shared/l10n.ts'
import type { FileCalls, PathStat } from '../engine.ts'
import { EngineError } from '../errors.ts'
import { nameOf, parentOf } from '../files/file-path.ts'
import { percentName } from '../files/raw-name.ts'
import { entryIn } from '../files/tar-index.ts'
import { pathStatOf } from '../raw/path-stat.ts'
import { objectId } from '../transport/api-path.ts'
import type { Link } from './link.ts'
import { plainTar } from './plain-tar.ts'
import { patternOf, unresolved } from './podman.ts'
import { ofContainers } from './remapped-ids.ts'

export function fileCalls(link: Link): FileCalls {
  const { transport } = link
  // Paths are bytes, which the encoding of other parameters does not know.
  const pathOf = (container: string, path: string, more = ''): string =>
    `/containers/${objectId(container)}/archive?path=${percentName(path)}${more}`

  const askedAs = async (path: string, signal?: AbortSignal): Promise<string> => {
    const pattern = patternOf(path)
    return pattern !== path && (await link.isPodman(signal)) ? pattern : path
  }

  async function look(container: string, path: string, signal?: AbortSignal): Promise<PathStat | undefined> {
    const answer = await transport.send({
      method: 'HEAD',
      path: pathOf(container, path),
      lane: 'quick',
      signal,
      // Podman says 404 for a link that leads nowhere, and yet tells what it is.
      accept: [404],
    })
    const header = answer.headers['x-docker-container-path-stat']
    return typeof header === 'string' ? pathStatOf(header) : undefined
  }

  const calls: FileCalls = {
    async stat(container, path, signal) {
      await link.ready(signal)
      let asked = await askedAs(path, signal)
      let stat = await look(container, asked, signal)
      if (stat === undefined && asked === path && (await link.isPodman(signal)))
        stat = await look(container, (asked = unresolved(path)), signal)
      if (stat === undefined)
        throw new EngineError('notFound', t('There is no {0} in the container.', path), { status: 404 })
      if (asked === path) return stat
      // Podman tells the pattern instead of where a link leads.
      const name = nameOf(path)
      const any = signal ?? new AbortController().signal
      const linkTarget =
        stat.type === 'symlink'
          ? (await entryIn(calls.getArchive(container, parentOf(path), any), name))?.link
          : undefined
      return { ...stat, name, linkTarget: linkTarget ?? '' }
    },

    async *getArchive(container, path, signal, { lent } = {}) {
      await link.ready(signal)
      const { body } = await transport.stream({
        method: 'GET',
        path: pathOf(container, await askedAs(path, signal)),
        lane: 'stream',
        signal,
        lent,
      })
      const base = link.remapped()
      yield* base === undefined ? body : ofContainers(body, base)
    },

    async putArchive(container, directory, archive, signal, { overFolders = false } = {}) {
      await link.ready(signal)
      await transport.send({
        method: 'PUT',
        path: pathOf(container, directory, overFolders ? '' : '&noOverwriteDirNonDir=true'),
        body: { bytes: plainTar(archive), type: 'application/x-tar' },
        lane: 'stream',
        signal,
      })
    },
  }
  return calls
}
