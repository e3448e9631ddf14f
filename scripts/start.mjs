// `npm start`: the extension in a real VS Code on a small sample folder, from a fresh clone; Ctrl-C stops it all.
// --fresh-engine   a private Docker engine with a few containers, whatever the environment points to
// --browser        the VS Code server in the browser even where desktop VS Code is installed
// --port N         its port
// --no-build       the extension as it was built last
import { bootstrap } from './bootstrap.mjs'

const flags = new Set(process.argv.slice(2))
const portAt = process.argv.indexOf('--port')
bootstrap()

const { spawn, spawnSync } = await import('node:child_process')
const { cpSync, existsSync } = await import('node:fs')
const { join, resolve } = await import('node:path')
const { HostMissing } = await import('./hosts/hosts.mjs')
const { chooseEngine } = await import('./start/engine.mjs')
const { desktopVscode, startVscode } = await import('./hosts/vscode.mjs')

const stops = []
let stopping
/** Once, whoever asks: what is being started fails when it is stopped. */
function stop(code) {
  return (stopping ??= (async () => {
    for (const each of stops.reverse()) await each()
    process.exit(code)
  })())
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void stop(0))

try {
  if (!flags.has('--no-build')) {
    const built = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' })
    if (built.status !== 0) process.exit(1)
  }
  const sample = resolve('.cache/sample')
  if (!existsSync(sample)) cpSync('samples', sample, { recursive: true })
  const engine = await chooseEngine({ fresh: flags.has('--fresh-engine'), begun: (end) => stops.push(end) })
  console.log(engine.said)
  const code = flags.has('--browser') ? undefined : desktopVscode()
  if (code === undefined) await serve(sample, engine.env)
  else await openDesktop(code, sample, engine.env)
} catch (error) {
  if (stopping === undefined)
    console.error(error instanceof HostMissing ? `\nCannot start: ${error.message}` : error)
  await stop(1)
}

async function serve(folder, env) {
  const port = portAt < 0 ? undefined : Number(process.argv[portAt + 1])
  const vscode = await startVscode({ env, extension: resolve('.'), port })
  stops.push(vscode.stop)
  console.log(`\nQuayside in VS Code ${vscode.version}: ${vscode.url(folder)}\nCtrl-C stops it.`)
  // The server is not counted among what keeps this process going.
  const how = await new Promise((ended) => {
    setInterval(() => vscode.server.end !== undefined && ended(vscode.server.end), 1000)
  })
  throw new Error(`VS Code ${how}; its log: ${vscode.logFile}`)
}

async function openDesktop(code, folder, env) {
  const data = resolve('.cache/desktop')
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const args = [
    `--extensionDevelopmentPath=${resolve('.')}`,
    `--user-data-dir=${join(data, 'user')}`,
    `--extensions-dir=${join(data, 'extensions')}`,
  ]
  console.log(`\nQuayside in ${code}. Ctrl-C, or closing its window, stops it.`)
  const window = spawn(code, [...args, ...root, '--new-window', '--wait', folder], {
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  stops.push(async () => window.kill())
  const status = await new Promise((ended) => {
    window.once('error', () => ended(1))
    window.once('exit', ended)
  })
  await stop(status ?? 0)
}
