import type { Context, LanguageProvider, SourceDocument } from '../provider.ts'
import { codeActions } from './features/code-actions/actions.ts'
import { codeLenses } from './features/code-lenses.ts'
import { complete } from './features/completion/complete.ts'
import { diagnostics, fixAll, silences } from './features/diagnostics.ts'
import { folds, selectionsAt } from './features/folding.ts'
import { formatCompose } from './features/format.ts'
import { hover } from './features/hover.ts'
import { inlayHints } from './features/inlay-hints.ts'
import { links } from './features/links.ts'
import { definition, highlights, references } from './features/navigation.ts'
import { prepareRename, rename } from './features/rename.ts'
import { symbols } from './features/symbols.ts'
import { tokens } from './features/tokens.ts'
import { yamlOf } from './gather.ts'
import { projectOf } from './open.ts'
import type { YamlFile } from './yaml/nodes.ts'
import { spotAt } from './yaml/tree.ts'

/** The nodes of a document, without the files around it. */
const nodesOf = (doc: SourceDocument): YamlFile => yamlOf(doc.uri, doc.text)

/** What the language server offers for Compose files. */
export const composeProvider: LanguageProvider = {
  diagnostics,
  silences,
  fixAll,
  hover,
  completion: complete,
  definition,
  references,
  highlights,
  prepareRename,
  rename,
  links,
  symbols: (doc) => symbols(nodesOf(doc)),
  folds: (doc) => folds(nodesOf(doc)),
  selections: (doc, offsets) =>
    offsets.map((offset) => selectionsAt(nodesOf(doc), offset, spotAt(nodesOf(doc), offset))),
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
    settings.format.enabled ? formatCompose(nodesOf(doc), range, options) : [],
}
