// `npm test`: every suite, from a fresh clone. `npm test -- check|unit|contract|host|e2e …` runs a part of them,
// `--grep PATTERN` those tests in whose title the regular expression is found. Logs are kept in .cache/test-logs.
import { bootstrap } from './bootstrap.mjs'

const names = ['check', 'unit', 'contract', 'host', 'e2e']
const wanted = []
let grep
for (const [index, argument] of process.argv.slice(2).entries()) {
  const before = process.argv[index + 1]
  if (argument === '--grep') continue
  if (before === '--grep') grep = argument
  else if (argument.startsWith('--grep=')) grep = argument.slice('--grep='.length)
  else if (names.includes(argument)) wanted.push(argument)
  else {
    console.error(`npm test -- [${names.join('] [')}] [--grep PATTERN]`)
    process.exit(2)
  }
}

bootstrap()
const { rmSync } = await import('node:fs')
const { ensureEngine, ensurePodman, ensureRegistry, ensureSshd, engineVersions } =
  await import('./hosts/hosts.mjs')
const { makeRun } = await import('./hosts/runs.mjs')
const { checkSuites } = await import('./suites/check.mjs')
const { e2eSuite, hostSuite } = await import('./suites/editor.mjs')
const { endAll, logFolder } = await import('./suites/steps.mjs')
const { summarize } = await import('./suites/summary.mjs')
const { contractSuite, unitSuite } = await import('./suites/vitest.mjs')

// Temporary files of all suites in one place that goes away, even after a crash with the next start.
const run = makeRun('tests')
process.env.TMPDIR = run.folder
process.env.QUAYSIDE_THOROUGH = 'yes'
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => {
    endAll()
    run.remove()
    process.exit(130)
  })

const contractHosts = async () => {
  if (process.env.QUAYSIDE_TEST_DOCKER_HOST) return
  for (const version of engineVersions) await ensureEngine(version)
  await ensurePodman()
  await ensureRegistry()
  await ensureSshd()
}

// The whole run is done in 80 minutes, however much hangs.
const began = Date.now()
const within = (seconds) => Math.max(60, Math.min(seconds, 4800 - (Date.now() - began) / 1000))

// `check` brings the unit tests along, unless they are asked for by name or by pattern.
const part = wanted.length > 0 || grep !== undefined
const runs = {
  check: async () => await checkSuites({ units: !part }),
  unit: async () => (part ? [await unitSuite({ grep })] : []),
  contract: async () => [await contractSuite({ grep, prepare: contractHosts, limit: within(1500) })],
  host: async () => [await hostSuite({ grep, limit: within(600) })],
  e2e: async () => [await e2eSuite({ grep, limit: within(2400) })],
}

rmSync(logFolder, { recursive: true, force: true })
const suites = []
// A pattern is about titles of tests; the tools of `check` have none.
const chosen = wanted.length > 0 ? wanted : names.filter((name) => grep === undefined || name !== 'check')
for (const name of names) {
  if (!chosen.includes(name)) continue
  if (name !== 'unit' || part) console.log(`${name} …`)
  suites.push(...(await runs[name]()))
}
if (grep !== undefined) {
  // What the pattern left out is not of this run.
  for (const suite of suites) suite.tests = suite.tests.filter(({ state }) => state !== 'skipped')
  if (suites.some(({ tests }) => tests.length > 0))
    suites.splice(0, suites.length, ...suites.filter(({ tests }) => tests.length > 0))
}
run.remove()
process.exitCode = summarize(suites)
