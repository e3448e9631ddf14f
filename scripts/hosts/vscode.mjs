// A running VS Code: the server and, for tests, a headless browser that shows its workbench.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HostMissing, ensurePackages } from './debian.mjs'
import { findProgram, freePort, isRoot, ready, spawnCaged, spawnTied } from './processes.mjs'
import { makeRun } from './runs.mjs'
import { ensureVscode } from './vscode-install.mjs'

export { ensureVscode }

/** Desktop VS Code, when there is one: `$QUAYSIDE_VSCODE`, else `code` on PATH. */
export const desktopVscode = () => process.env.QUAYSIDE_VSCODE || findProgram('code')

/** Nothing that asks, flashes, phones home or changes from run to run. */
const quietSettings = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'editor.accessibilitySupport': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
  // Rows of text in the page, not pixels on a canvas.
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.shellIntegration.enabled': false,
  'update.mode': 'none',
  'window.menuBarVisibility': 'compact',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
}

/**
 * Starts a VS Code server on the loopback with empty user data. `env` is that of its extension host and terminals.
 * With `extension` (a folder, or several) it is as if installed; else `url(folder, { extension, tests })` is the address that opens
 * a folder with an extension under development.
 */
export async function startVscode({
  which = 'newest',
  env = process.env,
  settings = {},
  trustAsked = false,
  port,
  tied = false,
  extension,
  driven = extension === undefined,
} = {}) {
  const vscode = await ensureVscode(which)
  const run = makeRun(`vscode-${which}`)
  try {
    const at = port ?? (await freePort())
    const data = run.path('server')
    const configure = (changes) => {
      mkdirSync(join(data, 'data/User'), { recursive: true })
      writeFileSync(
        join(data, 'data/User/settings.json'),
        JSON.stringify({ ...quietSettings, ...changes }, null, 2),
      )
    }
    const configureMachine = (changes) => {
      mkdirSync(join(data, 'data/Machine'), { recursive: true })
      writeFileSync(join(data, 'data/Machine/settings.json'), JSON.stringify(changes, null, 2))
    }
    configure(settings)
    mkdirSync(run.path('extensions'))
    if (extension !== undefined)
      writeFileSync(run.path('extensions', 'extensions.json'), installed([extension].flat()))
    mkdirSync(run.path('tmp'))
    const args = [
      join(vscode.server, 'out/server-main.js'),
      ...[
        '--host',
        '127.0.0.1',
        '--port',
        String(at),
        '--without-connection-token',
        '--accept-server-license-terms',
      ],
      ...['--server-data-dir', data, '--extensions-dir', run.path('extensions')],
      ...['--telemetry-level', 'off'],
      // Takes an extension and its tests from the address; but shows no notifications then.
      ...(driven ? ['--enable-smoke-test-driver'] : []),
      ...(trustAsked ? [] : ['--disable-workspace-trust']),
    ]
    const start = isRoot() && !tied ? spawnCaged : spawnTied
    const clean = { ...env, TMPDIR: run.path('tmp'), EXTENSIONS_GALLERY: '{"serviceUrl":""}' }
    for (const name of Object.keys(clean))
      if (/^(VSCODE_|ELECTRON_|NODE_OPTIONS|npm_)/.test(name)) delete clean[name]
    const server = start(vscode.node, args, { env: clean, output: run.log() })
    const base = `http://127.0.0.1:${at}`
    const up = async () => ((await fetch(`${base}/version`)).ok ? true : undefined)
    await ready(`VS Code ${vscode.version}`, up, { server, log: run.path('log') })
    return {
      version: vscode.version,
      port: at,
      base,
      dataFolder: data,
      folder: run.folder,
      logFile: run.path('log'),
      server,
      configure,
      configureMachine,
      url(folder, { extension, tests } = {}) {
        const what = folder.endsWith('.code-workspace') ? 'workspace' : 'folder'
        const place = `${base}/?${what}=${encodeURI(folder)}`
        if (extension === undefined && tests === undefined) return place
        const remote = (path) => `vscode-remote://127.0.0.1:${at}${path}`
        const payload = [['skipWelcome', 'true']]
        if (extension !== undefined) payload.push(['extensionDevelopmentPath', remote(extension)])
        if (tests !== undefined) payload.push(['extensionTestsPath', remote(tests)])
        return `${place}&payload=${encodeURIComponent(JSON.stringify(payload))}`
      },
      async stop() {
        await server.stop()
        run.remove()
      },
    }
  } catch (error) {
    run.remove()
    throw error
  }
}

/** The server's list of installed extensions, with some that stay in their own folders. */
function installed(folders) {
  const entries = folders.map((folder) => {
    const { publisher, name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const location = { $mid: 1, path: folder, scheme: 'file' }
    const metadata = { installedTimestamp: 0, pinned: true, source: 'vsix' }
    return { identifier: { id: `${publisher}.${name}` }, version, location, metadata }
  })
  return JSON.stringify(entries)
}

/** The browser for the workbench: `$QUAYSIDE_CHROMIUM`, else Chromium or Chrome of the system, installed when it can be. */
export async function ensureChromium() {
  const find = () =>
    process.env.QUAYSIDE_CHROMIUM ||
    ['chromium', 'chromium-browser', 'google-chrome'].map((name) => findProgram(name)).find(Boolean)
  if (find() === undefined)
    await ensurePackages('the browser for the workbench', {
      chromium: 'chromium',
      'fonts-dejavu-core': '/usr/share/fonts/truetype/dejavu',
    })
  const found = find()
  if (found === undefined)
    throw new HostMissing('the workbench needs Chromium or Chrome; set QUAYSIDE_CHROMIUM to its path')
  return found
}

/** Options for Playwright's `chromium.launch`. */
export async function chromiumOptions() {
  const quiet = [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ]
  const steady = [
    '--disable-background-timer-throttling',
    '--disable-renderer-backgrounding',
    '--disable-backgrounding-occluded-windows',
    '--disable-dev-shm-usage',
  ]
  return {
    executablePath: await ensureChromium(),
    // Nothing outside this machine is ever asked.
    args: [
      ...(isRoot() ? ['--no-sandbox'] : []),
      ...quiet,
      ...steady,
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
    ],
  }
}
