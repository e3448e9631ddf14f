import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { TerminalSession } from '../../src/commands/ui.ts'
import type { StackNode, TreeNode } from '../../src/tree/node.ts'
import { stackRoots, type WorkspaceProject } from '../../src/tree/stacks.ts'
import { sceneOn } from '../support/command-deps.ts'
import { chooses, type Answer } from '../support/scripted-ui.ts'
import { engineState, snapshotOf } from '../support/snapshots.ts'
import { bench, columns, fresh } from './under-test.ts'

const root = mkdtempSync(join(tmpdir(), 'quayside-labels-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A folder with a compose file of one service without an image that could be pulled, and a volume. */
function project(name: string, service: string): WorkspaceProject {
  const folder = join(root, name)
  mkdirSync(folder)
  const file = join(folder, 'compose.yaml')
  writeFileSync(
    file,
    `name: ${name}\nservices:\n  ${service}:\n    image: busybox:1.36\n    command: sleep 600\n    init: true\n    volumes: [data:/data]\nvolumes: {data: {}}\n`,
  )
  return { name, files: [file], services: [{ name: service, file, line: 3 }] }
}

describe.each(columns.filter(([, { version }]) => version === '26' || version === '28'))(
  'labels that claim a compose project, on %s',
  (_, host) => {
    const open = bench(host)

    /** A container that claims to be of a project; made by nobody's compose. */
    async function claim(labels: Readonly<Record<string, string>>): Promise<string> {
      const named = Object.entries(labels).map(([key, value]) => [`com.docker.compose.${key}`, value])
      return await (await open()).idle({ Labels: Object.fromEntries(named) as Record<string, string> })
    }

    async function rows(...projects: readonly WorkspaceProject[]): Promise<readonly StackNode[]> {
      const { engine } = await open()
      const containers = await engine.containers.list()
      return stackRoots(snapshotOf(engineState({ endpoint: engine.endpoint, containers })), projects)
    }

    /** Runs a command on a row with the real program; what its terminals said. */
    async function run(id: string, node: TreeNode, answers: readonly Answer[] = []): Promise<string> {
      const { engine } = await open()
      const s = sceneOn(engine, answers)
      const containers = await engine.containers.list()
      let said = ''
      Object.assign(s.deps, { docker: { path: host.dockerBin, env: host.env } })
      Object.assign(s.deps.engines, {
        nodes: () => Promise.resolve(containers.map((container) => ({ kind: 'container', container }))),
      })
      Object.assign(s.ui, {
        terminal(session: TerminalSession) {
          const io = { rename: () => undefined, show: () => undefined, remember: () => undefined }
          session.open(
            { ...io, write: (text) => (said += text), end: ({ message = '' }) => (said += message) },
            undefined,
          )
        },
      })
      await s.run(id, node)
      return said
    }

    const names = async (project: string): Promise<string[]> =>
      (await (await open()).engine.containers.list())
        .filter(({ compose }) => compose?.project === project)
        .map(({ compose }) => compose!.service)
        .sort()
    const volumes = async (): Promise<string[]> =>
      (await (await open()).engine.volumes.list()).map(({ name }) => name)

    test('a service that is called like an option is no option: its volumes stay', async () => {
      const shop = project(fresh('shop'), 'web')
      const [file] = shop.files
      expect(
        await run(
          'stacks.up',
          (await rows(shop)).find(({ name }) => name === shop.name)!,
        ),
      ).toContain('$ docker')
      expect(await names(shop.name)).toEqual(['web'])
      await claim({ project: shop.name, service: '--volumes', 'project.config_files': file! })
      const row = (await rows(shop)).find(({ name }) => name === shop.name)!
      const hostile = row.services.find(({ name }) => name === '--volumes')!
      expect(await run('stacks.down', hostile, [chooses('Down')])).toMatch(/no such service: --volumes/)
      expect(await names(shop.name)).toEqual(['--volumes', 'web'])
      expect(await volumes()).toContain(`${shop.name}_data`)
      expect(await run('stacks.build', { ...hostile, name: '--help' })).toMatch(/no such service: --help/)
      await run('stacks.down', row, [chooses('Down with Volumes')])
      expect(await volumes()).not.toContain(`${shop.name}_data`)
    })

    test('a container that claims files of the folder gives nobody the project of another', async () => {
      const shop = project(fresh('shop'), 'web')
      const other = project(fresh('other'), 'web')
      await run(
        'stacks.up',
        (await rows(other)).find(({ name }) => name === other.name)!,
      )
      await claim({ project: other.name, service: 'guest', 'project.config_files': shop.files[0]! })
      const shown = await rows(shop)
      expect(shown.find(({ inWorkspace }) => inWorkspace)).toMatchObject({ name: shop.name })
      expect(shown.find(({ name }) => name === other.name)).toMatchObject({ inWorkspace: false })
      await run(
        'stacks.down',
        shown.find(({ inWorkspace }) => inWorkspace)!,
        [chooses('Down with Volumes')],
      )
      expect(await names(other.name)).toEqual(['guest', 'web'])
      await run(
        'stacks.down',
        (await rows(other)).find(({ name }) => name === other.name)!,
        [chooses('Down with Volumes')],
      )
    })

    test.each([
      ['a path with a line end', (file: string) => `${file}\n/etc/passwd`],
      ['an option', () => '--env-file=/etc/passwd'],
      ['a relative path', () => 'compose.yaml'],
      [
        'a path that leads out of the folder',
        (file: string) => file.replace('compose.yaml', '../x/compose.yaml'),
      ],
    ])('%s is no file of the folder, and runs nothing', async (_name, claimed) => {
      const shop = project(fresh('shop'), 'web')
      const named = fresh('claimed')
      await claim({
        project: named,
        service: 'web',
        'project.working_dir': root,
        'project.config_files': claimed(shop.files[0]!),
      })
      const row = (await rows(shop)).find(({ name }) => name === named)!
      expect(row.inWorkspace).toBe(false)
      const said = await run('stacks.useFiles', row, [
        chooses('Choose What to Run'),
        chooses('Compose Up'),
      ]).catch((fault: unknown) => String(fault))
      expect(said).toMatch(/do not tell its files|no such file or directory|the folder .* is not there/)
      expect(await names(shop.name)).toEqual([])
      expect(readdirSync(join(root, shop.name))).toEqual(['compose.yaml'])
    })
  },
)
