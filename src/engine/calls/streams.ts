import { t } from '../../shared/l10n.ts'
import type { StreamCalls } from '../engine.ts'
import { EngineError, isEngineError } from '../errors.ts'
import { eventOf } from '../raw/event.ts'
import { fields, number, text } from '../raw/fields.ts'
import { filters, objectId } from '../transport/api-path.ts'
import { lines, records } from '../transport/lines.ts'
import { Together } from '../transport/together.ts'
import { jsonOf } from '../transport/transport.ts'
import { supports } from '../versions.ts'
import { imageStreams } from './image-streams.ts'
import { type Link, objectOf } from './link.ts'
import { isLater, rememberedEvents } from './podman.ts'

interface Size {
  readonly columns: number
  readonly rows: number
}

/** An engine tells of all containers once a second, of one after the other. */
const statsTogetherMs = 300

function clamp(cells: number): number {
  return Math.min(1000, Math.max(1, Math.trunc(cells) || 1))
}

function engineTime(value: string | undefined): string | undefined {
  if (value === undefined || /^\d{1,12}(\.\d{1,9})?$/.test(value)) return value
  throw new EngineError('invalid', t('{0} is no time of an engine.', value.slice(0, 40)))
}

export function streamCalls(link: Link): StreamCalls {
  const { transport } = link
  const together = new Together(statsTogetherMs)

  /** Sizes are hints: a terminal that has gone, or has not begun, has none. */
  async function resize(path: string, size: Size): Promise<void> {
    try {
      await link.ready()
      const query = { h: clamp(size.rows), w: clamp(size.columns) }
      await transport.send({ method: 'POST', path, query, lane: 'quick' })
    } catch (fault) {
      if (!isEngineError(fault) || isEngineError(fault, 'cancelled')) throw fault
    }
  }

  return {
    async *events(options, signal) {
      await link.ready(signal)
      const until = engineTime(options.until)
      const remembered = until !== undefined && (await link.isPodman(signal))
      const { body } = await transport.stream({
        method: 'GET',
        path: '/events',
        query: {
          since: engineTime(options.since),
          ...(remembered ? rememberedEvents : { until }),
          ...(options.container === undefined
            ? {}
            : { filters: filters({ container: [objectId(options.container)] }) }),
        },
        lane: 'stream',
        signal,
      })
      options.onOpen?.()
      for await (const line of lines(body)) {
        const event = eventOf(line)
        if (event !== undefined && !(remembered && isLater(event, until))) yield event
      }
    },

    async *logs(id, options, signal) {
      await link.ready(signal)
      const { body } = await transport.stream({
        method: 'GET',
        path: `/containers/${objectId(id)}/logs`,
        query: {
          follow: options.follow,
          stdout: options.stdout,
          stderr: options.stderr,
          timestamps: options.timestamps,
          tail: options.tail === undefined ? 'all' : Math.max(0, Math.trunc(options.tail) || 0),
          since: engineTime(options.since),
          until: engineTime(options.until),
        },
        lane: 'stream',
        signal,
        lent: options.lent,
        gathered: options.lent,
      })
      yield* body
    },

    async attach(id, options, signal) {
      await link.ready(signal)
      return transport.upgrade({
        method: 'POST',
        path: `/containers/${objectId(id)}/attach`,
        query: {
          stream: true,
          stdin: options.stdin,
          stdout: true,
          stderr: true,
          logs: options.logs,
          detachKeys: options.detachKeys === '' ? undefined : options.detachKeys,
        },
        lane: 'stream',
        signal,
      })
    },

    async exec(container, options, signal) {
      const version = await link.ready(signal)
      const size =
        options.tty && options.size !== undefined
          ? ([clamp(options.size.rows), clamp(options.size.columns)] as const)
          : undefined
      const consoleSize =
        size !== undefined && supports(version, 'execConsoleSize') ? { ConsoleSize: size } : {}
      const created = await transport.send({
        method: 'POST',
        path: `/containers/${objectId(container)}/exec`,
        body: {
          json: {
            AttachStdin: options.stdin,
            AttachStdout: true,
            AttachStderr: true,
            Tty: options.tty,
            Cmd: options.command,
            ...(options.user === undefined ? {} : { User: options.user }),
            ...(options.workingDir === undefined ? {} : { WorkingDir: options.workingDir }),
            ...(options.env === undefined ? {} : { Env: options.env }),
            ...(options.privileged === undefined ? {} : { Privileged: options.privileged }),
            ...((options.detachKeys ?? '') === '' ? {} : { DetachKeys: options.detachKeys }),
            ...consoleSize,
          },
        },
        lane: 'quick',
        signal,
      })
      const id = objectId(text(objectOf(link, jsonOf(created, transport.endpoint.url))['Id']))
      const stream = await transport.upgrade({
        method: 'POST',
        path: `/exec/${id}/start`,
        body: { json: { Detach: false, Tty: options.tty, ...consoleSize } },
        lane: 'stream',
        signal,
      })
      if (options.size !== undefined && size !== undefined && !('ConsoleSize' in consoleSize))
        await resize(`/exec/${id}/resize`, options.size)
      return { id, stream }
    },

    async execState(execId, signal) {
      await link.ready(signal)
      const answer = await transport.send({
        method: 'GET',
        path: `/exec/${objectId(execId)}/json`,
        lane: 'quick',
        signal,
      })
      const state = fields(jsonOf(answer, transport.endpoint.url))
      const running = state['Running'] === true
      return {
        running,
        pid: number(state['Pid']),
        ...(running || typeof state['ExitCode'] !== 'number' ? {} : { exitCode: state['ExitCode'] }),
      }
    },

    resizeExec: async (execId, size) => resize(`/exec/${objectId(execId)}/resize`, size),
    resizeContainer: async (id, size) => resize(`/containers/${objectId(id)}/resize`, size),

    async *stats(id, signal) {
      await link.ready(signal)
      const { body } = await transport.stream({
        method: 'GET',
        path: `/containers/${objectId(id)}/stats`,
        query: { stream: true },
        lane: 'stream',
        lent: true,
        together,
        signal,
      })
      yield* records(body)
    },

    async *export(id, signal) {
      await link.ready(signal)
      const path = `/containers/${objectId(id)}/export`
      const { body } = await transport.stream({ method: 'GET', path, lane: 'stream', signal })
      yield* body
    },

    ...imageStreams(link),
  }
}
