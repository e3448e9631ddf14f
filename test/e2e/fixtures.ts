import { test as base, expect } from '@playwright/test'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type EngineVersion, type PrivateEngine, startEngine } from '../../scripts/hosts/hosts.mjs'
import { type RunningVscode, startVscode } from '../../scripts/hosts/vscode.mjs'
import { Workbench } from './workbench.ts'

export { expect, Workbench }
export { Row, View } from './views.ts'

/** A private engine that each test finds with the tests' images and nothing else. */
export interface TestEngine extends PrivateEngine {
  /** Removes containers, volumes, networks and foreign images. */
  clear(): Promise<void>
}

interface WorkerOptions {
  /** The private engine of the worker; 'none' for a machine without any. */
  engineVersion: EngineVersion | 'none'
  /** More environment for the extension host; undefined removes a variable. */
  hostEnv: Record<string, string | undefined>
  /** Whether an untrusted folder is asked about. */
  trustAsked: boolean
}

interface WorkerHosts {
  /** The engine that DOCKER_HOST of the extension host names; with 'none' a test must not ask for it. */
  runningEngine: PrivateEngine | undefined
  vscode: RunningVscode
}

interface TestOptions {
  /** User settings, over the quiet ones of the harness. */
  settings: Record<string, unknown>
  /** Files put into the folder before it is opened. */
  files: Record<string, string>
  /** The folder to copy: 'samples', 'empty', or a path below the repository. */
  workspace: string
  /** A `.code-workspace` of the folder that is opened instead of it: folders are added to it without a new window. */
  opened: string
}

interface TestHosts {
  engine: TestEngine
  /** The docker program on the test's engine, for setting up and looking behind the editor's back. */
  docker: (...args: string[]) => Promise<string>
  /** A fresh folder for the test, removed afterwards. */
  folder: string
  workbench: Workbench
}

export const test = base.extend<TestOptions & TestHosts, WorkerOptions & WorkerHosts>({
  engineVersion: ['28', { option: true, scope: 'worker' }],
  hostEnv: [{}, { option: true, scope: 'worker' }],
  trustAsked: [false, { option: true, scope: 'worker' }],
  settings: [{}, { option: true }],
  files: [{}, { option: true }],
  workspace: ['samples', { option: true }],
  opened: ['', { option: true }],

  runningEngine: [
    async ({ engineVersion }, use) => {
      if (engineVersion === 'none') return await use(undefined)
      const engine = await startEngine({ version: engineVersion })
      await use(engine)
      await engine.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  vscode: [
    async ({ runningEngine, hostEnv, trustAsked }, use) => {
      const nowhere = { DOCKER_HOST: 'unix:///nonexistent/docker.sock' }
      const env: Record<string, string | undefined> = {
        ...process.env,
        ...(runningEngine?.env ?? nowhere),
        ...hostEnv,
      }
      for (const [name, value] of Object.entries(env)) if (value === undefined) delete env[name]
      const vscode = await startVscode({
        env,
        trustAsked,
        extension: process.env['QUAYSIDE_EXTENSION'] ?? resolve('.'),
      })
      await use(vscode)
      await vscode.stop()
    },
    { scope: 'worker', timeout: 180_000 },
  ],

  engine: async ({ runningEngine }, use) => {
    if (runningEngine === undefined) throw new Error('this test has no engine (engineVersion: none)')
    const engine = Object.assign(Object.create(runningEngine) as PrivateEngine, {
      clear: async () => await clear(runningEngine),
    })
    await use(engine as TestEngine)
    await clear(runningEngine)
  },

  docker: async ({ engine }, use) => {
    await use(async (...args) => await engine.docker(...args))
  },

  folder: async ({ workspace, files }, use) => {
    const parent = mkdtempSync(join(tmpdir(), 'quayside-e2e-'))
    const folder = join(parent, workspace === 'samples' ? 'sample' : 'workspace')
    mkdirSync(folder)
    if (workspace !== 'empty') cpSync(resolve(workspace), folder, { recursive: true })
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), text)
    }
    await use(folder)
    rmSync(parent, { recursive: true, force: true, maxRetries: 5 })
  },

  workbench: async ({ page, vscode, folder, settings, opened }, use) => {
    vscode.configure(settings)
    const workbench = new Workbench(page, folder)
    await workbench.load(vscode.url(join(folder, opened)))
    await use(workbench)
  },
})

const ours = /^(quayside\/(busybox|distroless)|busybox)(:|$)/

async function clear(engine: PrivateEngine): Promise<void> {
  const list = async (...args: string[]) =>
    (await engine.docker(...args)).split('\n').filter((line) => line !== '')
  const containers = await list('ps', '--all', '--quiet')
  if (containers.length > 0) await engine.docker('rm', '--force', '--volumes', ...containers)
  const networks = await list('network', 'ls', '--quiet', '--filter', 'type=custom')
  if (networks.length > 0) await engine.docker('network', 'rm', ...networks)
  const volumes = await list('volume', 'ls', '--quiet')
  if (volumes.length > 0) await engine.docker('volume', 'rm', '--force', ...volumes)
  const images = await list('images', '--format', '{{.Repository}}:{{.Tag}} {{.ID}}')
  const foreign = images
    .filter((line) => !ours.test(line))
    .map((line) => {
      const [name = '', id = ''] = line.split(' ')
      return name.includes('<none>') ? id : name
    })
  if (foreign.length > 0) await engine.docker('rmi', '--force', ...foreign)
}
