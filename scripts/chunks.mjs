// Bundles a program of Node as one file and chunks for what is imported lazily.
import { build, transform } from 'esbuild'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { posix, resolve } from 'node:path'

/**
 * esbuild splits chunks for ES modules only, and the oldest extension hosts we support load CommonJS best: so split as ES
 * modules, then turn each file into CommonJS by itself; the chunks go into a folder of their own. What the entry needs at once is
 * one file in the end, in one scope; each of `joined`, a name and the chunks that go into it, is one too, of which each chunk is run
 * when it is first asked for: opening a score of small files would cost more than what is in them.
 */
export async function buildInChunks(options, entryPoint, outdir, chunks, joined = () => ({})) {
  const { metafile } = await build({
    ...options,
    bundle: true,
    metafile: true,
    format: 'esm',
    splitting: true,
    entryPoints: [entryPoint],
    outdir,
    chunkNames: `${chunks}/[name]-[hash]`,
    outExtension: { '.js': '.cjs' },
  })
  const [entry] = Object.entries(metafile.outputs).find(([, made]) => made.entryPoint === entryPoint.in)
  const wholes = new Map([[entry, staticImports(metafile, entry)], ...Object.entries(joined(metafile))])
  const homes = new Map()
  for (const [whole, parts] of wholes) for (const file of parts) if (!homes.has(file)) homes.set(file, whole)
  const partsOf = (whole) => [...homes].filter(([, home]) => home === whole).map(([file]) => file)
  const form = { ...asCommonJs, target: options.target, minify: options.minify }
  const codes = new Map([[entry, await inOneScope(entry, partsOf(entry), form)]])
  for (const file of Object.keys(metafile.outputs))
    if (file !== entry && homes.get(file) !== entry)
      codes.set(file, (await transform(readFileSync(file, 'utf8'), form)).code)
  for (const [file, code] of codes)
    if (!homes.has(file)) writeFileSync(file, linked(code, file, file, homes, entry))
  for (const file of homes.keys()) rmSync(file)
  for (const whole of wholes.keys())
    if (whole !== entry) writeFileSync(whole, inOne(whole, partsOf(whole), codes, homes, entry))
}

const asCommonJs = {
  format: 'cjs',
  platform: 'node',
  // In an extension host `import()` asks a thread of its own where a file is.
  supported: { 'dynamic-import': false },
}

/** All that a file imports at once, and what that imports. */
export function staticImports({ outputs }, file, found = new Set()) {
  for (const { path, kind } of outputs[file].imports)
    if (kind === 'import-statement' && path in outputs && !found.has(path)) {
      found.add(path)
      staticImports({ outputs }, path, found)
    }
  return found
}

/** The code of the entry and of the chunks that it needs, which other chunks get by the name of their file. */
async function inOneScope(entry, parts, form) {
  const here = new Set(parts.map((file) => resolve(file)))
  const exported = parts.map(
    (file) =>
      `export * as ${nameOf(file)} from ${JSON.stringify(`./${posix.relative(posix.dirname(entry), file)}`)}`,
  )
  const { outputFiles } = await build({
    ...form,
    bundle: true,
    write: false,
    stdin: {
      contents: [`export * from './${posix.basename(entry)}'`, ...exported].join('\n'),
      resolveDir: resolve(posix.dirname(entry)),
    },
    outfile: entry,
    plugins: [
      {
        name: 'other-files-stay-out',
        setup(bundler) {
          bundler.onResolve({ filter: /./ }, ({ path, resolveDir, kind }) => {
            if (kind === 'entry-point') return undefined
            const file = path.startsWith('.') ? resolve(resolveDir, path) : path
            return here.has(file) || file === resolve(entry) ? { path: file } : { path, external: true }
          })
        },
      },
    ],
    loader: { '.cjs': 'js' },
    logLevel: 'warning',
  })
  return outputFiles[0].text
}

/** What a chunk is called among the exports of the file that it is in. */
const nameOf = (file) => posix.basename(file, '.cjs').replaceAll('-', '_')

/** The code of a file that goes into `to`, with what it requires taken from where that is in the end. */
function linked(code, from, to, homes, entry) {
  const id = (file) => {
    const path = posix.relative(posix.dirname(to), file)
    return JSON.stringify(path.startsWith('.') ? path : `./${path}`)
  }
  return code.replace(/\brequire\("(\.[^"]+\.cjs)"\)/g, (_, path) => {
    const file = posix.join(posix.dirname(from), path)
    const home = homes.get(file)
    if (home === undefined) return `require(${id(file)})`
    if (home === entry) return `require(${id(entry)}).${nameOf(file)}`
    return `${home === to ? '' : `require(${id(home)}).`}part("${posix.basename(file)}")`
  })
}

/** Files in one, each run when it is first asked for with `part`. */
function inOne(whole, parts, codes, homes, entry) {
  const bodies = parts.map(
    (file) =>
      `${JSON.stringify(posix.basename(file))}(module,exports){${linked(codes.get(file), file, whole, homes, entry)}}`,
  )
  return `"use strict";const parts={${bodies.join(',\n')}};const made={};
const part=module.exports.part=(name)=>{if(made[name]===undefined){const module=made[name]={exports:{}};parts[name](module,module.exports)}return made[name].exports};
`
}
