import * as vscode from 'vscode'
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  TransportKind,
  type LanguageClientOptions,
} from 'vscode-languageclient/node'
import type {
  HostRequestName,
  InitializationOptions,
  MergedProject,
  ServerRequests,
} from '../../language/protocol.ts'
import type { ServiceGraph } from '../../shared/service-graph/graph.ts'
import { t } from '../../shared/l10n.ts'
import type { WindowEngines } from '../engines.ts'
import { divideWork } from './divide-work.ts'
import { hangWatch, patienceMs } from './hang-watch.ts'
import { hostAnswers } from './host-requests.ts'
import { OtherFindings } from './other-findings.ts'
import { quarantine } from './quarantine.ts'
import { refusalIn } from './refusal.ts'
import { documentSelector } from './selector.ts'
import { showWarning } from '../verbatim-window.ts'

const quarantineKey = 'language.quarantine'
const pingMethod = 'quayside/ping'
const maximalRestarts = 5
const changeDelayMs = 500
const memoryMiB = 1024

// The editor's globs know no braces within braces. A compose project can have files of any name.
const watchedFiles = '**/{*ockerfile*,*ontainerfile*,.dockerignore,*.dockerignore,.env*,*.env,*.yml,*.yaml}'

/** The language server as the rest of the extension uses it. Its answers about projects are refused in words for the user where it leaves the files alone. */
export interface RunningLanguage extends vscode.Disposable {
  /** Undefined when the first of the files cannot be read. */
  mergedProject(uris: readonly string[], secrets: boolean): Promise<MergedProject | undefined>
  /** Undefined when the first of the files cannot be read. */
  serviceGraph(uris: readonly string[]): Promise<ServiceGraph | undefined>
  /** A project that was asked for may be another now. */
  readonly onDidChangeProject: vscode.Event<void>
}

/** Starts the language server: a process of its own, so that no text can harm the editor; stopped with the window. */
export async function startLanguageClient(
  context: vscode.ExtensionContext,
  engines: WindowEngines,
  commands: readonly string[],
  output: vscode.LogOutputChannel,
): Promise<RunningLanguage> {
  const answers = hostAnswers(engines, context.workspaceState, output)
  const others = new OtherFindings()
  const suspects = quarantine({
    load: () => context.workspaceState.get<readonly string[]>(quarantineKey, []),
    save: (texts) => void context.workspaceState.update(quarantineKey, texts),
  })
  const fileEvents = vscode.workspace.createFileSystemWatcher(watchedFiles)
  let restarts = 0
  const module = vscode.Uri.joinPath(context.extensionUri, 'dist', 'server.cjs').fsPath
  const options: LanguageClientOptions = {
    documentSelector,
    outputChannel: output,
    synchronize: { fileEvents },
    initializationOptions: (): InitializationOptions => ({
      host: Object.keys(answers).map((method) => method.replace('quayside/', '') as HostRequestName),
      commands,
      quarantine: suspects.texts(),
      oneAtATime: suspects.isDoubtful(),
      rulePages: `${vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules').toString()}/`,
      translations: vscode.l10n.bundle ?? {},
    }),
    connectionOptions: {
      messageStrategy: {
        handleMessage: (message, next) => {
          watch.heard()
          next(message)
        },
      },
    },
    middleware: {
      sendRequest: (type, params, token, next) => {
        const method = typeof type === 'string' ? type : type.method
        if (method !== pingMethod) watch.sent()
        return next(type, params, token)
      },
      handleDiagnostics: others.handle,
    },
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue }),
      closed: () => {
        suspects.ended()
        others.forget()
        if (++restarts <= maximalRestarts) return { action: CloseAction.Restart, handled: true }
        return {
          action: CloseAction.DoNotRestart,
          message: t(
            'The language server of Quayside ended {0} times and is not started again in this window. The log tells why.',
            restarts,
          ),
        }
      },
    },
  }
  const run = {
    module,
    transport: TransportKind.ipc,
    options: { execArgv: [`--max-old-space-size=${memoryMiB}`] },
  }
  const client = new LanguageClient('quayside', 'Quayside', { run, debug: run }, options)
  for (const [method, answer] of Object.entries(answers))
    client.onRequest(method, answer as (params: unknown) => Promise<unknown>)
  client.onNotification('quayside/busy', ({ hash }: { hash: string }) => suspects.busy(hash))
  client.onNotification('quayside/idle', ({ hash }: { hash: string }) => suspects.idle(hash))
  const projectChanged = new vscode.EventEmitter<void>()
  client.onNotification('quayside/projectChanged', () => {
    projectChanged.fire()
  })
  const watch = hangWatch({
    ping: () => client.sendRequest(pingMethod, null),
    hung: () => {
      const pid: unknown = (
        client.initializeResult?.capabilities.experimental as { processId?: unknown } | undefined
      )?.processId
      if (typeof pid !== 'number' || !client.isRunning()) return
      // Its end is handled as that of any server that crashed: what it looked at is left alone, and another one is started.
      process.kill(pid, 'SIGKILL')
      void showWarning(
        t(
          'The language server of Quayside did not answer for {0} seconds and was started again. A text that keeps it from answering is left alone until it changes.',
          patienceMs / 1000,
        ),
      )
    },
  })
  const edits = vscode.workspace.onDidChangeTextDocument(({ document }) => {
    if (client.isRunning() && vscode.languages.match(documentSelector, document) > 0) watch.sent()
  })
  let timer: NodeJS.Timeout | undefined
  const changes = engines.live.onDidChange((change) => {
    if (change.engine === undefined || change.what !== 'images') return
    timer ??= setTimeout(() => {
      timer = undefined
      if (client.isRunning()) void client.sendNotification('quayside/changed')
    }, changeDelayMs)
  })
  const dispose = (): void => {
    clearTimeout(timer)
    projectChanged.dispose()
    changes.dispose()
    edits.dispose()
    watch.dispose()
    others.dispose()
    fileEvents.dispose()
    client.dispose().catch(() => undefined)
  }
  try {
    await client.start()
  } catch (fault) {
    dispose()
    throw fault
  }
  divideWork(context.globalState).catch((fault: unknown) => output.warn(String(fault)))
  const ofProject = async <M extends keyof ServerRequests>(
    method: M,
    params: ServerRequests[M]['params'],
  ): Promise<NonNullable<ServerRequests[M]['result']> | undefined> => {
    try {
      return (await client.sendRequest<ServerRequests[M]['result']>(method, params)) ?? undefined
    } catch (fault) {
      throw refusalIn(fault)
    }
  }
  return {
    mergedProject: (uris, secrets) => ofProject('quayside/mergedProject', { uris, secrets }),
    serviceGraph: (uris) => ofProject('quayside/serviceGraph', { uris }),
    onDidChangeProject: projectChanged.event,
    dispose,
  }
}
