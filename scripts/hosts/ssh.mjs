// An ssh server on the loopback whose login reaches one private engine, for `ssh://` endpoints.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { HostMissing, ensurePackages } from './debian.mjs'
import { findProgram, freePort, isRoot, output, ready, spawnCaged } from './processes.mjs'
import { makeRun } from './runs.mjs'

export async function ensureSshd() {
  if (!isRoot()) throw new HostMissing('a private ssh server needs root on Linux')
  await ensurePackages('an engine behind ssh', { 'openssh-server': 'sshd', 'openssh-client': 'ssh-keygen' })
}

/**
 * Starts sshd with throw-away keys. Its login has `docker` first in PATH, talking to the engine given.
 * `sshConfig` is a file for `ssh -F` that knows the alias `quayside-test`; `env` has a `ssh` first in PATH that uses it.
 */
export async function startSshd({ engine, name = 'sshd' }) {
  await ensureSshd()
  const run = makeRun(name)
  try {
    const port = await freePort()
    const keygen = async (file) =>
      await output('ssh-keygen', [
        '-q',
        '-t',
        'ed25519',
        '-N',
        '',
        '-C',
        'quayside tests',
        '-f',
        run.path(file),
      ])
    await keygen('host')
    await keygen('client')
    const { username } = userInfo()
    writeFileSync(run.path('authorized'), readFileSync(run.path('client.pub')), { mode: 0o600 })
    writeFileSync(
      run.path('known_hosts'),
      `[127.0.0.1]:${port} ${readFileSync(run.path('host.pub'), 'utf8')}`,
    )
    writeFileSync(
      run.path('sshd_config'),
      [
        `Port ${port}`,
        'ListenAddress 127.0.0.1',
        `HostKey ${run.path('host')}`,
        `AuthorizedKeysFile ${run.path('authorized')}`,
        'PasswordAuthentication no',
        'KbdInteractiveAuthentication no',
        'PermitRootLogin prohibit-password',
        'StrictModes no',
        'UsePAM no',
        'PidFile none',
        'MaxStartups 100',
        'MaxSessions 100',
        `SetEnv ${['DOCKER_HOST', 'DOCKER_CONFIG', 'PATH'].map((key) => `"${key}=${engine.env[key]}"`).join(' ')}`,
        '',
      ].join('\n'),
    )
    writeFileSync(
      run.path('ssh_config'),
      [
        'Host quayside-test 127.0.0.1',
        '  HostName 127.0.0.1',
        `  Port ${port}`,
        `  User ${username}`,
        `  IdentityFile ${run.path('client')}`,
        '  IdentitiesOnly yes',
        `  UserKnownHostsFile ${run.path('known_hosts')}`,
        '  GlobalKnownHostsFile /dev/null',
        '  StrictHostKeyChecking yes',
        '',
      ].join('\n'),
    )
    mkdirSync(run.path('bin'))
    const ssh = findProgram('ssh')
    writeFileSync(run.path('bin', 'ssh'), `#!/bin/sh\nexec ${ssh} -F ${run.path('ssh_config')} "$@"\n`)
    chmodSync(run.path('bin', 'ssh'), 0o755)
    // sshd wants to be started by its full path, and its empty folder below /run.
    const start = 'mkdir -p -m 755 /run/sshd && exec "$0" "$@"'
    const server = spawnCaged(
      'sh',
      ['-c', start, findProgram('sshd'), '-D', '-e', '-f', run.path('sshd_config')],
      {
        output: run.log(),
        ownRun: true,
      },
    )
    const client = async () =>
      await output(ssh, ['-F', run.path('ssh_config'), 'quayside-test', 'true']).then(() => true)
    await ready('sshd', client, { server, log: run.path('log'), limit: 20_000 })
    return {
      host: '127.0.0.1',
      port,
      user: username,
      dockerHost: `ssh://${username}@127.0.0.1:${port}`,
      aliasHost: 'ssh://quayside-test',
      sshConfig: run.path('ssh_config'),
      knownHosts: run.path('known_hosts'),
      identity: run.path('client'),
      binDir: run.path('bin'),
      env: { ...process.env, PATH: `${run.path('bin')}:${process.env.PATH}` },
      logFile: run.path('log'),
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
