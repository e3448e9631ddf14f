// Makes node_modules match the lock file, on a machine that has only Node and npm.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const repository = resolve(dirname(fileURLToPath(import.meta.url)), '..')

const stampFile = join(repository, 'node_modules/.quayside-stamp')

/** Runs `npm ci` unless what the lock file asks for is there already; ends the process where that fails. */
export function bootstrap() {
  process.chdir(repository)
  if (Number(process.versions.node.split('.')[0]) < 20) {
    console.error(`Node 20 or newer is needed; this is ${process.version}.`)
    process.exit(1)
  }
  const lock = readFileSync('package-lock.json')
  const stamp = createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex')
  if (read(stampFile) === stamp) return
  if (!matches(JSON.parse(lock))) install()
  writeFileSync(stampFile, stamp)
}

/** Whether every package of the lock file is installed in its version; npm keeps a list of what is. */
function matches(lock) {
  const listed = read(join(repository, 'node_modules/.package-lock.json'))
  if (listed === undefined) return false
  const installed = JSON.parse(listed).packages
  return Object.entries(lock.packages).every(([path, entry]) => {
    if (path === '' || entry.link === true) return true
    if (!existsSync(join(repository, path))) return entry.optional === true
    return installed[path]?.version === entry.version && installed[path]?.integrity === entry.integrity
  })
}

function install() {
  console.log('Installing packages (npm ci) …')
  for (let attempt = 1; ; attempt++) {
    const { status } = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
    if (status === 0) return
    if (attempt === 3) {
      console.error('npm ci failed three times.')
      process.exit(1)
    }
  }
}

function npm(args) {
  const entry = [
    process.env.npm_execpath,
    join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
  ]
  const file = entry.find((candidate) => candidate?.endsWith('.js') && existsSync(candidate))
  const options = { stdio: ['ignore', 'inherit', 'inherit'] }
  if (file !== undefined) return spawnSync(process.execPath, [file, ...args], options)
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

function read(file) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
