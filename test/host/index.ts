import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Mocha from 'mocha'

interface TestResult {
  title: string
  state: 'passed' | 'failed'
  milliseconds: number
  error?: string
}

/** Called by VS Code in its extension host; the outcome goes to the file that QUAYSIDE_HOST_RESULT names. */
export async function run(): Promise<void> {
  const grep = process.env['QUAYSIDE_HOST_GREP']
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 60_000,
    color: false,
    reporter: 'spec',
    ...(grep ? { grep } : {}),
  })
  for (const name of readdirSync(__dirname).sort())
    if (name.endsWith('.test.cjs')) mocha.addFile(join(__dirname, name))
  const results: TestResult[] = []
  const failures = await new Promise<number>((done) => {
    const runner = mocha.run(done)
    runner.on('pass', (test) => {
      results.push({ title: test.fullTitle(), state: 'passed', milliseconds: test.duration ?? 0 })
    })
    runner.on('fail', (test, error: Error) => {
      const text = error.stack ?? error.message
      results.push({
        title: test.fullTitle(),
        state: 'failed',
        milliseconds: test.duration ?? 0,
        error: text,
      })
    })
  })
  const file = process.env['QUAYSIDE_HOST_RESULT']
  if (file !== undefined) writeFileSync(file, JSON.stringify(results))
  if (failures > 0) throw new Error(`${failures} of ${results.length} tests failed`)
}
