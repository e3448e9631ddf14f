import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { composeOfSeveral } from '../../../src/shared/docker-run/compose-of-several.ts'
import { parseRunLine } from '../../../src/shared/docker-run/run-line.ts'

/** The file of containers that were run with these lines; their ids are 64 times `a`, `b`, …. */
function fileOf(...lines: readonly string[]): unknown {
  const runs = lines.map((line, i) => {
    const result = parseRunLine(`docker run ${line}`)
    if ('problem' in result) throw new Error(result.problem.code)
    return { id: String.fromCharCode(97 + i).repeat(64), spec: result.spec }
  })
  return parse(composeOfSeveral(runs))
}

test('what several use is declared once, with the driver that any of them names', () => {
  expect(
    fileOf(
      '--name a -v data:/data --network back x',
      '--name b --mount type=volume,src=data,dst=/d,volume-driver=nfs --network back x',
    ),
  ).toMatchObject({
    services: { a: {}, b: {} },
    networks: { back: { external: true } },
    volumes: { data: { name: 'data', driver: 'nfs' } },
  })
})

test('services have names of their own, and a name of a container is given once', () => {
  expect(fileOf('--name Web nginx', '--name web nginx', '--name web nginx')).toEqual({
    services: {
      web: { image: 'nginx', container_name: 'Web' },
      'web-2': { image: 'nginx', container_name: 'web' },
      'web-3': { image: 'nginx' },
    },
  })
})

test('containers that use another of them refer to its service; others to the container', () => {
  const id = 'a'.repeat(64)
  expect(
    fileOf(
      '--name db x',
      `--name one --network container:${id} --volumes-from db:ro --link db:store x`,
      '--name two --ipc container:db --pid container:else --volumes-from else --link else x',
    ),
  ).toMatchObject({
    services: {
      one: { network_mode: 'service:db', volumes_from: ['db:ro'], links: ['db:store'] },
      two: {
        ipc: 'service:db',
        pid: 'container:else',
        volumes_from: ['container:else'],
        external_links: ['else'],
      },
    },
  })
})

test('what compose waited for is kept, of the same project alone and never a condition that is none', () => {
  const label = (name: string, value: string): string => `-l com.docker.compose.${name}=${value}`
  const of = (project: string, service: string): string =>
    `${label('project', project)} ${label('service', service)}`
  expect(
    fileOf(
      `--name shop-web-1 ${of('shop', 'web')} ${label('depends_on', 'db:service_healthy:true,web:x:false,cache:evil:false,gone::')} -l own=1 x`,
      `--name shop-db-1 ${of('shop', 'db')} x`,
      `--name shop-cache-1 ${of('shop', 'cache')} x`,
      `--name other-db-1 ${of('other', 'db')} x`,
    ),
  ).toEqual({
    services: {
      'shop-web-1': {
        image: 'x',
        container_name: 'shop-web-1',
        labels: ['own=1'],
        depends_on: {
          'shop-db-1': { condition: 'service_healthy', restart: true },
          'shop-cache-1': { condition: 'service_started' },
        },
      },
      'shop-db-1': { image: 'x', container_name: 'shop-db-1' },
      'shop-cache-1': { image: 'x', container_name: 'shop-cache-1' },
      'other-db-1': { image: 'x', container_name: 'other-db-1' },
    },
  })
})
