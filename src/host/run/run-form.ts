import * as vscode from 'vscode'
import type { Deps } from '../../commands/command.ts'
import { recreate } from '../../commands/recreate.ts'
import { checkHere } from '../../commands/run/check-here.ts'
import { checkSpec } from '../../commands/run/check-spec.ts'
import {
  readFromRunForm,
  type FromRunForm,
  type RunFormRequest,
  type ToRunForm,
} from '../../commands/run/form-messages.ts'
import { imageFacts } from '../../commands/run/image-facts.ts'
import { runAndTell } from '../../commands/run/run-and-tell.ts'
import { shellValues, surroundings } from '../../commands/run/surroundings.ts'
import { tellWhatRuns } from '../../commands/run/tell-what-runs.ts'
import { EngineError, isEngineError } from '../../engine/errors.ts'
import type { LiveEngines } from '../../engine/live/engines.ts'
import type { Container } from '../../engine/model/container.ts'
import { specOf, type PlainSpec } from '../../shared/docker-run/plain-spec.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { showFault } from '../run-commands.ts'
import { pageIcon, webviewHtml, webviewRoot } from '../webview-html.ts'
import { Profiles } from './profiles.ts'

export interface RunFormParts {
  readonly live: LiveEngines
  readonly extension: vscode.Uri
  readonly memento: vscode.Memento
  readonly deps: () => Deps
}

const emptySpec: PlainSpec = { flags: { detach: 'true' }, image: '', command: [] }

