import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { meantProject } from '../../../src/commands/compose/compose-containers.ts'
import { commands } from '../../../src/commands/index.ts'
import type { NodeCommand } from '../../../src/commands/command.ts'
import { matchesTargets } from '../../../src/commands/targets.ts'
import type { Container } from '../../../src/engine/model/container.ts'
import { deferred } from '../../../src/shared/deferred.ts'
import { rowOf } from '../../../src/tree/kinds.ts'
import type { StackNode } from '../../../src/tree/node.ts'
import { stackRoots } from '../../../src/tree/stacks.ts'
import { scene } from '../../support/command-deps.ts'
import { fakeEngine } from '../../support/fake-engine.ts'
import { container, endpoint } from '../../support/models.ts'
import { chooses, dismisses } from '../../support/scripted-ui.ts'
import { context, engineState, snapshotOf } from '../../support/snapshots.ts'

/** A project as the labels of its containers tell it. */
function claimed(configFiles: readonly string[], state: Container['state'] = 'running'): StackNode {
  const compose = { project: 'evil', service: 'web', number: 1, oneoff: false, workingDir: '/', configFiles }
  const containers = [container('web', { compose, state })]
  return stackRoots(snapshotOf(engineState({ containers })), [])[0]!
}

test('nothing that reads files is offered for a project that only labels tell of, but for what shows them first', () => {
  const node = claimed(['/elsewhere/compose.yaml'])
  const offered = (of: StackNode | StackNode['services'][number]): readonly string[] =>
    commands
      .filter((command): command is NodeCommand => command.type === 'node')
      .filter(({ on }) => matchesTargets(on, rowOf(of, context).flags))
      .map(({ id }) => id)
      .sort()
  const withoutFiles = [
    'stacks.exec',
    'stacks.logs',
    'stacks.pauseContainers',
    'stacks.restartContainers',
    'stacks.startContainers',
    'stacks.stopContainers',
  ]
  expect(offered(node)).toEqual([...withoutFiles, 'stacks.useFiles'].sort())
  expect(offered(node.services[0]!)).toEqual(withoutFiles)
})

test('its files are shown before anything is chosen, and nothing runs when that is declined', async () => {
  const s = await scene([dismisses])
  await s.run('stacks.useFiles', claimed(['/elsewhere/compose.yaml', '/elsewhere/more.yaml']))
  expect(s.transcript.join('\n')).toMatch(/\/elsewhere\/compose\.yaml\s+\/elsewhere\/more\.yaml/)
  expect([s.terminals, s.equivalents]).toEqual([[], []])
  const trusting = await scene([chooses('Choose What to Run'), dismisses])
  await trusting.run('stacks.useFiles', claimed(['/elsewhere/compose.yaml']))
  expect(trusting.terminals).toEqual([])
  expect(commands.find(({ id }) => id === 'stacks.useFiles')?.needsTrust).toBe(true)
})

test('compose is told those files, and finds none beside them', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-stacks-'))
  const path = join(folder, 'docker')
  writeFileSync(path, '#!/bin/sh\necho 2.30.0\n', { mode: 0o755 })
  const s = await scene([chooses('Choose What to Run'), chooses('Compose Up')])
  const { promise: opened, resolve } = deferred<unknown>()
  Object.assign(s.deps, { docker: { path, env: process.env } })
  Object.assign(s.ui, { terminal: resolve })
  // It ends with its terminal, or with what went wrong before there was one.
  await Promise.race([opened, s.run('stacks.useFiles', claimed(['/elsewhere/compose.yaml']))])
  expect(s.equivalents).toEqual(['docker compose -f /elsewhere/compose.yaml up --detach'])
  rmSync(folder, { recursive: true })
})

