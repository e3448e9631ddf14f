import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { specOfContainer } from '../../src/commands/run/from-inspect.ts'
import { inspectBoth } from '../../src/commands/run/inspect-both.ts'
import type { Raw } from '../../src/engine/engine.ts'
import { composeOfSeveral } from '../../src/shared/docker-run/compose-of-several.ts'
import { bench, columns, fresh } from './under-test.ts'

interface Config {
  readonly services: Readonly<Record<string, Raw>>
  readonly networks: Readonly<Record<string, Raw>>
  readonly volumes: Readonly<Record<string, Raw>>
}

/** What `docker compose config` makes of a file, or its complaint. */
function config(dockerConfig: string, yaml: string): Promise<Config> {
  return new Promise((resolve, reject) => {
    const asked = execFile(
      join(dockerConfig, 'cli-plugins/docker-compose'),
      ['-p', 'copied', '-f', '-', 'config', '--format', 'json'],
      { env: { PATH: process.env['PATH'] ?? '', DOCKER_CONFIG: dockerConfig }, timeout: 30_000 },
      (fault, said, complaint) =>
        fault === null ? resolve(JSON.parse(said) as Config) : reject(new Error(complaint)),
    )
    asked.stdin?.end(yaml)
  })
}

describe.each(columns.filter(([, { version }]) => version === '28'))('containers of %s', (_, host) => {
  const open = bench(host)

  test('are one compose file that compose takes, with what they share and depend on', async () => {
    const it = await open()
    const { engine, image } = it
    const [network, volume] = [fresh('net'), fresh('vol')]
    const networkId = await engine.networks.create({ name: network, driver: 'bridge' })
    await engine.volumes.create({ name: volume })
    const project = (service: string, more = {}): Raw => ({
      Labels: {
        'com.docker.compose.project': 'shop',
        'com.docker.compose.service': service,
        ...more,
      },
    })
    const [db, web, side] = [fresh('db'), fresh('web'), fresh('side')]
    const [plain, both] = [fresh('plain'), fresh('both')]
    const made: string[] = []
    const create = async (name: string, body: Raw): Promise<string> => {
      const { id } = await engine.containers.create(name, { Image: image, Cmd: ['sleep', '600'], ...body })
      made.push(id)
      return id
    }
    try {
      await create(db, {
        ...project('db'),
        Healthcheck: { Test: ['CMD-SHELL', 'test -d /$HOME'] },
        HostConfig: { NetworkMode: network, Binds: [`${volume}:/data`] },
      })
      const webId = await create(web, {
        ...project('web', {
          'com.docker.compose.depends_on': 'db:service_healthy:true,gone:service_started:false',
        }),
        ExposedPorts: { '80/tcp': {} },
        HostConfig: {
          NetworkMode: network,
          Binds: [`${volume}:/data:ro`],
          PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '18431' }] },
        },
      })
      await create(side, { HostConfig: { NetworkMode: `container:${webId}`, VolumesFrom: [`${db}:ro`] } })
      await create(plain, { HostConfig: { Links: [`${web}:other`], PidMode: `container:${db}` } })
      const bothId = await create(both, {})
      await engine.networks.connect(networkId, bothId)
      const runs = await Promise.all(
        made.map(async (id) => {
          const { inspected, image: of } = await inspectBoth(engine, id)
          return { id, spec: specOfContainer(inspected, of) }
        }),
      )
      const { services, networks, volumes } = await config(
        host.env['DOCKER_CONFIG'] ?? '',
        composeOfSeveral(runs),
      )
      expect(Object.keys(services).sort()).toEqual([db, web, side, plain, both].sort())
      expect(networks).toMatchObject({ [network]: { name: network, external: true } })
      expect(Object.keys(volumes)).toEqual([volume])
      expect(volumes[volume]).toMatchObject({ name: volume })
      expect(services[web]).toMatchObject({
        container_name: web,
        depends_on: { [db]: { condition: 'service_healthy', restart: true } },
        networks: { [network]: {} },
        ports: [{ host_ip: '127.0.0.1', published: '18431', target: 80 }],
        volumes: [{ type: 'volume', source: volume, target: '/data', read_only: true }],
      })
      expect(services[web]).not.toHaveProperty('labels')
      expect(services[side]).toMatchObject({ network_mode: `service:${web}`, volumes_from: [`${db}:ro`] })
      expect(services[plain]).toMatchObject({ pid: `service:${db}`, links: [`${web}:other`] })
      expect(services[both]).toMatchObject({ networks: { [network]: {} } })
    } finally {
      for (const id of made.reverse()) await engine.containers.remove(id, { force: true })
      await engine.networks.remove(networkId)
      await engine.volumes.remove(volume)
    }
  })
})
