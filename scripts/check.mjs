// `npm run check`: types, lint, format, generated files and unit tests; no Docker, no editor.
import { bootstrap } from './bootstrap.mjs'

bootstrap()
const { checkSuites } = await import('./suites/check.mjs')
const { endAll } = await import('./suites/steps.mjs')
const { summarize } = await import('./suites/summary.mjs')

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    endAll()
    process.exit(130)
  })
process.exitCode = summarize(await checkSuites(), { showSeconds: true })
