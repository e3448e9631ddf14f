// Bundles the extension with esbuild: `dist/extension.cjs` with what `activate()` needs and chunks for what is imported
// lazily, the language server, and the browser code of the webviews. `--dev` keeps it readable, `--meta` prints sizes.
import { build, transform } from 'esbuild'
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { posix } from 'node:path'
import { leavingOut, serverBundle } from './server-bundle.mjs'

const minify = !process.argv.includes('--dev')
const common = {
  bundle: true,
  minify,
  metafile: true,
  logLevel: 'warning',
  legalComments: 'none',
  target: 'node20',
}

// What dockerode would load for sending, build contexts, ssh and BuildKit sessions, which Quayside serves itself.
const leftOut = [
  'docker-modem',
  'tar-fs',
  '@balena/dockerignore',
  'ssh2',
  'cpu-features',
  '@grpc/grpc-js',
  '@grpc/proto-loader',
  'protobufjs',
]
const withoutHeavyParts = leavingOut('without-heavy-parts', new RegExp(`^(${leftOut.join('|')})(/|$)`))

/**
 * esbuild splits chunks for ES modules only, and the oldest extension hosts we support load CommonJS best: so split as ES
 * modules, then turn each file into CommonJS by itself. What `activate()` needs at once is one file in the end, and what the first
 * list needs is another: opening a score of small ones would cost more than what is in them.
 */
async function extension() {
  const { metafile } = await build({
    ...common,
    platform: 'node',
    format: 'esm',
    splitting: true,
    entryPoints: [{ out: 'extension', in: 'src/extension.ts' }],
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    outExtension: { '.js': '.cjs' },
    external: ['vscode'],
    plugins: [withoutHeavyParts],
  })
  const codes = new Map()
  for (const file of Object.keys(metafile.outputs)) {
    const { code } = await transform(readFileSync(file, 'utf8'), {
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      // In an extension host `import()` asks a thread of its own where a file is.
      supported: { 'dynamic-import': false },
      minify,
    })
    codes.set(file, code)
  }
  const entry = 'dist/extension.cjs'
  const wholes = new Map([
    [entry, staticImports(metafile, entry)],
    ['dist/chunks/engine.cjs', firstList(metafile)],
  ])
  const homes = new Map()
  for (const [whole, parts] of wholes) for (const file of parts) if (!homes.has(file)) homes.set(file, whole)
  for (const [file, code] of codes) {
    if (homes.has(file)) rmSync(file)
    else if (file !== entry) writeFileSync(file, linked(code, file, file, homes))
  }
  for (const whole of wholes.keys()) {
    const parts = [...homes].filter(([, home]) => home === whole).map(([file]) => file)
    writeFileSync(whole, inOne(whole, parts, codes, homes))
  }
}

/** All that a file imports at once, and what that imports. */
function staticImports({ outputs }, file, found = new Set()) {
  for (const { path, kind } of outputs[file].imports)
    if (kind === 'import-statement' && path in outputs && !found.has(path)) {
      found.add(path)
      staticImports({ outputs }, path, found)
    }
  return found
}

/** What it takes to find the engines and to ask one for a list, which the first view that is opened waits for. */
function firstList(metafile) {
  const found = new Set()
  for (const source of ['src/host/reach.ts', 'src/engine/dockerode.ts']) {
    const [file] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === source)
    staticImports(metafile, file, found.add(file))
  }
  return found
}

/** The code of a file that goes into `to`, with what it requires taken from where that is in the end. */
function linked(code, from, to, homes) {
  const id = (file) => {
    const path = posix.relative(posix.dirname(to), file)
    return JSON.stringify(path.startsWith('.') ? path : `./${path}`)
  }
  return code.replace(/\brequire\("(\.[^"]+\.cjs)"\)/g, (_, path) => {
    const file = posix.join(posix.dirname(from), path)
    const home = homes.get(file)
    if (home === undefined) return `require(${id(file)})`
    return `${home === to ? '' : `require(${id(home)}).`}part("${posix.basename(file)}")`
  })
}

/** Files in one, each run when it is first asked for with `part`; the entry at once. */
function inOne(whole, parts, codes, homes) {
  const bodies = parts.map(
    (file) =>
      `${JSON.stringify(posix.basename(file))}(module,exports){${linked(codes.get(file), file, whole, homes)}}`,
  )
  const entry = codes.has(whole) ? `(function(){${linked(codes.get(whole), whole, whole, homes)}})();\n` : ''
  return `"use strict";const parts={${bodies.join(',\n')}};const made={};
const part=(name)=>{if(made[name]===undefined){const module=made[name]={exports:{}};parts[name](module,module.exports)}return made[name].exports};
${entry}module.exports.part=part;
`
}

/** A thread of its own: what users search for in logs must not hold up the extension host. */
async function searchThread() {
  const entryPoints = [{ out: 'log-search', in: 'src/host/logs/search-worker.ts' }]
  const outExtension = { '.js': '.cjs' }
  await build({ ...common, entryPoints, platform: 'node', format: 'cjs', outdir: 'dist', outExtension })
}

async function server() {
  const entry = { entryPoints: ['src/server.ts'], outfile: 'dist/server.cjs' }
  await build({ ...common, ...serverBundle, ...entry })
}

async function webviews() {
  const entryPoints = readdirSync('src/webviews', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(`src/webviews/${entry.name}/main.ts`))
    .map((entry) => ({ out: entry.name, in: `src/webviews/${entry.name}/main.ts` }))
  const { metafile } = await build({
    ...common,
    entryPoints,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    outdir: 'dist/webviews',
  })
  // They stand inside the document of their page, which ends a script or a style wherever it reads so.
  for (const file of Object.keys(metafile.outputs))
    if (/<!--|<\/(?:script|style)/i.test(readFileSync(file, 'utf8')))
      throw new Error(`${file} cannot stand inside a document`)
}

rmSync('dist', { recursive: true, force: true })
const parts = [extension, searchThread, webviews, ...(existsSync('src/server.ts') ? [server] : [])]
await Promise.all(parts.map((part) => part()))
if (process.argv.includes('--meta'))
  for (const path of readdirSync('dist', { recursive: true }))
    if (path.endsWith('js') || path.endsWith('css'))
      console.log(`${(statSync(`dist/${path}`).size / 1000).toFixed(1).padStart(8)} kB  ${path}`)
