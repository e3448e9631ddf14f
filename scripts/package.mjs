// `npm run package`: builds the extension and packs it into quayside-VERSION.vsix; prints its size and largest files.
import { bootstrap } from './bootstrap.mjs'

bootstrap()
const { spawnSync } = await import('node:child_process')
const { readFileSync, statSync } = await import('node:fs')
const { createVSIX } = await import('@vscode/vsce')
const { packedFiles } = await import('./suites/packed.mjs')

const built = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
if (built.status !== 0) process.exit(1)
const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'))
const target = `${name}-${version}.vsix`
await createVSIX({
  packagePath: target,
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
})
const kilobytes = (file) => (statSync(file).size / 1000).toFixed(1).padStart(9)
const files = await packedFiles()
for (const file of files.sort((a, b) => statSync(b).size - statSync(a).size).slice(0, 8))
  console.log(`${kilobytes(file)} kB  ${file}`)
console.log(`${kilobytes(target)} kB  ${target} (${files.length} files)`)
