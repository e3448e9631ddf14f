import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tailSession } from '../../../src/commands/logs/tail-session.ts'
import type { LogRequest } from '../../../src/engine/logs/target.ts'
import type { Container } from '../../../src/engine/model/container.ts'
import type { TreeNode } from '../../../src/tree/node.ts'
import { scene, sceneOn } from '../../support/command-deps.ts'
import { container } from '../../support/models.ts'
import { chooses, types } from '../../support/scripted-ui.ts'
import { LogEngine, type LogContainer } from '../../support/log-engine.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'qs-logs-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const node = (container: LogContainer): TreeNode => ({ kind: 'container', container: container.listed() })
const project = (name: string, containers: readonly LogContainer[]): TreeNode => {
  const listed = containers.map((container): Container => container.listed())
  return { kind: 'project', engine: listed[0]!.engine, name, containers: listed }
}

function twoLogs(): { log: LogEngine; web: LogContainer; db: LogContainer } {
  const log = new LogEngine()
  const web = log.create('shop-web-1', { service: 'web' }).start()
  const db = log.create('shop-db-1', { service: 'db' }).start()
  web.write('\u001b[31mone\u001b[0m')
  db.write('two')
  web.write('three')
  return { log, web, db }
}

describe('saving logs', () => {
  test('of a project: merged by time, each line with its service', async () => {
    const { log, web, db } = twoLogs()
    const path = join(folder, 'shop.log')
    const { run, transcript, equivalents } = sceneOn(log.surroundings.engine, [
      chooses('Text'),
      types(path),
      chooses('Open'),
    ])
    await run('containers.saveLogs', project('shop', [web, db]))
    expect(readFileSync(path, 'utf8')).toBe('web | one\ndb | two\nweb | three\n')
    expect(readdirSync(folder)).toEqual(['shop.log'])
    expect(transcript.join('\n')).toContain('info: Saved 31 B. [Open]')
    expect(equivalents).toEqual(['docker logs shop-web-1', 'docker logs shop-db-1'])
  })

  test('with times, and as it was printed', async () => {
    const { log, web } = twoLogs()
    const path = join(folder, 'web.log')
    await sceneOn(log.surroundings.engine, [chooses('Text with times'), types(path), chooses('Open')]).run(
      'containers.saveLogs',
      node(web),
    )
    expect(readFileSync(path, 'utf8')).toBe(
      '2026-01-02T03:00:00.000000003Z one\n2026-01-02T03:00:00.000000005Z three\n',
    )
    await sceneOn(log.surroundings.engine, [chooses('As it was printed'), types(path), chooses('Open')]).run(
      'containers.saveLogs',
      node(web),
    )
    expect(readFileSync(path, 'utf8')).toBe('\u001b[31mone\u001b[0m\nthree\n')
  })

  test('cancelled in the middle it leaves no file', async () => {
    const { log, web } = twoLogs()
    log.chunkSize = 20
    const { streams } = log.surroundings.engine
    const { logs } = streams
    const asked = sceneOn(log.surroundings.engine, [chooses('Text'), types(join(folder, 'web.log'))])
    const interrupted: typeof logs = async function* (...args) {
      for await (const chunk of logs(...args)) {
        yield chunk
        asked.cancel()
      }
    }
    Object.assign(streams, { logs: interrupted })
    await expect(asked.run('containers.saveLogs', node(web))).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(folder)).toEqual([])
  })

  test('a lost connection leaves no half file, and the old one as it was', async () => {
    const { log, web } = twoLogs()
    const path = join(folder, 'web.log')
    await sceneOn(log.surroundings.engine, [chooses('Text'), types(path), chooses('Open')]).run(
      'containers.saveLogs',
      node(web),
    )
    log.goAway()
    await expect(
      sceneOn(log.surroundings.engine, [chooses('Text'), types(path), chooses('Open')]).run(
        'containers.saveLogs',
        node(web),
      ),
    ).rejects.toThrow('Nothing answers.')
    expect(readFileSync(path, 'utf8')).toBe('one\nthree\n')
    expect(readdirSync(folder)).toEqual(['web.log'])
  })
})

