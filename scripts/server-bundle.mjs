// How the language server is bundled, for the package and for the tests alike, less what it never runs.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import { buildInChunks } from './chunks.mjs'

/** Answers imports that match with an empty module. */
export const leavingOut = (name, filter, from = /.*/) => ({
  name,
  setup(bundler) {
    bundler.onResolve({ filter }, ({ path, importer }) =>
      from.test(importer) ? { path, namespace: name } : undefined,
    )
    bundler.onLoad({ filter: /.*/, namespace: name }, () => ({ contents: 'module.exports = {}' }))
  },
})

// Its signatures are what Quayside asks of it; the rest would be half a megabyte that is never called.
const signaturesOnly = leavingOut(
  'signatures-only',
  /^(dockerfile-utils|\.\/docker(Assist|Commands|Completion|Definition|Folding|Highlight|Hover|Links|RegistryClient|Rename|SemanticTokens|Symbols))$/,
  /dockerfile-language-service/,
)

/** One copy of what several packages bring. */
const typesOnce = {
  name: 'types-once',
  setup(bundler) {
    const filter = /^vscode-languageserver-(types|textdocument)$/
    bundler.onResolve({ filter }, ({ path, kind, pluginData }) =>
      pluginData === 'once'
        ? undefined
        : bundler.resolve(path, { kind, resolveDir: resolve('.'), pluginData: 'once' }),
    )
  },
}

/** What a rule says of itself is for its page, which ships as a page. */
const pagesOnly = new Set(['summary', 'why', 'references', 'examples'])
const rulesWithoutPages = {
  name: 'rules-without-pages',
  setup(bundler) {
    bundler.onLoad(
      { filter: /src[\\/]language[\\/]rules[\\/](dockerfile|compose)[\\/][^\\/]+\.ts$/ },
      ({ path }) => {
        const text = readFileSync(path, 'utf8')
        return {
          contents: withoutProperties(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)),
          loader: 'ts',
        }
      },
    )
  },
}

/** The text of a rule's file without those properties of the object that its default export is made of. */
function withoutProperties(file) {
  const cuts = []
  for (const statement of file.statements) {
    if (!ts.isExportAssignment(statement) || !ts.isCallExpression(statement.expression)) continue
    const [rule] = statement.expression.arguments
    if (rule === undefined || !ts.isObjectLiteralExpression(rule)) continue
    for (const property of rule.properties)
      if (property.name !== undefined && pagesOnly.has(property.name.getText(file)))
        cuts.push([property.getStart(file), property.getEnd()])
  }
  let text = file.text
  for (const [from, to] of cuts.reverse()) text = text.slice(0, from) + text.slice(to).replace(/^\s*,/, '')
  return text
}

/** Writes `server.cjs` into a folder, and beside it the chunks of what a Dockerfile alone does not need. */
export async function buildServer(folder, { minify = true } = {}) {
  const options = {
    minify,
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [signaturesOnly, typesOnce, rulesWithoutPages],
  }
  await buildInChunks(options, { out: 'server', in: 'src/server.ts' }, folder, 'server-chunks')
}
