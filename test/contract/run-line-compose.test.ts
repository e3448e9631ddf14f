import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { parse } from 'yaml'
import { composeService } from '../../src/shared/docker-run/compose-service.ts'
import { parseRunLine } from '../../src/shared/docker-run/run-line.ts'
import { runLines, shellValues } from '../support/run-lines.ts'

const plugins = inject('hosts')
  .engines.filter(({ version }) => version === '28')
  .map(({ env }) => join(env['DOCKER_CONFIG'] ?? '', 'cli-plugins/docker-compose'))

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-run-line-'))
  mkdirSync(join(folder, 'app'))
  for (const name of ['.env', 'prod.env', 'labels.txt']) writeFileSync(join(folder, 'app', name), '')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What `docker compose config` makes of the service that a line is shown as. */
function config(plugin: string, yaml: string): Promise<string> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: folder, COMPOSE_PROJECT_NAME: 'app' }
    const asked = execFile(
      plugin,
      ['-f', '-', 'config', '-q'],
      { cwd: join(folder, 'app'), env, timeout: 30_000 },
      (fault, _, said) => resolve(fault === null ? '' : said.trim()),
    )
    asked.stdin?.end(yaml)
  })
}

interface File {
  readonly services: Readonly<Record<string, object>>
  readonly networks?: Readonly<Record<string, unknown>>
  readonly volumes?: Readonly<Record<string, unknown>>
}

/** All services in one file, each under a name of its own (a container's name may be given once): one program reads them all. */
function together(files: readonly File[]): string {
  const services = files.flatMap((file, i) =>
    Object.values(file.services).map(
      (service) => [`s${i}`, { ...service, container_name: `s${i}` }] as const,
    ),
  )
  return JSON.stringify({
    services: Object.fromEntries(services),
    networks: Object.assign({}, ...files.map(({ networks }) => networks)) as unknown,
    volumes: Object.assign({}, ...files.map(({ volumes }) => volumes)) as unknown,
  })
}

test.skipIf(plugins.length === 0)(
  'docker compose takes the service of every line that can be pasted',
  { timeout: 120_000 },
  async () => {
    const services = runLines.flatMap(({ line }) => {
      const result = parseRunLine(line, shellValues)
      return 'spec' in result ? [{ line, file: parse(composeService(result.spec).yaml) as File }] : []
    })
    expect(services.length).toBeGreaterThan(200)
    const said = await config(plugins[0]!, together(services.map(({ file }) => file)))
    if (said === '') return
    const refused: string[] = []
    for (const { line, file } of services) {
      const why = await config(plugins[0]!, together([file]))
      if (why !== '') refused.push(`${line}\n${why}`)
    }
    expect(refused).toEqual([])
    expect(said).toBe('')
  },
)
