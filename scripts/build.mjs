// Bundles the extension with esbuild: what `activate()` loads, what the first command loads, the language
// server, and the browser code of the webviews. `--watch` rebuilds; `--meta` prints the size of each bundle.
import { build, context } from 'esbuild'
import { existsSync, readdirSync, rmSync } from 'node:fs'

const minify = !process.argv.includes('--dev')
const common = { bundle: true, minify, sourcemap: minify ? false : 'linked', metafile: true, logLevel: 'warning', legalComments: 'none', target: 'node20' }

const webviews = existsSync('src/webviews')
  ? readdirSync('src/webviews', { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(`src/webviews/${entry.name}/main.ts`))
      .map((entry) => ({ out: entry.name, in: `src/webviews/${entry.name}/main.ts` }))
  : []

// What dockerode would load only for ssh and BuildKit sessions, which Quayside serves itself.
const left_out = ['ssh2', 'cpu-features', '@grpc/grpc-js', '@grpc/proto-loader', 'protobufjs']
const withoutHeavyParts = {
  name: 'without-heavy-parts',
  setup(pluginBuild) {
    pluginBuild.onResolve({ filter: new RegExp(`^(${left_out.join('|')})(/|$)`) }, (args) => ({ path: args.path, namespace: 'left-out' }))
    pluginBuild.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {}' }))
  },
}

const bundles = [
  {
    ...common,
    platform: 'node',
    format: 'cjs',
    splitting: false,
    entryPoints: [{ out: 'extension', in: 'src/extension.ts' }],
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    external: ['vscode', './later.cjs'],
    plugins: [withoutHeavyParts],
  },
]
if (existsSync('src/server.ts'))
  bundles.push({ ...common, platform: 'node', format: 'cjs', entryPoints: [{ out: 'server', in: 'src/server.ts' }], outdir: 'dist', mainFields: ['module', 'main'] })
if (webviews.length > 0)
  bundles.push({ ...common, platform: 'browser', format: 'iife', target: 'es2022', entryPoints: webviews, outdir: 'dist/webviews', loader: { '.css': 'css' } })

if (process.argv.includes('--watch')) {
  for (const options of bundles) await (await context(options)).watch()
} else {
  rmSync('dist', { recursive: true, force: true })
  for (const options of bundles) {
    const { metafile } = await build(options)
    if (!process.argv.includes('--meta')) continue
    for (const [file, output] of Object.entries(metafile.outputs)) console.log(`${(output.bytes / 1000).toFixed(1).padStart(8)} kB  ${file}`)
  }
}
