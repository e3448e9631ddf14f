import { setFlagsFromString } from 'node:v8'
import {
  createConnection,
  DidChangeConfigurationNotification,
  LSPErrorCodes,
  ProposedFeatures,
  ResponseError,
  TextDocumentSyncKind,
  type CancellationToken,
  type CodeActionParams,
  type CompletionParams,
  type InitializeResult,
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { cachedHost } from './language/cached-host.ts'
import { hashOf } from './language/hash.ts'
import { signalOf, tokenOf } from './language/lsp/cancellation.ts'
import { capabilities } from './language/lsp/capabilities.ts'
import { clientHost } from './language/lsp/client-host.ts'
import { diagnosticsLoop } from './language/lsp/diagnostics-loop.ts'
import * as handlers from './language/lsp/handlers.ts'
import { openDocument, type OpenDocument } from './language/lsp/open-document.ts'
import { quarantine } from './language/lsp/quarantine.ts'
import type { Positions } from './language/lsp/positions.ts'
import { settingsSource } from './language/lsp/settings-source.ts'
import * as convert from './language/lsp/to-lsp.ts'
import { roomFlag, startFlags } from './language/lsp/v8-flags.ts'
import type { InitializationOptions, ServerRequests } from './language/protocol.ts'
import type { Context } from './language/provider.ts'
import { forgetShellCheckAnswers } from './language/rules/shellcheck-answers.ts'
import { diagnose, fileNotice, providerOf } from './language/service.ts'
import { setTranslations, t } from './shared/l10n.ts'

const connection = createConnection(ProposedFeatures.all)
let options: InitializationOptions = {}
let pullsSettings = false
let canReplace = false
const texts = new Map<string, TextDocument>()
const open = new Map<string, OpenDocument>()

const client = clientHost({
  offered: () => options.host ?? [],
  send: (method, params, signal) =>
    signal === undefined
      ? connection.sendRequest(method, params)
      : connection.sendRequest(method, params, tokenOf(signal)),
  fault: report,
})
const host = cachedHost(client, () => Date.now())
const settings = settingsSource(() =>
  pullsSettings
    ? (scopeUri) =>
        connection.workspace.getConfiguration({ scopeUri, section: 'quayside' }) as Promise<unknown>
    : undefined,
)

async function contextOf(uri: string, signal: AbortSignal): Promise<Context> {
  return {
    host,
    settings: await settings.of(uri),
    signal,
    openDocument: (other) => open.get(other)?.source,
    commands: options.commands ?? [],
  }
}

const suspects = quarantine({
  texts: () => options.quarantine,
  tell: (what, uri, hash) => void connection.sendNotification(`quayside/${what}`, { uri, hash }),
  oneAtATime: () => options.oneAtATime === true,
})

const loop = diagnosticsLoop({
  current: (uri) => open.get(uri),
  diagnose: async function* (document, signal) {
    const { source } = document
    if (suspects.holds(document)) {
      yield [
        fileNotice(
          source.text,
          t('This text once ended the language server: it is left alone until it changes.'),
        ),
      ]
      return
    }
    yield* diagnose(source, await contextOf(source.uri, signal), options.rulePages)
  },
  publish: (uri, document, found) =>
    void connection.sendDiagnostics({
      uri,
      ...(document && { version: document.source.version }),
      diagnostics: document ? found.map((each) => convert.toDiagnostic(each, uri, document.positions)) : [],
    }),
  fault: report,
  attention: suspects,
  now: () => performance.now(),
  soon: afterMessages,
})

/** The connection handles one message a turn of the event loop: after two turns without another there is none left. */
function afterMessages(work: () => void): () => void {
  let waiting = setImmediate(() => {
    waiting = setImmediate(work)
  })
  return () => {
    clearImmediate(waiting)
  }
}

function report(fault: unknown): void {
  connection.console.error(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault))
}

/** Answers a request about a document: nothing for one that is not served; a fault is logged and becomes the empty answer. */
async function answer<T>(
  { uri }: { readonly uri: string },
  token: CancellationToken,
  empty: T,
  ask: handlers.Ask<T>,
): Promise<T | ResponseError<void>> {
  const document = open.get(uri)
  if (document === undefined || suspects.holds(document)) return empty
  const asked = signalOf(token)
  const context = await contextOf(uri, asked.signal)
  const turnAway = await suspects.begin(uri, document)
  try {
    const result = await ask(document, await providerOf(document.source), context)
    return token.isCancellationRequested
      ? new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled')
      : result
  } catch (fault) {
    report(fault)
    return empty
  } finally {
    turnAway()
    asked.dispose()
  }
}

connection.onInitialize((params): InitializeResult => {
  options = (params.initializationOptions ?? {}) as InitializationOptions
  pullsSettings = params.capabilities.workspace?.configuration === true
  canReplace = params.capabilities.textDocument?.completion?.completionItem?.insertReplaceSupport === true
  setTranslations(options.translations ?? {})
  return {
    serverInfo: { name: 'quayside' },
    capabilities: {
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
      ...capabilities,
      // By which a client can end a server that no longer answers.
      experimental: { processId: process.pid },
    },
  }
})

connection.onInitialized(() => {
  if (pullsSettings)
    void connection.client.register(DidChangeConfigurationNotification.type, { section: 'quayside' })
})