test('logs as a document: merged, aligned, without colours', async () => {
  const { log, web, db } = twoLogs()
  const { run, documents } = sceneOn(log.surroundings.engine)
  await run('containers.openLogsAsDocument', project('shop', [web, db]))
  expect(documents).toMatchObject([
    { title: 'shop.log', language: 'log', text: 'web | one\ndb  | two\nweb | three' },
  ])
})

describe('viewing logs', () => {
  test('of a project, whose later containers join; of several containers', async () => {
    const { log, web, db } = twoLogs()
    const scene = sceneOn(log.surroundings.engine)
    await scene.run('containers.viewLogs', project('shop', [web, db]))
    await scene.run('containers.viewLogs', node(web), node(db))
    const asked = scene.transcript
      .filter((line) => line.startsWith('openLogs: '))
      .map((line) => (JSON.parse(line.slice(10)) as [LogRequest])[0])
    expect(asked.map(({ title, project }) => [title, project?.name])).toEqual([
      ['shop', 'shop'],
      ['shop-web-1 and 1 more', undefined],
    ])
    expect(asked.map(({ targets }) => targets.map(({ name }) => name))).toEqual([
      ['shop-web-1', 'shop-db-1'],
      ['shop-web-1', 'shop-db-1'],
    ])
  })
})

test('the logs of a swarm service: of each place in it, from its oldest task on', async () => {
  const task = (name: string, created: number): Container =>
    container(`${name}.${created}`, {
      created,
      labels: { 'com.docker.swarm.service.name': 'web', 'com.docker.swarm.task.name': `${name}.${created}` },
    })
  const made = await scene()
  const tasks = [task('web.10', 3), task('web.2', 5), task('web.2', 1), container('other')]
  made.engine.lists.containers.push(...tasks)
  await made.run('containers.viewServiceLogs', { kind: 'container', container: tasks[0]! })
  const [line] = made.transcript.filter((said) => said.startsWith('openLogs: '))
  const [request] = JSON.parse(line!.slice(10)) as [LogRequest]
  expect(request.service).toEqual({ engine: made.engine.id, name: 'web' })
  expect(request.targets.map(({ name, swarm }) => [name, swarm?.slot])).toEqual([
    ['web.2.1', '2'],
    ['web.10.3', '10'],
  ])
})

describe('a plain tail in a terminal', () => {
  function open(log: LogEngine, container: LogContainer) {
    const session = tailSession(log.surroundings.engine, container.id, 'web', 2)
    const shown: string[] = []
    const ended = new Promise<string | number | undefined>((resolve) => {
      session.open(
        {
          write: (text) => shown.push(text),
          rename: () => undefined,
          show: () => undefined,
          remember: () => undefined,
          end: ({ message, exitCode }) => resolve(message ?? exitCode),
        },
        undefined,
      )
    })
    return { session, shown, ended }
  }

  test('the last lines, then what is written, then how it ended; colours pass, the clipboard does not', async () => {
    const log = new LogEngine()
    const web = log
      .create('web')
      .start()
      .write('0')
      .write('\u001b[1;38;5;208ma\u001b[0m')
      .write('\u001b]52;c;eA==\u0007b')
    const { shown, ended } = open(log, web)
    setImmediate(() => web.write('c').exit(3))
    expect(await ended).toBe('web exited with code 3')
    expect(shown.join('')).toBe('\u001b[1;38;5;208ma\u001b[0m\r\nb\r\nc\r\n')
  })

  test('Ctrl-C ends it', async () => {
    const log = new LogEngine()
    const web = log.create('web').start().write('a')
    const { session, ended } = open(log, web)
    session.input('\u0003')
    expect(await ended).toBe(0)
    expect(log.streamsOpen).toBe(0)
  })
})
