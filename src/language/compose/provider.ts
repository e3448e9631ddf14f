import type { Context, LanguageProvider, SourceDocument } from '../provider.ts'
import { codeActions } from './features/code-actions/actions.ts'
import { codeLenses } from './features/code-lenses.ts'
import { complete } from './features/completion/complete.ts'
import { diagnostics, fixAll } from './features/diagnostics.ts'
import { folds, selectionsAt } from './features/folding.ts'
import { formatCompose } from './features/format.ts'
import { hover } from './features/hover.ts'
import { inlayHints } from './features/inlay-hints.ts'
import { links } from './features/links.ts'
import { definition, highlights, references } from './features/navigation.ts'
import { prepareRename, rename } from './features/rename.ts'
import { symbols } from './features/symbols.ts'
import { tokens } from './features/tokens.ts'
import { projectOf } from './open.ts'
import type { YamlFile } from './yaml/nodes.ts'
import { readYaml } from './yaml/read.ts'
import { spotAt } from './yaml/tree.ts'

const read = new WeakMap<SourceDocument, YamlFile>()

/** The nodes of a version of a document, without the files around it. */
function yamlOf(doc: SourceDocument): YamlFile {
  const known = read.get(doc)
  if (known !== undefined) return known
  const made = readYaml(doc.text)
  read.set(doc, made)
  return made
}

/** What the language server offers for Compose files. */
export const composeProvider: LanguageProvider = {
  diagnostics,
  fixAll,
  hover,
  completion: complete,
  definition,
  references,
  highlights,
  prepareRename,
  rename,
  links,
  symbols: (doc) => symbols(yamlOf(doc)),
  folds: (doc) => folds(yamlOf(doc)),
  selections: (doc, offsets) =>
    offsets.map((offset) => selectionsAt(yamlOf(doc), offset, spotAt(yamlOf(doc), offset))),
  tokens: async (doc, context) => tokens(await projectOf(doc, context)),
  inlayHints: async (doc, range, context) => {
    if (!context.settings.inlayHints) return []
    const open = await projectOf(doc, context)
    let hints = inlayHints(open, range)
    while (await open.files.fetch()) hints = inlayHints(open, range)
    return hints
  },
  codeLenses: async (doc, context: Context) =>
    context.settings.codeLens ? codeLenses(await projectOf(doc, context), context.commands) : [],
  codeActions,
  format: (doc, range, options, { settings }) =>
    settings.format.enabled ? formatCompose(yamlOf(doc), range, options) : [],
}