test.each([[[]], [['compose.yaml']], [['-f', '/x/compose.yaml']]])(
  'labels that name no whole paths: %j',
  async (files) => {
    const s = await scene()
    await s.run('stacks.useFiles', claimed(files)).catch((fault: unknown) => s.transcript.push(String(fault)))
    expect(s.transcript.join('\n')).toContain('The containers of evil do not tell its files.')
  },
)

test('a row of an engine that is shown beside the current one is about that engine', async () => {
  const other = endpoint({ id: 'unix:///other.sock' })
  const s = await scene([dismisses])
  s.open.set(other.id, fakeEngine({ endpoint: other }))
  const compose = { service: 'web', number: 1, oneoff: false, workingDir: '/', project: 'shop' }
  const configFiles = ['/work/shop/compose.yaml']
  const containers = [
    container('here', { compose: { ...compose, configFiles } }),
    container('there', { engine: other.id, compose: { ...compose, configFiles } }),
  ]
  Object.assign(s.deps.engines, {
    nameOf: (id: string) => id,
    nodes: () => Promise.resolve(containers.map((each) => ({ kind: 'container', container: each }))),
  })
  const project = {
    name: 'shop',
    files: configFiles,
    services: [{ name: 'web', file: configFiles[0]!, line: 2 }],
  }
  await s.run('stacks.down', stackRoots(snapshotOf(engineState({ endpoint: other })), [project])[0]!)
  expect(s.transcript[0]).toContain('Take down the project in shop on unix:///other.sock?')
  expect(s.transcript).toContain('  there')
  expect(s.transcript).not.toContain('  here')
})

test('what needs no file is done to its containers, as far as their state allows', async () => {
  const s = await scene()
  s.engine.answers.set('containers.pause', () => undefined)
  s.engine.answers.set('containers.unpause', () => undefined)
  await s.run('stacks.pauseContainers', claimed(['/elsewhere/compose.yaml']))
  await s.run('stacks.unpauseContainers', claimed(['/elsewhere/compose.yaml'], 'paused'))
  await s.run('stacks.startContainers', claimed(['/elsewhere/compose.yaml']))
  expect(s.engine.calls).toEqual(['containers.pause web', 'containers.unpause web'])
  expect(s.transcript.at(-1)).toContain('There is nothing that “Start Containers” could be done to.')
})

test('of a project that runs under a name of its own, its own containers are taken down', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-stacks-'))
  const path = join(folder, 'docker')
  writeFileSync(path, '#!/bin/sh\necho 2.30.0\n', { mode: 0o755 })
  const files = ['/work/shop/compose.yaml']
  const of = (project: string) => ({
    service: 'web',
    number: 1,
    oneoff: false,
    workingDir: '/',
    configFiles: files,
    project,
  })
  const containers = ['live', 'stage'].map((name) => container(name, { compose: of(name) }))
  const s = await scene([chooses('Down')])
  const { promise: opened, resolve } = deferred<unknown>()
  Object.assign(s.deps, { docker: { path, env: process.env } })
  Object.assign(s.ui, { terminal: resolve })
  Object.assign(s.deps.engines, {
    nodes: () => Promise.resolve(containers.map((each) => ({ kind: 'container', container: each }))),
  })
  const project = { name: 'shop', files, services: [] }
  const node = stackRoots(snapshotOf(engineState({ containers: containers.slice(1) })), [project])[0]!
  await Promise.race([opened, s.run('stacks.down', node)])
  expect(s.transcript).toContain('  stage')
  expect(s.transcript).not.toContain('  live')
  // What waits for a profile is taken down with the rest.
  expect(s.equivalents).toEqual(["docker compose -p stage --profile '*' down"])
  rmSync(folder, { recursive: true })
})

