import { t } from '../../shared/l10n.ts'
import type { FileCalls } from '../engine.ts'
import { EngineError } from '../errors.ts'
import { percentName } from '../files/raw-name.ts'
import { pathStatOf } from '../raw/path-stat.ts'
import { objectId } from '../transport/api-path.ts'
import type { Link } from './link.ts'
import { plainTar } from './plain-tar.ts'

export function fileCalls(link: Link): FileCalls {
  const { transport } = link
  // Paths are bytes, which the encoding of other parameters does not know.
  const pathOf = (container: string, path: string, more = ''): string =>
    `/containers/${objectId(container)}/archive?path=${percentName(path)}${more}`

  /** Podman takes names for patterns, and sends what fits besides. (One with `*` or a backslash it does not find in any way.) */
  const unpatterned = async (path: string, signal?: AbortSignal): Promise<string> =>
    /[?[]/.test(path) && (await link.isPodman(signal)) ? path.replace(/[?[]/g, '\\$&') : path

  return {
    async stat(container, path, signal) {
      await link.ready(signal)
      const answer = await transport.send({
        method: 'HEAD',
        path: pathOf(container, await unpatterned(path, signal)),
        lane: 'quick',
        signal,
        // Podman says 404 for a link that leads nowhere, and yet tells what it is.
        accept: [404],
      })
      const header = answer.headers['x-docker-container-path-stat']
      const stat = typeof header === 'string' ? pathStatOf(header) : undefined
      if (stat !== undefined) return stat
      throw new EngineError('notFound', t('There is no {0} in the container.', path), {
        status: answer.status,
      })
    },

    async *getArchive(container, path, signal, { lent } = {}) {
      await link.ready(signal)
      const { body } = await transport.stream({
        method: 'GET',
        path: pathOf(container, await unpatterned(path, signal)),
        lane: 'stream',
        signal,
        lent,
      })
      yield* body
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
}