/** Opens the run form in an editor tab. */
export function openRunForm(request: RunFormRequest, { live, extension, memento, deps }: RunFormParts): void {
  const store = live.store(request.engine)
  if (store === undefined) return
  const { replaces } = request
  const title = replaces === undefined ? t('Run a Container') : t('Change {0}', plain(replaces.name, 60))
  const panel = vscode.window.createWebviewPanel('quayside.run', title, vscode.ViewColumn.Active, {
    enableScripts: true,
    localResourceRoots: [webviewRoot(extension)],
    retainContextWhenHidden: true,
  })
  panel.iconPath = pageIcon(extension)
  const { engine } = store
  const profiles = new Profiles(memento)
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath
  const around = surroundings(folder)
  const watches = (['containers', 'images', 'networks'] as const).map((resource) => live.watch(resource))
  let gone = false
  const send = (message: ToRunForm): void => {
    if (!gone) void panel.webview.postMessage(message)
  }
  // The one that was made here and would not start: the next try takes its place.
  let unstarted: string | undefined
  // What was said of an entry that has changed since is not shown any more.
  let checks = 0

  const open = async (): Promise<void> => {
    send({
      type: 'open',
      engine: plain(engine.endpoint.name, 80),
      spec: request.spec ?? emptySpec,
      ...(replaces === undefined ? {} : { replaces: plain(replaces.name, 80) }),
      shell: shellValues(folder),
      texts: vscode.l10n.bundle ?? {},
    })
    await Promise.all([store.settled('images'), store.settled('networks'), store.settled('containers')])
    send({
      type: 'choices',
      images: [...store.state.images.items.values()].flatMap(({ tags }) => tags).sort(),
      networks: [...store.state.networks.items.values()].map(({ name }) => name).sort(),
    })
  }
  const sendProfiles = (image: string): void =>
    send({ type: 'profiles', image, profiles: profiles.of(image) })
  // What is replaced gives up its name and its ports.
  const others = (): readonly Container[] =>
    [...store.state.containers.items.values()].filter(({ id }) => id !== replaces?.id && id !== unstarted)
  const problemsOf = (spec: PlainSpec): Readonly<Record<string, string>> => checkSpec(specOf(spec), others())

  const check = async (spec: PlainSpec): Promise<void> => {
    const mine = ++checks
    if (spec.image === '') return send({ type: 'problems', problems: {}, hints: {} })
    const containers = [...store.state.containers.items.values()]
    const hints = await checkHere(engine, specOf(spec), containers, around)
    if (mine === checks) send({ type: 'problems', problems: problemsOf(spec), hints })
  }

  const run = async (spec: PlainSpec, start: boolean): Promise<void> => {
    checks++
    const problems = problemsOf(spec)
    send({ type: 'problems', problems, hints: {}, asked: true })
    if (Object.keys(problems).length > 0) return
    send({ type: 'busy', busy: true })
    try {
      if (replaces !== undefined) {
        await replace(replaces, spec)
        return panel.dispose()
      }
      if (unstarted !== undefined) await engine.containers.remove(unstarted).catch(ignoreGone)
      unstarted = undefined
      const ran = await runAndTell(deps(), engine, specOf(spec), around, start)
      if (ran.failed === undefined) return panel.dispose()
      unstarted = ran.id
      // It is told beside the form too.
      if (!gone) told(ran.failed)
    } catch (fault) {
      if (isEngineError(fault, 'cancelled')) send({ type: 'busy', busy: false })
      else told(fault)
    }
  }

  const replace = async (old: Container, spec: PlainSpec): Promise<void> => {
    const id = await deps().ui.progress(t('Replacing {0}', plain(old.name, 80)), (report, signal) =>
      recreate(engine, old, specOf(spec), around, { step: (message) => report({ message }) }, signal),
    )
    const told =
      old.state === 'exited' || old.state === 'created' || old.state === 'dead'
        ? deps().ui.info(t('{0} was replaced; it does not run, as before.', plain(old.name, 80)))
        : tellWhatRuns(deps(), engine, id)
    void told.catch((fault: unknown) => deps().ui.log(String(fault)))
  }

  const told = (fault: unknown): void => {
    if (gone) return showFault(deps(), 'run', fault)
    send({ type: 'busy', busy: false })
    const text = fault instanceof Error ? fault.message : String(fault)
    const nextStep = fault instanceof EngineError ? fault.nextStep : undefined
    send({
      type: 'problems',
      problems: { '': plain(nextStep === undefined ? text : `${text} ${nextStep}`, 1000) },
      hints: {},
    })
  }

  const receive = async (message: FromRunForm): Promise<void> => {
    switch (message.type) {
      case 'ready':
        return open()
      case 'image': {
        sendProfiles(message.name)
        const inspected = await engine.images.inspect(message.name).catch(() => undefined)
        const facts = inspected === undefined ? undefined : imageFacts(inspected)
        return send({ type: 'image', name: message.name, facts })
      }
      case 'check':
        return check(message.spec)
      case 'run':
        return run(message.spec, message.start)
      case 'copy':
        return deps().ui.copy(message.text)
      case 'saveCompose': {
        const document = await vscode.workspace.openTextDocument({ language: 'yaml', content: message.text })
        await vscode.window.showTextDocument(document)
        return
      }
      case 'saveProfile': {
        const { spec } = message
        const name = await deps().ui.input({
          title: t('Save as Profile'),
          prompt: t('Name of the profile; it is kept in this workspace'),
          validate: (value) => (value.trim() === '' ? t('A name is needed.') : undefined),
        })
        if (name === undefined) return
        await profiles.save(spec.image, name.trim(), spec)
        return sendProfiles(spec.image)
      }
      case 'deleteProfile':
        await profiles.remove(message.image, message.name)
        return sendProfiles(message.image)
    }
  }

  const listening = panel.webview.onDidReceiveMessage((value: unknown) => {
    const message = readFromRunForm(value)
    if (message !== undefined) void receive(message).catch((fault: unknown) => deps().ui.log(String(fault)))
  })
  panel.onDidDispose(() => {
    gone = true
    listening.dispose()
    for (const watch of watches) watch.dispose()
  })
  panel.webview.html = webviewHtml(panel.webview, extension, { name: 'run', title })
}

const ignoreGone = (fault: unknown): void => {
  if (!isEngineError(fault, 'notFound')) throw fault
}
