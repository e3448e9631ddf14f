// The folders of running hosts: each names its owner; those of dead owners are swept away by the next start.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { aliveProcess, claim, isRoot, processStamp } from './processes.mjs'

// Not the temporary folder of the user: sockets need short paths and an engine's layers a real disk.
export const runsDir = () => process.env.QUAYSIDE_RUNS || `/var/tmp/quayside-runs-${process.getuid?.() ?? 0}`

// One for the machine, whatever folder the runs are in: bridges and addresses are the machine's.
const slotsDir = '/var/tmp/quayside-slots'

const mine = new Set()

/** A new folder for something that runs as long as this process at most. */
export function makeRun(name) {
  mkdirSync(runsDir(), { recursive: true, mode: 0o755 })
  if (mine.size === 0) sweepRuns()
  const folder = mkdtempSync(join(runsDir(), `${name.replace(/[^a-z0-9.-]/gi, '')}-`))
  writeFileSync(join(folder, 'owner'), processStamp(process.pid))
  mine.add(folder)
  return {
    folder,
    path: (...parts) => join(folder, ...parts),
    log(file = 'log') {
      return openSync(join(folder, file), 'a')
    },
    remove() {
      mine.delete(folder)
      removeRun(folder)
    },
  }
}

/** Removes what earlier runs left behind whose owners are gone (killed, or the machine was switched off). */
export function sweepRuns() {
  for (const entry of safeList(runsDir())) {
    const folder = join(runsDir(), entry)
    if (mine.has(folder)) continue
    const owner = safeRead(join(folder, 'owner'))
    // A folder without an owner is being made at this moment, or was left by a start that died there.
    if (owner === undefined ? Date.now() - statSync(folder).mtimeMs > 600_000 : !aliveProcess(owner))
      removeRun(folder)
  }
}

function removeRun(folder) {
  const slot = safeRead(join(folder, 'slot'))
  if (slot !== undefined) freeSlot(Number(slot))
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  } catch {
    // The next start tries again.
  }
}

/**
 * A number of 0–63 that no other engine on this machine has: its bridge `qsN`, its addresses 10.(128+N).x.x and its
 * control groups `quayside-N` are named by it.
 */
export function takeSlot(folder) {
  mkdirSync(slotsDir, { recursive: true })
  for (let slot = 63; slot >= 0; slot--) {
    const file = join(slotsDir, String(slot))
    if (!claim(file)) continue
    clearSlot(slot)
    writeFileSync(join(folder, 'slot'), String(slot))
    return slot
  }
  throw new Error(`64 private engines run already; is one of ${slotsDir} stale?`)
}

/** Gives a number back, unless another process has taken it over since from its dead owner. */
function freeSlot(slot) {
  const file = join(slotsDir, String(slot))
  if (safeRead(file) !== processStamp(process.pid) && !claim(file)) return
  clearSlot(slot)
  rmSync(file, { force: true })
}

/** What an engine of this number leaves in the kernel when it is killed. */
function clearSlot(slot) {
  if (!isRoot()) return
  for (const bridge of new Set([`qs${slot}`, ...bridgesOf(slot)])) quietly('ip', ['link', 'delete', bridge])
  for (const controller of [...safeList('/sys/fs/cgroup'), '.'])
    removeGroups(join('/sys/fs/cgroup', controller, `quayside-${slot}`))
}

function bridgesOf(slot) {
  const text = quietly('ip', ['-o', '-4', 'addr', 'show'])
  return text
    .split('\n')
    .map((line) => /^\d+:\s+(\S+)\s+inet (\S+)/.exec(line))
    .filter((match) => match !== null && match[2].startsWith(`10.${128 + slot}.`))
    .map((match) => match[1])
}

function removeGroups(group) {
  if (!existsSync(group)) return
  for (const entry of readdirSync(group, { withFileTypes: true }))
    if (entry.isDirectory()) removeGroups(join(group, entry.name))
  try {
    rmdirSync(group)
  } catch {
    // Busy until its last process is reaped: an empty group costs nothing, and the next sweep takes it.
  }
}

function quietly(command, args) {
  try {
    return execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  } catch {
    return ''
  }
}

function safeList(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function safeRead(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
