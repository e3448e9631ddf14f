// `npm run bench [-- name …]`: runs test/bench/*.bench.ts, each `export const bench: Bench` with a name and `run(print)`.
// Figures are printed, nothing fails: what must hold is held by tests.
import { bootstrap } from './bootstrap.mjs'

bootstrap()
const { execFileSync } = await import('node:child_process')
// What is measured in an editor is what the sources are now.
execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
const { build } = await import('esbuild')
const { readdirSync, rmSync } = await import('node:fs')
const { resolve } = await import('node:path')
const { pathToFileURL } = await import('node:url')

const wanted = process.argv.slice(2)
const files = readdirSync('test/bench').filter((name) => name.endsWith('.bench.ts'))
rmSync('out/bench', { recursive: true, force: true })
await build({
  entryPoints: files.map((name) => `test/bench/${name}`),
  outdir: 'out/bench',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  // Scripts find their files beside themselves.
  external: ['*.mjs'],
  logLevel: 'warning',
})
let ran = 0
for (const file of files) {
  const { bench } = await import(pathToFileURL(resolve('out/bench', file.replace(/\.ts$/, '.mjs'))).href)
  if (wanted.length > 0 && !wanted.includes(bench.name)) continue
  ran++
  console.log(`\n${bench.name}`)
  await bench.run((line) => console.log(`  ${line}`))
}
if (ran === 0) {
  console.error(`No benchmark is named ${wanted.join(', ')}.`)
  process.exitCode = 2
}
