import { t } from '../../shared/l10n.ts'
import type { ProgressRecord, StreamCalls } from '../engine.ts'
import { EngineError } from '../errors.ts'
import { progressOf } from '../raw/progress.ts'
import { imageReference } from '../transport/api-path.ts'
import { registryAuthHeader, registryConfigHeader } from '../transport/auth-headers.ts'
import { records } from '../transport/lines.ts'
import type { Call } from '../transport/transport.ts'
import { supports } from '../versions.ts'
import type { Link } from './link.ts'

type ImageStreams = Pick<StreamCalls, 'pull' | 'push' | 'build' | 'save' | 'load' | 'import'>

/** Repository, and tag or digest, of a reference; without either the tag is `latest`, else an engine would pull all. */
function split(reference: string): { readonly repository: string; readonly tag: string } {
  const digest = reference.indexOf('@')
  if (digest !== -1) return { repository: reference.slice(0, digest), tag: reference.slice(digest + 1) }
  const colon = reference.lastIndexOf(':')
  return colon > reference.lastIndexOf('/')
    ? { repository: reference.slice(0, colon), tag: reference.slice(colon + 1) }
    : { repository: reference, tag: 'latest' }
}

/** `linux/arm64/v8` as the API's own words. */
function platformJson(platform: string): string {
  const [os, architecture, variant] = platform.split('/')
  return JSON.stringify({ os, architecture, ...(variant === undefined ? {} : { variant }) })
}

export function imageStreams(link: Link): ImageStreams {
  const { transport } = link

  async function* progress(call: Omit<Call, 'lane'>): AsyncGenerator<ProgressRecord> {
    await link.ready(call.signal)
    const { body } = await transport.stream({ ...call, lane: 'stream' })
    for await (const record of records(body)) yield progressOf(record)
  }

  return {
    async *pull(reference, options, signal) {
      imageReference(reference)
      const { repository, tag } = split(reference)
      yield* progress({
        method: 'POST',
        path: '/images/create',
        query: { fromImage: repository, tag, platform: options.platform },
        headers: registryAuthHeader(options.auth),
        signal,
      })
    },

    async *push(reference, options, signal) {
      const { repository, tag } = split(reference)
      const version = await link.ready(signal)
      if (options.platform !== undefined && !supports(version, 'pushPlatform'))
        throw new EngineError('unsupported', t('This engine cannot push one platform alone.'), {
          nextStep: t('Push all of the image, or update the engine to Docker 27 or newer.'),
        })
      yield* progress({
        method: 'POST',
        path: `/images/${imageReference(repository)}/push`,
        query: {
          tag,
          platform: options.platform === undefined ? undefined : platformJson(options.platform),
        },
        headers: registryAuthHeader(options.auth),
        signal,
      })
    },

    build(context, query, options, signal) {
      return progress({
        method: 'POST',
        path: '/build',
        query: { rm: 'true', forcerm: 'true', ...query },
        headers: registryConfigHeader(options.auths),
        body: { bytes: context, type: 'application/x-tar' },
        signal,
      })
    },

    async *save(references, signal) {
      await link.ready(signal)
      const names = references.map((reference) => {
        imageReference(reference)
        return reference
      })
      const { body } = await transport.stream({
        method: 'GET',
        path: '/images/get',
        query: { names },
        lane: 'stream',
        signal,
      })
      yield* body
    },

    load(archive, signal) {
      return progress({
        method: 'POST',
        path: '/images/load',
        query: { quiet: false },
        body: { bytes: archive, type: 'application/x-tar' },
        signal,
      })
    },

    import(archive, options, signal) {
      return progress({
        method: 'POST',
        path: '/images/create',
        query: {
          fromSrc: '-',
          // Podman takes no tag of its own here.
          repo: `${options.repository}:${options.tag}`,
          message: options.message,
          changes: options.changes,
        },
        body: { bytes: archive, type: 'application/x-tar' },
        signal,
      })
    },
  }
}
