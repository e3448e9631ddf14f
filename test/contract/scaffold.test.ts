import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import { composeFile, dockerfile, dockerignore } from '../../src/commands/scaffold/files.ts'
import { safeName, type Project } from '../../src/commands/scaffold/project.ts'
import { readFolder } from '../../src/commands/scaffold/read-folder.ts'
import { detect } from '../../src/commands/scaffold/stacks.ts'
import { scaffoldFolders, type ScaffoldFolder } from '../support/scaffold-folders.ts'
import { imagesOf, makeStandIns } from '../support/stand-in-images.ts'

const engine = inject('hosts').engines.find(({ version }) => version === '28')

/** The folder on the disk, and what is found in it. */
async function found({
  files,
}: ScaffoldFolder): Promise<{ readonly folder: string; readonly projects: readonly Project[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-scaffold-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text, { mode: text.startsWith('#!') ? 0o755 : 0o644 })
  }
  return { folder, projects: detect(await readFolder(folder)) }
}

/** The first line names a frontend that would be fetched; the engine's own is of the same kind. */
const withoutSyntax = (text: string): string => text.replace(/^# syntax=.*\n/, '')

const docker = async (folder: string, ...args: readonly string[]): Promise<string> => {
  const options = { env: engine!.env, cwd: folder, maxBuffer: 16 * 1024 * 1024 }
  const { stdout } = await promisify(execFile)(engine!.dockerBin, [...args], options).catch(
    (fault: { stdout?: string; stderr?: string }) => {
      throw new Error(`docker ${args.join(' ')}\n${fault.stdout}\n${fault.stderr}`)
    },
  )
  return stdout.trim()
}

const answer = (port: string): Promise<string> =>
  new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/' }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('end', () => resolve(text.trim()))
    }).on('error', reject)
  })

/** What the service says on its port, once it is up; its logs when it ends instead. */
async function said(
  folder: string,
  compose: readonly string[],
  { name, port, innerPort }: Project,
): Promise<string> {
  // Nothing is published of what has ended.
  const published = await docker(folder, ...compose, 'port', name, String(innerPort ?? port)).catch(() => '')
  for (let attempt = 0; attempt < 100; attempt++) {
    const text = await answer(published.replace(/^.*:/, '')).catch(() => undefined)
    if (text !== undefined) return text
    const states = await docker(folder, ...compose, 'ps', '--all', '--format', '{{.State}}')
    if (states !== 'running') break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return docker(folder, ...compose, 'logs', '--no-log-prefix')
}

interface Config {
  readonly services: Readonly<Record<string, { readonly ports: readonly object[] }>>
}

/** Builds and starts a project with nothing but its own files, and takes it away again. */
async function start(folder: string, project: Project): Promise<string> {
  const text = withoutSyntax(dockerfile(project))
  writeFileSync(join(folder, 'Dockerfile'), text)
  writeFileSync(join(folder, '.dockerignore'), dockerignore(project))
  writeFileSync(join(folder, 'compose.yaml'), composeFile(project))
  expect(await docker(folder, 'build', '--check', '.')).toMatch(/no warnings found/)

  const config = JSON.parse(await docker(folder, 'compose', 'config', '--format', 'json')) as Config
  const { name, port, innerPort = port } = project
  expect(Object.keys(config.services)).toEqual([name])
  expect(config.services[name]?.ports).toMatchObject([
    { host_ip: '127.0.0.1', published: String(port), target: innerPort },
  ])

  // Any free port: that of the file may be in use on this machine. A name that no other folder's part has. And a program that
  // ends stays so.
  const image = `${safeName(basename(folder))}-${name}`
  const ours = { image, restart: 'no', ports: [`127.0.0.1::${innerPort}`] }
  const free = `services:\n  ${JSON.stringify(name)}: ${JSON.stringify(ours).replace('"ports":', '"ports": !override ')}\n`
  writeFileSync(join(folder, 'free.yaml'), free)
  const compose = ['compose', '-f', 'compose.yaml', '-f', 'free.yaml']
  await docker(folder, ...compose, 'build')
  try {
    await docker(folder, ...compose, 'up', '--detach')
    const config = await docker(folder, 'image', 'inspect', image, '--format', '{{json .Config}}')
    const { User, ExposedPorts } = JSON.parse(config) as { User: string; ExposedPorts: object }
    expect(User).toMatch(/^[1-9]\d*$/)
    expect(Object.keys(ExposedPorts)).toEqual([`${innerPort}/tcp`])
    return await said(folder, compose, project)
  } finally {
    await docker(folder, ...compose, 'down', '--rmi', 'all', '--timeout', '1')
  }
}

describe.runIf(engine !== undefined)('the Docker files of', () => {
  beforeAll(async () => {
    const images = new Set<string>()
    for (const each of scaffoldFolders) {
      const { folder, projects } = await found(each)
      rmSync(folder, { recursive: true, force: true })
      for (const project of projects) for (const image of imagesOf(dockerfile(project))) images.add(image)
    }
    await makeStandIns(engine!, [...images])
  }, 300_000)

  test.concurrent.each(scaffoldFolders)(
    '$title build, and start what they say',
    { timeout: 300_000 },
    async (each) => {
      const { folder, projects } = await found(each)
      try {
        const starts: string[] = []
        for (const project of projects) starts.push(await start(folder, project))
        expect(starts).toEqual(each.starts)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})
