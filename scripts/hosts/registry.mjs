// A registry on the loopback (which engines trust without TLS), with or without a password.
import { writeFileSync } from 'node:fs'
import { ensurePackages } from './debian.mjs'
import { freePort, output, ready, spawnTied } from './processes.mjs'
import { makeRun } from './runs.mjs'

export async function ensureRegistry() {
  await ensurePackages('a registry', { 'docker-registry': 'docker-registry', 'apache2-utils': 'htpasswd' })
}

/** Starts Debian's docker-registry; with `user` and `password` it asks for them (basic authentication). */
export async function startRegistry({ name = 'registry', user, password } = {}) {
  await ensureRegistry()
  const run = makeRun(name)
  try {
    const port = await freePort()
    const address = `127.0.0.1:${port}`
    const config = {
      version: 0.1,
      log: { level: 'warn' },
      storage: { filesystem: { rootdirectory: run.path('data') }, delete: { enabled: true } },
      http: { addr: address },
    }
    if (user !== undefined) {
      writeFileSync(run.path('htpasswd'), await output('htpasswd', ['-Bbn', user, password ?? '']))
      config.auth = { htpasswd: { realm: 'quayside tests', path: run.path('htpasswd') } }
    }
    // JSON is YAML.
    writeFileSync(run.path('config.yml'), JSON.stringify(config))
    const server = spawnTied('docker-registry', ['serve', run.path('config.yml')], { output: run.log() })
    await ready('the registry', async () => (await fetch(`http://${address}/v2/`)).status > 0 || undefined, {
      server,
      log: run.path('log'),
    })
    return {
      address,
      url: `http://${address}`,
      user,
      password,
      async stop() {
        await server.stop()
        run.remove()
      },
    }
  } catch (error) {
    run.remove()
    throw error
  }
}
