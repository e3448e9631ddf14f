// Suites in a real VS Code: host (mocha in the extension host) and e2e (Playwright on the workbench).
import { build } from 'esbuild'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { ensureEngine } from '../hosts/hosts.mjs'
import { desktopVscode, ensureChromium, ensureVscode } from '../hosts/vscode.mjs'
import { unpackedExtension } from './packed.mjs'
import { failure, logFolder, outcome, readJson, reason, step } from './steps.mjs'

const seconds = (started) => (performance.now() - started) / 1000

/** Bundles the extension once for a run of tests; answers why that failed, or undefined. */
let built
export async function buildExtension() {
  built ??= step('build', process.execPath, ['scripts/build.mjs'], { limit: 300 })
  const done = await built
  return done.code === 0 ? undefined : `the extension was not built: it ${reason(done, 300)}`
}

export async function hostSuite({ grep, limit = 600 }) {
  const started = performance.now()
  const tests = []
  const broken = await buildExtension()
  if (broken !== undefined) return outcome('host', seconds(started), [failure('host: the build', broken)])
  try {
    await ensureEngine('28')
    await bundleHostTests()
  } catch (error) {
    return outcome('host', seconds(started), [failure('host: its hosts', error.message)])
  }
  for (const which of desktopVscode() === undefined ? ['oldest', 'newest'] : ['desktop'])
    tests.push(...(await hostRun(which, grep, limit)))
  return outcome('host', seconds(started), tests)
}

async function bundleHostTests() {
  rmSync('out/host', { recursive: true, force: true })
  const files = readdirSync('test/host').filter((name) => name.endsWith('.ts'))
  await build({
    entryPoints: files.map((name) => `test/host/${name}`),
    outdir: 'out/host',
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // What ssh2 has compiled for itself is not needed, and not asked for where it cannot be loaded.
    external: ['vscode', 'mocha', '*.node'],
    logLevel: 'silent',
  })
}

async function hostRun(which, grep, limit) {
  const title = `host (${which} VS Code)`
  if (which !== 'desktop') {
    try {
      await ensureVscode(which)
      await ensureChromium()
    } catch (error) {
      return [failure(`${title}: its hosts`, error.message)]
    }
  }
  mkdirSync(logFolder, { recursive: true })
  const result = `${process.cwd()}/${logFolder}/host-${which}.json`
  rmSync(result, { force: true })
  const env = { QUAYSIDE_HOST_RESULT: result, ...(grep === undefined ? {} : { QUAYSIDE_HOST_GREP: grep }) }
  const done = await step(`host-${which}`, process.execPath, ['scripts/suites/host-run.mjs', which], {
    limit,
    env,
  })
  const tests = (readJson(result) ?? []).map((test) => ({ ...test, title: `${title} › ${test.title}` }))
  if (done.code !== 0 && !tests.some(({ state }) => state === 'failed'))
    tests.push(failure(`${title}: the run`, reason(done, limit)))
  if (tests.length === 0 && grep === undefined)
    tests.push(failure(title, `no test was run; log: ${done.log}`))
  return tests
}

export async function e2eSuite({ grep, limit = 2400 }) {
  const started = performance.now()
  const broken = await buildExtension()
  if (broken !== undefined) return outcome('e2e', seconds(started), [failure('e2e: the build', broken)])
  let extension
  try {
    extension = await unpackedExtension()
    await ensureEngine('28')
    await ensureVscode('newest')
    await ensureChromium()
  } catch (error) {
    return outcome('e2e', seconds(started), [failure('e2e: its hosts', error.message)])
  }
  mkdirSync(logFolder, { recursive: true })
  const result = `${process.cwd()}/${logFolder}/e2e.json`
  rmSync(result, { force: true })
  const args = [
    'node_modules/@playwright/test/cli.js',
    'test',
    '--config',
    'test/e2e/playwright.config.ts',
    '--pass-with-no-tests',
    // Before the time of the whole step is over, so that there is a report.
    `--global-timeout=${(limit - 30) * 1000}`,
  ]
  if (grep !== undefined) args.push('--grep', grep)
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: result, QUAYSIDE_EXTENSION: extension }
  const done = await step('e2e', process.execPath, args, { limit, env })
  const report = readJson(result)
  const tests = [...e2eTests(report?.suites ?? [])]
  for (const error of report?.errors ?? []) tests.push(failure('e2e: the run', error.stack ?? error.message))
  if (done.code !== 0 && !tests.some(({ state }) => state === 'failed'))
    tests.push(failure('e2e: the run', reason(done, limit)))
  return outcome('e2e', seconds(started), tests)
}

function* e2eTests(suites, above = []) {
  for (const suite of suites) {
    const path = suite.title === '' ? above : [...above, suite.title]
    for (const spec of suite.specs ?? [])
      for (const test of spec.tests) yield e2eTest([...path, spec.title].join(' › '), test)
    yield* e2eTests(suite.suites ?? [], path)
  }
}

function e2eTest(title, { status, results }) {
  const errors = (from) =>
    (from?.errors ?? []).map(({ message, stack }) => plain(stack ?? message ?? '')).join('\n')
  if (status === 'expected') return { title, state: 'passed' }
  if (status === 'skipped') return { title, state: 'skipped' }
  if (status === 'flaky')
    return { title, state: 'flaky', error: errors(results.find((result) => result.status !== 'passed')) }
  return failure(title, errors(results.at(-1)))
}

const plain = (text) => text.replace(/\u001b\[[0-9;]*m/g, '')
