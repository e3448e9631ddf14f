import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createProtocolConnection,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node.js'
import { buildServer } from '../../scripts/server-bundle.mjs'
import type { InitializationOptions } from '../../src/language/protocol.ts'

export interface BundledServer {
  readonly file: string
  remove(): void
}

/** Bundles the server as it is shipped, into a folder of its own. */
export async function bundleServer({ minify = false } = {}): Promise<BundledServer> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-server-'))
  await buildServer(folder, { minify })
  return { file: join(folder, 'server.cjs'), remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export interface LanguageServer {
  readonly connection: ProtocolConnection
  readonly process: ChildProcess
  readonly initialized: InitializeResult
  /** Opens a document and waits for its first findings. */
  open(uri: string, languageId: string, text: string): Promise<readonly Diagnostic[]>
  /** Replaces the text and waits for the findings of that version. */
  change(uri: string, version: number, text: string): Promise<readonly Diagnostic[]>
  /** All that was published, in order. */
  readonly published: readonly PublishDiagnosticsParams[]
  stop(): Promise<void>
}

export interface StartOptions {
  readonly options?: InitializationOptions
  /** The configuration section `quayside`; undefined: the client has none to pull. */
  readonly settings?: unknown
  /** Called before the server is initialized, to answer its requests. */
  readonly prepare?: (connection: ProtocolConnection) => void
}

/** Starts a bundled server on stdio. Any program that speaks the protocol will do. */
export async function startServer(
  command: readonly string[],
  { options, settings, prepare }: StartOptions = {},
): Promise<LanguageServer> {
  const child = spawn(process.execPath, [...command, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  )
  const published: PublishDiagnosticsParams[] = []
  const waiting: { uri: string; version: number; resolve: (found: readonly Diagnostic[]) => void }[] = []
  connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
    published.push(params)
    for (const wait of waiting.filter(
      ({ uri, version }) => uri === params.uri && version === (params.version ?? version),
    )) {
      waiting.splice(waiting.indexOf(wait), 1)
      wait.resolve(params.diagnostics)
    }
  })
  connection.onRequest('client/registerCapability', () => null)
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
    items.map(() => settings ?? null),
  )
  prepare?.(connection)
  connection.listen()
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const initialized = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      workspace: { configuration: settings !== undefined },
      textDocument: { publishDiagnostics: { versionSupport: true } },
    },
    ...(options !== undefined && { initializationOptions: options }),
  })
  await connection.sendNotification(InitializedNotification.type, {})
  const findings = (uri: string, version: number): Promise<readonly Diagnostic[]> =>
    new Promise((resolve) => waiting.push({ uri, version, resolve }))
  return {
    connection,
    process: child,
    initialized,
    published,
    async open(uri, languageId, text) {
      const found = findings(uri, 1)
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId, version: 1, text },
      })
      return found
    },
    async change(uri, version, text) {
      const found = findings(uri, version)
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      })
      return found
    },
    async stop() {
      await connection.sendRequest('shutdown')
      await connection.sendNotification('exit')
      await exited
      connection.dispose()
    },
  }
}
