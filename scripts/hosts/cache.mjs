// Where the hosts of the tests are kept between runs and shared by all clones, and how something is put there
// so that a run that is killed half-way, or two runs at once, never leave a half-made entry behind.
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { claim } from './processes.mjs'

export const cacheDir = () =>
  process.env.QUAYSIDE_HOSTS ||
  join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'quayside-hosts')

export const say = (text) => process.stderr.write(`[hosts] ${text}\n`)

/** The folder `name` of the cache; made by `build(folder)` in a temporary place when it is not there yet. */
export async function cached(name, what, build) {
  const target = join(cacheDir(), name)
  if (existsSync(target)) return target
  return await locked(name, async () => {
    if (existsSync(target)) return target
    const started = Date.now()
    say(`${what} …`)
    const draft = join(cacheDir(), `.draft-${name}-${process.pid}`)
    rmSync(draft, { recursive: true, force: true })
    mkdirSync(draft, { recursive: true })
    try {
      await build(draft)
      renameSync(draft, target)
    } finally {
      rmSync(draft, { recursive: true, force: true })
    }
    say(`${what}: done in ${Math.round((Date.now() - started) / 1000)} s, kept in ${target}`)
    return target
  })
}

/** Runs `work` while no other process runs work under the same name; a lock of a dead process is taken over. */
export async function locked(name, work) {
  mkdirSync(cacheDir(), { recursive: true })
  const file = join(cacheDir(), `.lock-${name}`)
  for (let told = false; !claim(file);) {
    if (!told) say(`waiting for another run that prepares ${name} …`)
    told = true
    await delay(500)
  }
  try {
    return await work()
  } finally {
    rmSync(file, { force: true })
  }
}