/** Of the texts of a project's files together: of one file its own. */
async function hashOfAll(uris: readonly string[], context: Context): Promise<string> {
  const read = async (uri: string): Promise<string | undefined> =>
    context.openDocument(uri)?.text ?? (await context.host.readFile(uri, context.signal))
  return hashOf((await Promise.all(uris.map(read))).join('\0'))
}

/** Answers a request about a project, which need not be open in the editor. */
function ofProject<M extends keyof ServerRequests>(
  method: M,
  answer: (
    params: ServerRequests[M]['params'],
    context: Context,
  ) => Promise<ServerRequests[M]['result'] | undefined>,
): void {
  connection.onRequest(method, async (params: ServerRequests[M]['params'], token: CancellationToken) => {
    const asked = signalOf(token)
    let turnAway: (() => void) | undefined
    try {
      projectWasAsked = true
      const [uri = ''] = params.uris
      const context = await contextOf(uri, asked.signal)
      const hash = await hashOfAll(params.uris, context)
      if (suspects.holds({ hash }))
        return new ResponseError(
          LSPErrorCodes.RequestFailed,
          t(
            'The language server once ended while it read these compose files: they are left alone. Change one of them, and they are read again.',
          ),
        )
      turnAway = await suspects.begin(uri, { hash })
      return (await answer(params, context)) ?? null
    } catch (fault) {
      report(fault)
      return null
    } finally {
      turnAway?.()
      asked.dispose()
    }
  })
}
ofProject('quayside/mergedProject', async ({ uris, secrets }, context) => {
  const { mergedProject } = await import('./language/compose/features/merged-project.ts')
  return mergedProject(uris, secrets, context)
})
ofProject('quayside/serviceGraph', async ({ uris }, context) => {
  const { serviceGraph } = await import('./language/compose/features/graph.ts')
  return serviceGraph(uris, context)
})

let projectWasAsked = false
function tellProject(): void {
  if (projectWasAsked) void connection.sendNotification('quayside/projectChanged')
}

const positionsIn = (uri: string): Positions | undefined => open.get(uri)?.positions

function lookAgain(): void {
  for (const uri of open.keys()) loop.schedule(uri)
}
connection.onDidChangeConfiguration(({ settings: sent }) => {
  settings.changed(sent)
  // Another ShellCheck, registries that may be asked now: what was answered before need not hold.
  host.clear()
  forgetShellCheckAnswers()
  lookAgain()
})
connection.onDidChangeWatchedFiles(() => {
  host.clear()
  lookAgain()
  tellProject()
})
connection.onRequest('quayside/ping', () => null)
connection.onNotification('quayside/changed', () => {
  host.clear()
  lookAgain()
})

function keep(text: TextDocument): void {
  texts.set(text.uri, text)
  const document = openDocument(text.uri, text.languageId, text.version, text.getText())
  if (document === undefined) {
    if (open.delete(text.uri)) loop.remove(text.uri)
    return
  }
  open.set(text.uri, document)
  if (document.source.languageId === 'compose') setFlagsFromString(roomFlag)
  loop.schedule(text.uri)
}
connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
  keep(TextDocument.create(uri, languageId, version, text))
})
connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
  const text = texts.get(uri)
  if (text === undefined) return
  keep(TextDocument.update(text, contentChanges, version))
  tellProject()
})
connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
  texts.delete(uri)
  settings.forget(uri)
  if (open.delete(uri)) loop.remove(uri)
})

/** Wires a handler: the empty answer is for documents that are not served and for faults. */
const on =
  <Params, T>(handler: (params: Params) => handlers.Ask<T>, empty: NoInfer<T>) =>
  (params: Params & { readonly textDocument: { readonly uri: string } }, token: CancellationToken) =>
    answer(params.textDocument, token, empty, handler(params))

connection.onHover(on(handlers.hover, null))
connection.onCompletion(on((params: CompletionParams) => handlers.completion(params, canReplace), null))
connection.onSignatureHelp(on(handlers.signatureHelp, null))
connection.onDefinition(on(handlers.definition, []))
connection.onReferences(on(handlers.references, []))
connection.onDocumentHighlight(on(handlers.highlights, []))
connection.onPrepareRename(on(handlers.prepareRename, null))
connection.onRenameRequest(async (params, token) => {
  const found = await answer(params.textDocument, token, null, handlers.rename(params, positionsIn))
  return found !== null && 'refused' in found
    ? new ResponseError(LSPErrorCodes.RequestFailed, found.refused)
    : found
})
connection.onDocumentLinks(on(handlers.links, []))
connection.onDocumentSymbol(on(handlers.symbols, []))
connection.onFoldingRanges(on(handlers.folds, []))
connection.onSelectionRanges(on(handlers.selections, []))
connection.languages.semanticTokens.on(on(handlers.tokens, { data: [] }))
connection.languages.inlayHint.on(on(handlers.inlayHints, []))
connection.onCodeLens(on(handlers.codeLenses, []))
connection.onCodeAction(
  on(
    (params: CodeActionParams) =>
      handlers.codeActions(params, loop.found(params.textDocument.uri), options.rulePages),
    [],
  ),
)
connection.onDocumentFormatting(on(handlers.format, []))
connection.onDocumentRangeFormatting(on(handlers.format, []))
connection.onDocumentOnTypeFormatting(on(handlers.formatOnType, []))

connection.listen()
for (const flag of startFlags(process.versions.v8)) setFlagsFromString(flag)
