// Debian's packages: installed where nothing else will do, else only unpacked into the cache.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cached, locked, say } from './cache.mjs'
import { findProgram, isRoot, output } from './processes.mjs'

export const isDebian = () => existsSync('/etc/debian_version') && findProgram('apt-get') !== undefined

/** A host that cannot be had on this machine; the message says exactly what to do about it. */
export class HostMissing extends Error {}

/**
 * Installs the packages that are missing; needs root on Debian, else throws with the list.
 * `needs` maps a package to a file or a program on PATH by which its presence is known.
 */
export async function ensurePackages(purpose, needs) {
  const missing = () => Object.keys(needs).filter((name) => !present(needs[name]))
  if (missing().length === 0) return
  const list = missing().join(' ')
  if (!isDebian() || !isRoot()) {
    throw new HostMissing(
      isDebian()
        ? `${purpose} needs Debian's packages that are not installed. As root: apt-get install ${list}`
        : `${purpose} needs these programs, which are not installed (names of Debian's packages): ${list}`,
    )
  }
  await locked('apt', async () => {
    const names = missing()
    if (names.length === 0) return
    say(`installing Debian's packages for ${purpose}: ${names.join(' ')} …`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    await withoutServices(async () => {
      const install = [
        '-o',
        'DPkg::Lock::Timeout=600',
        'install',
        '-y',
        '-qq',
        '--no-install-recommends',
        ...names,
      ]
      await output('apt-get', ['-o', 'DPkg::Lock::Timeout=600', 'update', '-qq'], { env })
      await output('apt-get', install, { env })
    })
    const still = missing()
    if (still.length > 0) throw new HostMissing(`${purpose}: ${still.join(' ')} could not be installed`)
  })
}

const present = (sign) => (sign.startsWith('/') ? existsSync(sign) : findProgram(sign) !== undefined)

/** Runs `work` while no package may start a service (sshd, a registry) of its own. */
async function withoutServices(work) {
  const policy = '/usr/sbin/policy-rc.d'
  if (existsSync(policy)) return await work()
  writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    await work()
  } finally {
    rmSync(policy, { force: true })
  }
}

/** Docker of one Debian suite, unpacked (not installed) into the cache; answers the root folder. */
export const unpackedSuite = (suite, names) => unpacked(`debian-${suite}`, 'Docker', suite, names)

/** The named packages of one Debian suite, unpacked (not installed) into the cache as `entry`; answers the root folder. */
export async function unpacked(entry, what, suite, names) {
  return await cached(entry, `fetching ${what} from Debian ${suite}`, async (draft) => {
    if (!isDebian())
      throw new HostMissing(
        `${what} comes from Debian here (its packages are unpacked); this is another system`,
      )
    const state = join(draft, '.apt')
    const file = (...parts) => join(state, ...parts)
    for (const folder of ['lists/partial', 'cache/archives/partial', 'deb'])
      mkdirSync(file(folder), { recursive: true })
    writeFileSync(file('sources.list'), `${await archiveLine(suite)}\n`)
    const apt = [
      ...['-o', `Dir::Etc::sourcelist=${file('sources.list')}`, '-o', 'Dir::Etc::sourceparts=-'],
      ...['-o', `Dir::State::Lists=${file('lists')}`, '-o', `Dir::Cache=${file('cache')}`],
      ...['-o', 'APT::Sandbox::User=', '-o', 'Acquire::Retries=3'],
    ]
    await output('apt-get', [...apt, 'update', '-qq'])
    await output('apt-get', [...apt, 'download', ...names], { cwd: file('deb') })
    for (const name of readdirSync(file('deb'))) await output('dpkg', ['-x', file('deb', name), draft])
    rmSync(state, { recursive: true })
  })
}

/** A `deb` line for the suite, at the archive that this machine is set up for. */
async function archiveLine(suite) {
  const targets = await aptTargets()
  const known = targets.find((target) => target.origin === 'Debian' && !target.uri.includes('security'))
  if (known === undefined) throw new HostMissing('the apt set-up of this machine names no Debian archive')
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg'
  return `deb ${existsSync(keyring) ? `[signed-by=${keyring}] ` : ''}${known.uri} ${suite} main`
}

async function aptTargets() {
  const format = '$(ORIGIN)\t$(REPO_URI)'
  const list = async () =>
    await output('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'])
  let text = await list()
  if (text.trim() === '' && isRoot()) {
    // Lists were never fetched on this machine.
    await output('apt-get', ['-o', 'DPkg::Lock::Timeout=600', 'update', '-qq'])
    text = await list()
  }
  return text
    .trim()
    .split('\n')
    .map((line) => line.split('\t'))
    .map(([origin, uri]) => ({ origin, uri }))
}
