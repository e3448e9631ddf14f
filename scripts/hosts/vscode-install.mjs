// VS Code as a server with its workbench for the browser: installed from locked packages into the cache.
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cached } from './cache.mjs'
import { HostMissing, ensurePackages } from './debian.mjs'
import { findProgram, output } from './processes.mjs'

const here = dirname(fileURLToPath(import.meta.url))

/** What an editor, a terminal and a file watcher need of the native modules; the others serve sign-in and proxies. */
const native = [
  '@vscode/fs-copyfile',
  '@vscode/native-watchdog',
  '@vscode/spdlog',
  'native-watchdog',
  'node-pty',
]

/** Installs the VS Code server named `newest` or `oldest`; answers its folder, its Node and its version. */
export async function ensureVscode(which = 'newest') {
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch))
    throw new HostMissing(
      'the VS Code server of the tests runs on Linux (x64, arm64); install desktop VS Code and put `code` on PATH',
    )
  const lock = readFileSync(join(here, 'vscode', which, 'package-lock.json'))
  const key = createHash('sha256').update(lock).digest('hex').slice(0, 8)
  const folder = await cached(
    `vscode-${which}-${key}`,
    `installing the ${which} VS Code server (takes minutes)`,
    async (draft) => {
      await install(which, draft)
    },
  )
  const server = join(folder, 'node_modules/code-server/lib/vscode')
  const product = JSON.parse(readFileSync(join(server, 'package.json'), 'utf8'))
  return { which, server, node: nodeOf(folder), version: product.version }
}

const nodeOf = (folder) => join(folder, `node_modules/node-linux-${process.arch}/bin/node`)

async function install(which, folder) {
  await ensurePackages('the VS Code server', {
    python3: 'python3',
    make: 'make',
    'g++': 'g++',
    ripgrep: 'rg',
  })
  for (const name of ['package.json', 'package-lock.json'])
    cpSync(join(here, 'vscode', which, name), join(folder, name))
  // No package's own install script: those fetch programs from elsewhere; what must be compiled is named above.
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
  await output('npm', ['ci', ...quiet], { cwd: folder })
  const node = nodeOf(folder)
  const env = {
    ...process.env,
    PATH: `${dirname(node)}:${process.env.PATH}`,
    npm_config_nodedir: dirname(dirname(node)),
  }
  delete env.NODE_OPTIONS
  const npm = npmProgram()
  const server = join(folder, 'node_modules/code-server/lib/vscode')
  await output(node, [npm, 'install', '--omit=dev', ...quiet], { cwd: server, env })
  const gyp = join(dirname(npm), '../node_modules/node-gyp/bin/node-gyp.js')
  for (const name of native) {
    const cwd = join(server, 'node_modules', name)
    if (existsSync(join(cwd, 'binding.gyp')) && !existsSync(join(cwd, `prebuilds/linux-${process.arch}`)))
      await output(node, [gyp, 'rebuild'], { cwd, env })
  }
  ripgrep(server)
  const asar = join(server, 'node_modules.asar')
  if (!existsSync(asar)) symlinkSync('node_modules', asar)
  if (!built(join(server, 'node_modules/node-pty'))) throw new Error(`node-pty was not built in ${server}`)
}

/** npm's own entry file, so that it runs under the Node of the server whatever this one is. */
function npmProgram() {
  const near = [
    process.env.npm_execpath,
    join(dirname(process.execPath), '../lib/node_modules/npm/bin/npm-cli.js'),
  ]
  const found = near.find((file) => file?.endsWith('npm-cli.js') && existsSync(file))
  if (found === undefined) throw new HostMissing('the VS Code server needs npm beside Node')
  return found
}

/** The search program, which older versions download when installed: Debian's serves as well. */
function ripgrep(server) {
  const folder = join(server, 'node_modules/@vscode/ripgrep/bin')
  if (!existsSync(dirname(folder)) || existsSync(join(folder, 'rg'))) return
  mkdirSync(folder, { recursive: true })
  symlinkSync(findProgram('rg'), join(folder, 'rg'))
}

const built = (folder) =>
  readdirSync(folder, { recursive: true }).some(
    (name) => name.endsWith('pty.node') && !name.includes('obj.target'),
  )
