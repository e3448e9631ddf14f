import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { composeService } from '../../../src/shared/docker-run/compose-service.ts'
import { parseRunLine } from '../../../src/shared/docker-run/run-line.ts'

function serviceOf(line: string) {
  const result = parseRunLine(`docker run ${line}`)
  if ('problem' in result) throw new Error(result.problem.code)
  return composeService(result.spec)
}

test('a whole service', () => {
  const { yaml, left } = serviceOf(
    `-d --name web --restart unless-stopped -p 8080:80 -p 22:22 -v data:/data -v ./html:/usr/share/nginx/html:ro --mount type=bind,src=/etc/a,dst=/a,ro -e A=yes -e 'B=cost $5' --network back --network-alias www --health-cmd 'curl -f http://localhost' --health-interval 30s --ulimit nofile=1024:2048 -m 512m --log-opt max-size=10m --cidfile id nginx:1.27 nginx -g 'daemon off;'`,
  )
  expect(left).toEqual(['cidfile'])
  expect(yaml).toBe(`services:
  web:
    image: "nginx:1.27"
    command:
      - nginx
      - "-g"
      - "daemon off;"
    container_name: web
    restart: unless-stopped
    ports:
      - "8080:80"
      - "22:22"
    environment:
      - "A=yes"
      - "B=cost $$5"
    mem_limit: "512m"
    ulimits:
      nofile:
        soft: 1024
        hard: 2048
    networks:
      back:
        aliases:
          - www
    logging:
      options:
        max-size: "10m"
    healthcheck:
      test:
        - CMD-SHELL
        - "curl -f http://localhost"
      interval: "30s"
    volumes:
      - "data:/data"
      - "./html:/usr/share/nginx/html:ro"
      - type: bind
        source: /etc/a
        target: /a
        read_only: true
networks:
  back:
    external: true
volumes:
  data:
    name: data
`)
})

describe('modes of the network', () => {
  test.each(['host', 'none', 'container:db'])('%s', (mode) =>
    expect(parse(serviceOf(`--network ${mode} x`).yaml)).toEqual({
      services: { x: { image: 'x', network_mode: mode } },
    }),
  )
})

test('the engine’s own bridge beside another network is said to have no place in compose', () => {
  const { yaml, left } = serviceOf('--network bridge --network back x')
  expect(parse(yaml)).toEqual({
    services: { x: { image: 'x', networks: { back: {} } } },
    networks: { back: { external: true } },
  })
  expect(left).toEqual(['network'])
})

test('whatever a value holds, YAML reads it back as the same string', () => {
  const value = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'))
  const property = fc.property(value, (text) => {
    const { yaml, service } = composeService({
      flags: new Map([['env', [`A=${text}`]]]),
      image: 'x',
      command: [text],
    })
    const read = (parse(yaml) as { services: Record<string, { environment: string[]; command: string[] }> })
      .services[service]!
    const plain = (written: string): string => written.replaceAll('$$', '$')
    expect([plain(read.environment[0]!), plain(read.command[0]!)]).toEqual([`A=${text}`, text])
  })
  fc.assert(property, { seed: 5, numRuns: 400 })
})
