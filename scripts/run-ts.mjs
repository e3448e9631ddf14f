// Runs a TypeScript script of the project on any supported Node: bundled in memory by esbuild, then imported.
// Usage: node scripts/run-ts.mjs scripts/gen.ts [arguments]
import { build } from 'esbuild'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const [script, ...rest] = process.argv.slice(2)
if (script === undefined) throw new Error('usage: node scripts/run-ts.mjs SCRIPT.ts [arguments]')
const { outputFiles } = await build({
  entryPoints: [script],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  write: false,
  logLevel: 'warning',
})
mkdirSync('.cache', { recursive: true })
const file = resolve('.cache', `${basename(script, '.ts')}-${process.pid}.mjs`)
writeFileSync(file, outputFiles[0].contents)
process.argv = [process.argv[0], script, ...rest]
try {
  await import(pathToFileURL(file).href)
} finally {
  rmSync(file, { force: true })
}
