// Writes what a run of vitest came to, as the suites count it, to the file that QUAYSIDE_VITEST_RESULT names.
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

const words = (errors) =>
  (errors ?? []).map((error) => error.stack ?? error.message ?? String(error)).join('\n')

export default class {
  onTestRunEnd(modules, unhandled) {
    const tests = []
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId)
      for (const test of module.children.allTests()) tests.push(counted(`${file} › ${test.fullName}`, test))
      // A file that could not be loaded, a hook that failed.
      const suites = [module, ...module.children.allSuites()]
      for (const suite of suites)
        if (suite.errors().length > 0)
          tests.push({ title: file, state: 'failed', error: words(suite.errors()) })
    }
    for (const error of unhandled)
      tests.push({ title: 'an error that no test caught', state: 'failed', error: words([error]) })
    writeFileSync(process.env.QUAYSIDE_VITEST_RESULT, JSON.stringify(tests))
  }
}

function counted(title, test) {
  const { state, errors } = test.result()
  if (state === 'failed') return { title, state, error: words(errors) }
  if (state === 'passed')
    return test.diagnostic()?.flaky ? { title, state: 'flaky', error: words(errors) } : { title, state }
  return { title, state: 'skipped' }
}
