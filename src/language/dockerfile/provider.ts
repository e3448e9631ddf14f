import type { Diagnostic } from '../answers.ts'
import type { Context, LanguageProvider, SourceDocument } from '../provider.ts'
import { silencesOf } from '../rules/silence.ts'
import { codeActions } from './actions/actions.ts'
import { codeLenses } from './code-lenses.ts'
import { complete } from './completion/complete.ts'
import { findings, fixAllEdits, moreFindings } from './diagnostics.ts'
import { folds } from './folding.ts'
import { formatDockerfile } from './format/format.ts'
import { formatOnType } from './format/on-type.ts'
import { hover } from './hover.ts'
import { inlayHints } from './inlay-hints.ts'
import { links } from './links.ts'
import type { DockerfileDoc } from './model.ts'
import { definition, highlights, references } from './navigation.ts'
import { parseDockerfile } from './parse.ts'
import { prepareRename, rename } from './rename.ts'
import { selectionsAt } from './selections.ts'
import { signatureHelp } from './signatures.ts'
import { symbols } from './symbols.ts'
import { tokens } from './tokens.ts'

const cache = new WeakMap<SourceDocument, DockerfileDoc>()
/** The last version of the documents that were looked at last, for the next one to start from. */
const latest = new Map<string, DockerfileDoc>()
const mostLatest = 8

/** The parse of a version of a document; made once. */
export function parsed(doc: SourceDocument): DockerfileDoc {
  const known = cache.get(doc)
  if (known !== undefined) return known
  const made = parseDockerfile(doc.text, latest.get(doc.uri))
  cache.set(doc, made)
  latest.delete(doc.uri)
  latest.set(doc.uri, made)
  if (latest.size > mostLatest) latest.delete(latest.keys().next().value!)
  return made
}

export const dockerfileProvider: LanguageProvider = {
  diagnostics: (doc, context): Promise<readonly Diagnostic[]> => findings(parsed(doc), doc.uri, context),
  moreDiagnostics: (doc, found, context) => moreFindings(parsed(doc), doc.uri, found, context),
  silences: (doc, finding) => silencesOf(parsed(doc), finding),
  fixAll: (doc, context) => fixAllEdits(parsed(doc), doc.uri, context),
  hover: (doc, offset, context) => hover(parsed(doc), doc.uri, offset, context),
  completion: (doc, offset, context, typed) => complete(parsed(doc), doc.uri, offset, context, typed),
  signatureHelp: (doc, offset) => signatureHelp(parsed(doc), offset),
  definition: (doc, offset, context) => definition(parsed(doc), doc.uri, offset, context),
  references: (doc, offset, includeDeclaration) =>
    references(parsed(doc), doc.uri, offset, includeDeclaration),
  highlights: (doc, offset) => highlights(parsed(doc), offset),
  prepareRename: (doc, offset) => prepareRename(parsed(doc), offset),
  rename: (doc, offset, newName) => rename(parsed(doc), doc.uri, offset, newName),
  links: (doc, context) => links(parsed(doc), doc.uri, context),
  symbols: (doc) => symbols(parsed(doc)),
  folds: (doc) => folds(parsed(doc)),
  selections: (doc, offsets) => offsets.map((offset) => selectionsAt(parsed(doc), offset)),
  tokens: (doc) => tokens(parsed(doc)),
  inlayHints: (doc, range, { settings }) => (settings.inlayHints ? inlayHints(parsed(doc), range) : []),
  codeLenses: (doc, { settings, commands }: Context) =>
    settings.codeLens ? codeLenses(parsed(doc), doc.uri, commands) : [],
  codeActions: (doc, range, context) => codeActions(parsed(doc), range, context),
  format: (doc, range, options, { settings }) =>
    settings.format.enabled ? formatDockerfile(parsed(doc), range, settings.format, options) : [],
  formatOnType: (doc, offset, _character, options, { settings }) =>
    settings.format.enabled ? formatOnType(parsed(doc), offset, options) : [],
}
