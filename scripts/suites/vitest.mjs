// Suites that vitest runs: unit and contract.
import { mkdirSync, rmSync } from 'node:fs'
import { failure, logFolder, outcome, readJson, reason, step } from './steps.mjs'

export const unitSuite = async ({ grep } = {}) =>
  await vitestSuite('unit', { config: 'vitest.config.ts', grep, limit: 600 })

export const contractSuite = async ({ grep, prepare }) =>
  await vitestSuite('contract', { config: 'test/contract/vitest.config.ts', grep, limit: 900, prepare })

async function vitestSuite(name, { config, grep, limit, prepare }) {
  const started = performance.now()
  const seconds = () => (performance.now() - started) / 1000
  try {
    await prepare?.()
  } catch (error) {
    return outcome(name, seconds(), [failure(`${name}: its hosts`, error.message)])
  }
  mkdirSync(logFolder, { recursive: true })
  const result = `${logFolder}/${name}.json`
  rmSync(result, { force: true })
  const args = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${result}`,
  ]
  if (grep !== undefined) args.push('--testNamePattern', grep)
  const done = await step(name, process.execPath, args, { limit })
  const tests = read(readJson(result))
  if (done.code !== 0 && !tests.some(({ state }) => state === 'failed'))
    tests.push(failure(`${name}: the run`, reason(done, limit)))
  return outcome(name, seconds(), tests)
}

function read(result) {
  const tests = []
  for (const file of result?.testResults ?? []) {
    const name = file.name.slice(file.name.lastIndexOf('/test/') + 1)
    for (const test of file.assertionResults) {
      const title = `${name} › ${test.fullName}`
      if (test.status === 'passed') tests.push({ title, state: 'passed' })
      else if (test.status === 'failed') tests.push(failure(title, (test.failureMessages ?? []).join('\n')))
      else tests.push({ title, state: 'skipped' })
    }
    if (file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'))
      tests.push(failure(name, file.message))
  }
  return tests
}