test.each([
  ['none', [], [], 'docker compose stop'],
  ['the usual one', ['shop'], [], 'docker compose stop'],
  ['one under another name', ['stage'], [], 'docker compose -p stage stop'],
  ['two, of which one is chosen', ['stage', 'shop'], [chooses('shop')], 'docker compose -p shop stop'],
  ['two, of which none is chosen', ['stage', 'shop'], [dismisses], undefined],
])(
  'what is done from a file is done to the project that runs: %s',
  async (_name, projects, answers, expected) => {
    const folder = mkdtempSync(join(tmpdir(), 'quayside-stacks-'))
    const path = join(folder, 'docker')
    writeFileSync(path, '#!/bin/sh\necho 2.30.0\n', { mode: 0o755 })
    const files = ['/work/shop/compose.yaml']
    const containers = projects.map((project) => {
      const claim = { service: 'web', number: 1, oneoff: false, workingDir: '/', configFiles: files, project }
      return container(project, { compose: claim })
    })
    const s = await scene(answers)
    const { promise: opened, resolve } = deferred<unknown>()
    Object.assign(s.deps, { docker: { path, env: process.env } })
    Object.assign(s.ui, { terminal: resolve })
    Object.assign(s.deps.engines, {
      nodes: () => Promise.resolve(containers.map((each) => ({ kind: 'container', container: each }))),
    })
    const stop = commands.find((command) => command.type === 'file' && command.id === 'compose.stop')
    if (stop?.type !== 'file') throw new Error('it is there')
    await Promise.race([opened, stop.run(s.deps, { paths: files, parts: ['web'] })])
    expect(s.equivalents).toEqual(expected === undefined ? [] : [`${expected} web`])
    rmSync(folder, { recursive: true })
  },
)

test('from a file, a project is meant that its containers alone make up, not one that a container claims besides', async () => {
  const s = await scene()
  const [file, theirs] = ['/work/shop/compose.yaml', '/elsewhere/compose.yaml']
  const of = (project: string, configFiles: readonly string[]) =>
    container(`${project}-${configFiles[0]}`, {
      compose: { service: 'web', number: 1, oneoff: false, workingDir: '/', configFiles, project },
    })
  const meant = async (...containers: readonly Container[]): Promise<unknown> => {
    const nodes = () => Promise.resolve(containers.map((each) => ({ kind: 'container', container: each })))
    Object.assign(s.deps.engines, { nodes })
    return (await meantProject(s.deps, { paths: [file], parts: [] }))?.target.project
  }
  expect(await meant(of('live', [file]))).toBe('live')
  expect(await meant(of('live', [file]), of('live', [theirs]))).toBeUndefined()
  expect(await meant(of('live', [file]), of('victim', [file]), of('victim', [theirs]))).toBe('live')
})

test('a name that the files were given since is one of those to choose from', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-stacks-'))
  const file = join(folder, 'compose.yaml')
  const claim = { service: 'web', number: 1, oneoff: false, workingDir: '/', configFiles: [file] }
  const meant = async (
    text: string,
    env: string,
    answers: Parameters<typeof scene>[0] = [],
  ): Promise<unknown> => {
    writeFileSync(file, text)
    writeFileSync(join(folder, '.env'), env)
    const s = await scene(answers)
    const nodes = ['old'].map((project) => ({
      kind: 'container',
      container: container('c', { compose: { ...claim, project } }),
    }))
    Object.assign(s.deps.engines, { nodes: () => Promise.resolve(nodes) })
    const target = (await meantProject(s.deps, { paths: [file], parts: [] }))?.target
    return target === undefined ? 'none' : (target.project ?? 'as the files say')
  }
  expect(await meant('name: old\n', '')).toBe('as the files say')
  expect(await meant('name: new\n', '', [chooses('new')])).toBe('new')
  expect(await meant('name: new\n', '', [chooses('old')])).toBe('old')
  expect(await meant('name: new\n', '', [dismisses])).toBe('none')
  expect(await meant('name: new\n', 'COMPOSE_PROJECT_NAME=old\n')).toBe('as the files say')
  expect(await meant('services: {}\n', '')).toBe('old')
  rmSync(folder, { recursive: true })
})
