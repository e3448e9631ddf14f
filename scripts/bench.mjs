// `npm run bench [-- name …]`: runs test/bench/*.bench.ts, each `export const bench: Bench` with a name and `run(print)`.
// Figures are printed, nothing fails: what must hold is held by tests. All runs in the Node of the newest VS Code, which is what runs
// the extension, the language server and their peers for users.
import { bootstrap } from './bootstrap.mjs'

bootstrap()
const { execFileSync, spawnSync } = await import('node:child_process')
const { ensureVscode } = await import('./hosts/vscode-install.mjs')
const { node } = await ensureVscode()
if (process.execPath !== node) {
  const { status } = spawnSync(node, process.argv.slice(1), { stdio: 'inherit' })
  process.exit(status ?? 1)
}
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
