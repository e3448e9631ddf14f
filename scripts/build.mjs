// Bundles the extension with esbuild: `dist/extension.cjs` with what `activate()` needs and chunks for what is imported
// lazily, the language server, and the browser code of the webviews. `--dev` keeps it readable, `--meta` prints sizes.
import { build, transform } from 'esbuild'
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
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
 * modules, then turn each file into CommonJS by itself; the imports between the chunks stay as they are. What `activate()` needs
 * at once is one file in the end: opening a score of small ones would cost more than what is in them.
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
      minify,
    })
    codes.set(file, code)
  }
  const entry = 'dist/extension.cjs'
  const parts = staticImports(metafile, entry)
  for (const [file, code] of codes) {
    const { length: bytes } = Buffer.from(code)
    metafile.outputs[file].bytes = bytes
    if (file === entry) writeFileSync(file, inOne(code, parts, codes))
    else if (parts.has(file))
      writeFileSync(
        file,
        `module.exports=require("../extension.cjs").part(${JSON.stringify(basename(file))});\n`,
      )
    else writeFileSync(file, code)
  }
  return metafile
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

/** The entry with its parts inside; `part` gives them to the chunks that are loaded later. */
function inOne(code, parts, codes) {
  const bodies = [...parts].map(
    (file) => `${JSON.stringify(basename(file))}(module,exports,require){${codes.get(file)}}`,
  )
  return `"use strict";const parts={${bodies.join(',\n')}};const made={};
const part=(name)=>{if(made[name]===undefined){const module=made[name]={exports:{}};parts[name](module,module.exports,within)}return made[name].exports};
const outside=require;const within=(id)=>{const name=id.slice(id.lastIndexOf("/")+1);return Object.hasOwn(parts,name)?part(name):outside(id.startsWith("./")?"./chunks/"+name:id)};
(function(require){${code}})(within);
module.exports.part=part;
`
}

/** A thread of its own: what users search for in logs must not hold up the extension host. */
async function searchThread() {
  const entryPoints = [{ out: 'log-search', in: 'src/host/logs/search-worker.ts' }]
  const outExtension = { '.js': '.cjs' }
  return (
    await build({ ...common, entryPoints, platform: 'node', format: 'cjs', outdir: 'dist', outExtension })
  ).metafile
}

async function server() {
  const entry = { entryPoints: ['src/server.ts'], outfile: 'dist/server.cjs' }
  return (await build({ ...common, ...serverBundle, ...entry })).metafile
}

async function webviews() {
  const entryPoints = readdirSync('src/webviews', { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(`src/webviews/${entry.name}/main.ts`))
    .map((entry) => ({ out: entry.name, in: `src/webviews/${entry.name}/main.ts` }))
  if (entryPoints.length === 0) return { outputs: {} }
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
  return metafile
}

rmSync('dist', { recursive: true, force: true })
const parts = [extension, searchThread, webviews, ...(existsSync('src/server.ts') ? [server] : [])]
for (const { outputs } of await Promise.all(parts.map((part) => part())))
  if (process.argv.includes('--meta'))
    for (const [file, { bytes }] of Object.entries(outputs))
      console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`)
