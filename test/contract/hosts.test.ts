import { execFileSync } from 'node:child_process'
import { expect, inject, test } from 'vitest'

const hosts = inject('hosts')

test.each(hosts.engines.map((engine) => [engine.name, engine] as const))(
  '%s is of the version it says and has the images of the tests',
  (_name, engine) => {
    const docker = (...args: string[]) =>
      execFileSync(engine.dockerBin, args, { env: engine.env, encoding: 'utf8' })
    expect(docker('images', '--format', '{{.Repository}}')).toContain('quayside/busybox')
    const seen = docker('version', '--format', '{{.Server.Version}}')
    if (engine.version !== 'given')
      expect(seen).toMatch(engine.version === 'podman' ? /^4\./ : new RegExp(`^${engine.version}\\.`))
  },
)
