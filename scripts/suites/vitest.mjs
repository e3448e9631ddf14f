// Suites that vitest runs: unit and contract.
import { mkdirSync, rmSync } from 'node:fs'
import { failure, logFolder, outcome, readJson, reason, step } from './steps.mjs'

export const unitSuite = async ({ grep } = {}) =>
  await vitestSuite('unit', { config: 'vitest.config.ts', grep, limit: 600 })

export const contractSuite = async ({ grep, prepare, limit }) =>
  await vitestSuite('contract', { config: 'test/contract/vitest.config.ts', grep, limit, prepare })

async function vitestSuite(name, { config, grep, limit, prepare }) {
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  try {
    await prepare?.()
  } catch (error) {
    return outcome(name, seconds(), [failure(`${name}: its hosts`, error.message)])
  }
  mkdirSync(logFolder, { recursive: true })
  const result = `${process.cwd()}/${logFolder}/${name}.json`
  rmSync(result, { force: true })
  // A test that passes when tried again counts, and is listed as flaky.
  const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', config, '--retry=1']
  args.push('--reporter=default', '--reporter=./scripts/suites/vitest-reporter.mjs')
  if (grep !== undefined) args.push('--testNamePattern', grep)
  const done = await step(name, process.execPath, args, { limit, env: { QUAYSIDE_VITEST_RESULT: result } })
  const tests = readJson(result) ?? []
  if (done.code !== 0 && !tests.some(({ state }) => state === 'failed'))
    tests.push(failure(`${name}: the run`, reason(done, limit)))
  return outcome(name, seconds(), tests)
}
