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
  // What nobody caught is nobody's failure, and so everybody's: of our own code it fails the run.
  const uncaught: string[] = []
  const note = (fault: unknown): void => {
    const text = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)
    if (text.includes('/dist/')) uncaught.push(text)
  }
  process.on('unhandledRejection', note)
  process.on('uncaughtExceptionMonitor', note)
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
  results.push({
    title: 'every fault is caught by somebody',
    state: uncaught.length === 0 ? 'passed' : 'failed',
    milliseconds: 0,
    ...(uncaught.length === 0 ? {} : { error: uncaught.join('\n\n') }),
  })
  const file = process.env['QUAYSIDE_HOST_RESULT']
  if (file !== undefined) writeFileSync(file, JSON.stringify(results))
  if (failures + uncaught.length > 0)
    throw new Error(`${failures + uncaught.length} of ${results.length} tests failed\n${uncaught.join('\n')}`)
}
