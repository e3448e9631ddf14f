// Processes that cannot outlive the one that started them, however that one ends.
import { execFile, spawn } from 'node:child_process'
import { accessSync, constants, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** `pid` and start time, so that a number that was given to another process since is told apart. */
export const processStamp = (pid) => `${pid} ${startTime(pid) ?? ''}`

export function aliveProcess(stamp) {
  const pid = Number.parseInt(stamp, 10)
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (error.code === 'ESRCH') return false
  }
  return process.platform !== 'linux' || processStamp(pid) === stamp
}

/** Undefined for a process that is gone, or dead and not yet taken note of by its parent. */
function startTime(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

/** Makes `file` ours, atomically; false while a living process has it. What a dead process had is taken over. */
export function claim(file) {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, processStamp(process.pid))
  try {
    if (linked(draft, file)) return true
    let owner
    try {
      owner = readFileSync(file, 'utf8')
    } catch {
      return false // Given back at this moment: the caller asks again.
    }
    if (aliveProcess(owner)) return false
    const grave = `${file}.${process.pid}.old`
    renameSync(file, grave)
    // Between the two another process may have taken it over already: then it is given back.
    const buried = readFileSync(grave, 'utf8')
    if (aliveProcess(buried)) linked(grave, file)
    rmSync(grave, { force: true })
    return linked(draft, file)
  } catch (error) {
    if (error.code === 'ENOENT') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function linked(from, to) {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** The path of a program on PATH, or undefined. */
export function findProgram(name, path = process.env.PATH ?? '') {
  for (const folder of [
    ...path.split(delimiter),
    '/usr/local/sbin',
    '/usr/sbin',
    '/sbin',
    '/usr/bin',
    '/bin',
  ]) {
    if (folder === '') continue
    const file = join(folder, name)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // The next folder may have it.
    }
  }
  return undefined
}

export const isRoot = () => process.platform === 'linux' && process.getuid?.() === 0

/**
 * Starts a program in a "cage": its own PID and mount namespace, so that the kernel ends all its descendants and
 * drops all its mounts when it is stopped or when this process dies, a SIGKILL included. Needs root on Linux.
 */
export function spawnCaged(
  command,
  args,
  { env = process.env, output = 'ignore', cwd, ownRun = false, ownNetwork = false } = {},
) {
  const inner = ownRun
    ? ['sh', '-c', 'mount -t tmpfs tmpfs /run && exec "$0" "$@"', command, ...args]
    : [command, ...args]
  const unshare = ['unshare', '--pid', '--fork', '--kill-child=KILL', '--mount', '--mount-proc']
  if (ownNetwork) unshare.push('--net')
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...unshare, '--', ...inner], {
    env,
    cwd,
    stdio: ['ignore', output, output],
  })
  return watched(child)
}

/** Starts a program that the kernel ends with this process (Linux); elsewhere it is ended on a normal exit. */
export function spawnTied(command, args, { env = process.env, output = 'ignore', cwd } = {}) {
  const tied = process.platform === 'linux' && findProgram('setpriv') !== undefined
  const child = tied
    ? spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args], {
        env,
        cwd,
        stdio: ['ignore', output, output],
      })
    : spawn(command, args, { env, cwd, stdio: ['ignore', output, output] })
  if (!tied) process.once('exit', () => child.kill('SIGKILL'))
  return watched(child)
}

function watched(child) {
  const ended = new Promise((settle) => {
    child.once('error', (error) => settle(`could not be started: ${error.message}`))
    child.once('exit', (code, signal) => settle(signal ? `ended by ${signal}` : `ended with code ${code}`))
  })
  // Only a number: an owner that awaits `stop()` must not be kept alive by the child itself.
  child.unref()
  let end
  void ended.then((how) => (end = how))
  return {
    child,
    pid: child.pid,
    ended,
    /** How it ended, or undefined while it runs. */
    get end() {
      return end
    },
    async stop() {
      if (end === undefined) child.kill('SIGKILL')
      child.ref()
      await ended
    },
  }
}

/** A TCP port of the loopback that nobody listens on at this moment. */
export async function freePort() {
  const server = createServer()
  await new Promise((ready, failed) => server.once('error', failed).listen(0, '127.0.0.1', ready))
  const { port } = server.address()
  await new Promise((closed) => server.close(closed))
  return port
}

/** Runs a program to its end; resolves to its standard output; the error has its last words. */
export async function output(command, args, options = {}) {
  try {
    const { stdout } = await run(command, args, { maxBuffer: 64 << 20, ...options })
    return stdout
  } catch (error) {
    const words = `${error.stderr ?? ''}${error.stdout ?? ''}`.trim().split('\n').slice(-12).join('\n')
    throw new Error(
      `${command} ${args.slice(0, 6).join(' ')} failed (${error.code ?? error.signal ?? error.message})${words && `:\n${words}`}`,
    )
  }
}

/** Calls `probe` until it answers something but undefined; fails at once when `process` has ended, or after `limit` ms. */
export async function ready(what, probe, { server, limit = 60_000, log } = {}) {
  const until = Date.now() + limit
  for (;;) {
    const answer = await probe().catch(() => undefined)
    if (answer !== undefined) return answer
    if (server?.end !== undefined) throw new Error(`${what} ${server.end}${tail(log)}`)
    if (Date.now() > until) throw new Error(`${what} was not ready within ${limit / 1000} s${tail(log)}`)
    await new Promise((next) => setTimeout(next, 40))
  }
}

export function tail(file, lines = 15) {
  if (file === undefined) return ''
  try {
    return `; the end of its log:\n${readFileSync(file, 'utf8').trim().split('\n').slice(-lines).join('\n')}`
  } catch {
    return ''
  }
}
