// Programs run as steps of a suite: their output goes to a log, and none outlives its time or its starter.
import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '../hosts/processes.mjs'

export const logFolder = '.cache/test-logs'

const running = new Set()

/**
 * Runs a program to its end. Answers `{ code, seconds, log, late }`; `code` is undefined when it was ended because
 * its time (`limit`, seconds) was over.
 */
export async function step(name, command, args, { limit, env = {} }) {
  mkdirSync(logFolder, { recursive: true })
  const log = join(logFolder, `${name}.log`)
  const handle = openSync(log, 'w')
  const started = performance.now()
  // The kernel ends the step with this process, and the whole group is ended below.
  const tied = process.platform === 'linux' && findProgram('setpriv') !== undefined
  const line = tied ? ['setpriv', '--pdeathsig', 'KILL', '--', command, ...args] : [command, ...args]
  const child = spawn(line[0], line.slice(1), {
    stdio: ['ignore', handle, handle],
    env: { ...cleanEnvironment(), ...env },
    detached: process.platform !== 'win32',
  })
  running.add(child)
  let late = false
  const timer = setTimeout(() => {
    late = true
    end(child)
  }, limit * 1000)
  const code = await new Promise((done) => {
    child.once('error', () => done(127))
    child.once('exit', (status) => done(status ?? 1))
  })
  clearTimeout(timer)
  end(child)
  running.delete(child)
  closeSync(handle)
  return { code: late ? undefined : code, late, log, seconds: (performance.now() - started) / 1000 }
}

/** Ends all steps that run, when the run is broken off. */
export function endAll() {
  for (const child of running) end(child)
}

function end(child) {
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Gone already.
  }
}

/** This process's environment without what would send a test to an engine of the user. */
export function cleanEnvironment() {
  const env = { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1' }
  delete env.FORCE_COLOR
  for (const name of Object.keys(env))
    if (/^(DOCKER|COMPOSE|BUILDX|BUILDKIT|VSCODE|ELECTRON)_/.test(name)) delete env[name]
  return env
}

/** Why a step failed: that its time was over, or its last words. */
export const reason = ({ late, code, log }, limit) =>
  late ? `was not done within ${limit} s; log: ${log}` : `ended with code ${code}:\n${lastLines(log)}`

export function lastLines(log, count = 40) {
  try {
    return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-count).join('\n')
  } catch {
    return ''
  }
}

export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** A suite's outcome from its tests: `{ title, state: 'passed' | 'failed' | 'flaky' | 'skipped', error? }`. */
export const outcome = (name, seconds, tests) => ({ name, seconds, tests })

export const failure = (title, error) => ({ title, state: 'failed', error })
