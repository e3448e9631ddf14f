// What needs no engine and no editor: types, lint, format, generated files, unit tests. Two lanes, for two cores.
import { existsSync } from 'node:fs'
import { failure, outcome, reason, step } from './steps.mjs'
import { unitSuite } from './vitest.mjs'

const node = process.execPath
const limit = 600

const tools = {
  types: ['types', [node, 'node_modules/typescript-native/bin/tsc', '-p', '.']],
  webviews: ['types of the webviews', [node, 'node_modules/typescript-native/bin/tsc', '-p', 'src/webviews']],
  lint: ['lint', [node, 'node_modules/oxlint/bin/oxlint']],
  format: ['format', [node, 'node_modules/oxfmt/bin/oxfmt', '--check']],
  generated: ['generated files', [node, 'scripts/run-ts.mjs', 'scripts/gen.ts', '--check']],
}

async function tool(key) {
  const [title, [command, ...args]] = tools[key]
  const done = await step(`check-${key}`, command, args, { limit })
  return {
    title,
    ...(done.code === 0 ? { state: 'passed' } : failure(title, reason(done, limit))),
    title,
    seconds: done.seconds,
  }
}

/** Answers two suites: the tools (each counts as one test) and the unit tests, which look at generated files too. */
export async function checkSuites({ units = true } = {}) {
  const started = performance.now()
  const checks = []
  const lane = async (...keys) => {
    for (const key of keys) checks.push(await tool(key))
  }
  const typed = existsSync('src/webviews/tsconfig.json') ? ['types', 'webviews', 'lint'] : ['types', 'lint']
  const [, unit] = await Promise.all([
    lane(...typed),
    lane('format', ...(units ? [] : ['generated'])).then(() => (units ? unitSuite() : undefined)),
  ])
  const suites = [outcome('check', (performance.now() - started) / 1000, checks)]
  if (unit !== undefined) suites.push(unit)
  return suites
}
