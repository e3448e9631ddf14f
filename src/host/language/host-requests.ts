import * as vscode from 'vscode'
import type { FileStat, FolderEntry, LocalImage } from '../../language/host.ts'
import type { HostRequests } from '../../language/protocol.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { setting } from '../settings.ts'
import { around } from '../reach.ts'
import type { WindowEngines } from '../engines.ts'
import { shellCheckRunner, type ShellCheckFailure } from './shellcheck.ts'
import { showNotice } from '../verbatim-window.ts'

type Answers = {
  readonly [Method in keyof HostRequests]: (
    params: HostRequests[Method]['params'],
    token: vscode.CancellationToken,
  ) => Promise<HostRequests[Method]['result']>
}

const largestFile = 1024 * 1024
const registryMs = 5_000
const noticeMs = 8_000

/**
 * What the language server may ask of the outside. It gets files of the open folders, and of the folders of open documents, and
 * nothing else: a text must not make the editor read other places of the machine.
 */
export function hostAnswers(
  engines: WindowEngines,
  memento: vscode.Memento,
  output: vscode.LogOutputChannel,
): Answers {
  const contexts = buildContexts(memento)
  const within = <T>(text: string, answer: (uri: vscode.Uri) => Promise<T | null>): Promise<T | null> =>
    answerWithin(text, contexts.chosen, answer)
  return {
    'quayside/images': () => images(engines),
    'quayside/imagePlatform': ({ id }) => platformOf(engines, id),
    'quayside/registryTags': ({ repository }) => tagsOf(repository, output),
    'quayside/listFolder': ({ uri }) => within(uri, listFolder),
    'quayside/readFile': ({ uri }) => within(uri, readFile),
    'quayside/stat': ({ uri }) => within(uri, stat),
    'quayside/buildContext': ({ dockerfile }) => Promise.resolve(contexts.of(dockerfile)),
    'quayside/shellCheck': shellCheckAnswers(output),
  }
}

/** Where no engine can be looked for, there is none: what an engine could tell is left out of the findings, not the findings. */
const activeStore = (engines: WindowEngines): Promise<WindowEngines['live']['active']> =>
  engines.look().then(
    () => engines.live.active,
    () => undefined,
  )

/** The images of the current engine as the views know them; without a view that shows them, asked for once. */
async function images(engines: WindowEngines): Promise<readonly LocalImage[] | null> {
  const store = await activeStore(engines)
  if (store === undefined) return null
  const known = store.state.images
  const list =
    known.status === 'ready'
      ? [...known.items.values()]
      : await store.engine.images.list().catch(() => undefined)
  if (list === undefined) return null
  return list.flatMap(({ tags, digests, id, size, created }) =>
    tags.map((name) => {
      const repository = name.slice(0, name.lastIndexOf(':'))
      const digest = digests.find((entry) => entry.startsWith(`${repository}@`))?.slice(repository.length + 1)
      return { name, id, size, created, ...(digest === undefined ? {} : { digest }) }
    }),
  )
}

/** What an image of the current engine is for; the list of images does not tell. */
async function platformOf(engines: WindowEngines, id: string): Promise<string | null> {
  const store = await activeStore(engines)
  const image = await store?.engine.images.inspect(id).catch(() => undefined)
  const { Os, Architecture, Variant } = image ?? {}
  if (typeof Os !== 'string' || typeof Architecture !== 'string' || Os === '') return null
  return typeof Variant === 'string' && Variant !== ''
    ? `${Os}/${Architecture}/${Variant}`
    : `${Os}/${Architecture}`
}

/** Asks the registry of an image, where the user allowed it; never for an untrusted folder. */
async function tagsOf(
  repository: string,
  output: vscode.LogOutputChannel,
): Promise<readonly string[] | null> {
  if (!vscode.workspace.isTrusted || !setting('registryCompletion')) return null
  const [{ registryTags }, { StoredCredentials }] = await Promise.all([
    import('../../engine/registry/registry-tags.ts'),
    import('../../engine/credentials/stored-credentials.ts'),
  ])
  const signal = AbortSignal.timeout(registryMs)
  const stored = new StoredCredentials(around)
  try {
    const tags = await registryTags(repository, {
      credentials: (registry) => stored.find(registry, signal),
      signal,
    })
    return tags ?? null
  } catch (fault) {
    // Nobody is stopped in typing; it is tried again before long.
    const why = fault instanceof Error ? fault.message : String(fault)
    const text = t('The tags of `{0}` cannot be read from its registry: {1}', plain(repository), plain(why))
    output.warn(text)
    showNotice(text, noticeMs)
    return null
  }
}

