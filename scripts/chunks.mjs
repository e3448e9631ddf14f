// Bundles a program of Node as one file and chunks for what is imported lazily.
import { build, transform } from 'esbuild'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { posix } from 'node:path'

/**
 * esbuild splits chunks for ES modules only, and the oldest extension hosts we support load CommonJS best: so split as ES
 * modules, then turn each file into CommonJS by itself; the chunks go into a folder of their own. What the entry needs at once is one file in the end, and so is each of
 * `joined`, a name and the chunks that go into it: opening a score of small files would cost more than what is in them.
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
  const codes = new Map()
  for (const file of Object.keys(metafile.outputs)) {
    const { code } = await transform(readFileSync(file, 'utf8'), {
      format: 'cjs',
      platform: 'node',
      target: options.target,
      // In an extension host `import()` asks a thread of its own where a file is.
      supported: { 'dynamic-import': false },
      minify: options.minify,
    })
    codes.set(file, code)
  }
  const [entry] = Object.entries(metafile.outputs).find(([, made]) => made.entryPoint === entryPoint.in)
  const wholes = new Map([[entry, staticImports(metafile, entry)], ...Object.entries(joined(metafile))])
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
export function staticImports({ outputs }, file, found = new Set()) {
  for (const { path, kind } of outputs[file].imports)
    if (kind === 'import-statement' && path in outputs && !found.has(path)) {
      found.add(path)
      staticImports({ outputs }, path, found)
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
