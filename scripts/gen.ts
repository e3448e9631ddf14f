// Writes what is derived from the code: the manifest, its texts, the text bundle, the settings page, the rule pages.
// Usage: npm run gen [-- --check]; with --check it writes nothing, names what is stale and exits with 1.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { generated, obsolete } from './generated.ts'

const present = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

const current = generated()
const stale = [...current].filter(([path, text]) => present(path) !== text)
const gone = obsolete(current)
if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`stale: ${path}`)
  for (const path of gone) console.error(`no longer generated: ${path}`)
  if (stale.length + gone.length > 0) {
    console.error('Run: npm run gen')
    process.exitCode = 1
  }
} else {
  for (const [path, text] of stale) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    console.log(`written: ${path}`)
  }
  for (const path of gone) {
    rmSync(path)
    console.log(`removed: ${path}`)
  }
  if (stale.length + gone.length === 0) console.log('Everything generated is up to date.')
}