/** The folders that were chosen for Dockerfiles; what the server may read below them. */
function buildContexts(memento: vscode.Memento): {
  readonly of: (dockerfile: string) => string | null
  readonly chosen: (uri: vscode.Uri) => boolean
} {
  const folders = new Set<string>()
  return {
    of(dockerfile) {
      const uri = vscode.Uri.parse(dockerfile, true)
      if (uri.scheme !== 'file') return null
      const folder = memento.get<string>(`build.context.${uri.fsPath}`)
      if (folder === undefined) return null
      const place = vscode.Uri.file(folder.replace(/(.)[\\/]+$/, '$1'))
      folders.add(`${place.path}/`)
      return place.toString()
    },
    chosen: ({ scheme, path }) =>
      scheme === 'file' && [...folders].some((folder) => `${path}/`.startsWith(folder)),
  }
}

async function answerWithin<T>(
  text: string,
  chosen: (uri: vscode.Uri) => boolean,
  answer: (uri: vscode.Uri) => Promise<T | null>,
): Promise<T | null> {
  const uri = vscode.Uri.parse(text, true)
  if (/(^|\/)\.\.(\/|$)/.test(uri.path) || !(isReachable(uri) || chosen(uri))) return null
  try {
    return await answer(uri)
  } catch {
    // Absent, unreadable or no file at all: the server treats them alike.
    return null
  }
}

/** Whether a place is in an open folder, or beside an open document. */
function isReachable(uri: vscode.Uri): boolean {
  if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) return true
  return vscode.workspace.textDocuments.some((document) => {
    if (document.uri.scheme !== uri.scheme || document.uri.authority !== uri.authority) return false
    const folder = document.uri.path.slice(0, document.uri.path.lastIndexOf('/') + 1)
    return folder.length > 1 && `${uri.path}/`.startsWith(folder)
  })
}

function kindOf(type: vscode.FileType): FileStat['kind'] {
  if ((type & vscode.FileType.SymbolicLink) !== 0) return 'link'
  return type === vscode.FileType.Directory ? 'folder' : 'file'
}

async function listFolder(uri: vscode.Uri): Promise<readonly FolderEntry[]> {
  return (await vscode.workspace.fs.readDirectory(uri)).map(([name, type]) => ({ name, kind: kindOf(type) }))
}

async function stat(uri: vscode.Uri): Promise<FileStat> {
  const { type, size } = await vscode.workspace.fs.stat(uri)
  return { kind: kindOf(type), size }
}

async function readFile(uri: vscode.Uri): Promise<string | null> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString())
  if (open !== undefined) return open.getText()
  if ((await vscode.workspace.fs.stat(uri)).size > largestFile) return null
  return new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri))
}

/** Runs ShellCheck where it is installed; never in an untrusted workspace. */
function shellCheckAnswers(output: vscode.LogOutputChannel): Answers['quayside/shellCheck'] {
  const run = shellCheckRunner({
    program: () => setting('lint.shellCheckPath').trim() || 'shellcheck',
    failed: (program, why) => {
      const text = failureText(program, why)
      // It need not be installed; a path that the user named must be right.
      if (why.kind === 'missing' && program === 'shellcheck') output.info(text)
      else output.warn(text)
    },
  })
  return async (request, token) => {
    if (!vscode.workspace.isTrusted || !setting('lint.shellCheck')) return null
    const controller = new AbortController()
    const subscription = token.onCancellationRequested(() => {
      controller.abort()
    })
    try {
      return (await run(request, controller.signal)) ?? null
    } finally {
      subscription.dispose()
    }
  }
}

function failureText(program: string, { kind, detail }: ShellCheckFailure): string {
  switch (kind) {
    case 'missing':
      return t('ShellCheck (`{0}`) is not there: RUN instructions are checked without it.', plain(program))
    case 'slow':
      return t('ShellCheck (`{0}`) did not answer in time and is left alone for a while.', plain(program))
    case 'broken':
      return t('ShellCheck (`{0}`) gave no answer: {1}', plain(program), plain(detail))
  }
}
