// Bundles the extension with esbuild: `dist/extension.cjs` with what `activate()` needs and chunks for what is imported
// lazily, the language server, and the browser code of the webviews. `--dev` keeps it readable, `--meta` prints sizes.
import { build } from 'esbuild'
import { existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { buildInChunks, staticImports } from './chunks.mjs'
import { buildServer, leavingOut } from './server-bundle.mjs'

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

async function extension() {
  const entry = { out: 'extension', in: 'src/extension.ts' }
  await buildInChunks(
    { ...common, platform: 'node', external: ['vscode'], plugins: [withoutHeavyParts] },
    entry,
    'dist',
    'chunks',
    (metafile) => ({ 'dist/chunks/engine.cjs': firstList(metafile) }),
  )
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

/** A thread of its own: what users search for in logs must not hold up the extension host. */
async function searchThread() {
  const entryPoints = [{ out: 'log-search', in: 'src/host/logs/search-worker.ts' }]
  const outExtension = { '.js': '.cjs' }
  await build({ ...common, entryPoints, platform: 'node', format: 'cjs', outdir: 'dist', outExtension })
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
await Promise.all([extension(), searchThread(), webviews(), buildServer('dist', { minify })])
if (process.argv.includes('--meta'))
  for (const path of readdirSync('dist', { recursive: true }))
    if (path.endsWith('js') || path.endsWith('css'))
      console.log(`${(statSync(`dist/${path}`).size / 1000).toFixed(1).padStart(8)} kB  ${path}`)
