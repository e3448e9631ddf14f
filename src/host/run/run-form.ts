import { readFile } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import * as vscode from 'vscode'
import type { Deps } from '../../commands/command.ts'
import { checkSpec } from '../../commands/run/check-spec.ts'
import type { RunSurroundings } from '../../commands/run/create-body.ts'
import {
  readFromRunForm,
  type FromRunForm,
  type RunFormRequest,
  type ToRunForm,
} from '../../commands/run/form-messages.ts'
import { imageFacts } from '../../commands/run/image-facts.ts'
import { recreate } from '../../commands/recreate.ts'
import { runContainer } from '../../commands/run/run-container.ts'
import { EngineError, isEngineError } from '../../engine/errors.ts'
import type { LiveEngines } from '../../engine/live/engines.ts'
import type { Container } from '../../engine/model/container.ts'
import { specOf, type PlainSpec } from '../../shared/docker-run/plain-spec.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { webviewHtml, webviewRoot } from '../webview-html.ts'

const profilesKey = 'run.profiles'
type Profiles = Readonly<Record<string, Readonly<Record<string, PlainSpec>>>>

export interface RunFormParts {
  readonly live: LiveEngines
  readonly extension: vscode.Uri
  readonly memento: vscode.Memento
  readonly deps: () => Deps
}

const emptySpec: PlainSpec = { flags: {}, image: '', command: [] }

/** Opens the run form in an editor tab. */
export function openRunForm(request: RunFormRequest, { live, extension, memento, deps }: RunFormParts): void {
  const store = live.store(request.engine)
  if (store === undefined) return
  const panel = vscode.window.createWebviewPanel(
    'quayside.run',
    t('Run a Container'),
    vscode.ViewColumn.Active,
    {
      enableScripts: true,
      localResourceRoots: [webviewRoot(extension)],
      retainContextWhenHidden: true,
    },
  )
  panel.iconPath = vscode.Uri.joinPath(extension, 'media', 'activity-bar.svg')
  const { engine } = store
  const watches = (['containers', 'images', 'networks'] as const).map((resource) => live.watch(resource))
  const send = (message: ToRunForm): void => void panel.webview.postMessage(message)

  const open = async (): Promise<void> => {
    await Promise.all([store.settled('images'), store.settled('networks'), store.settled('containers')])
    const images = [...store.state.images.items.values()].flatMap(({ tags }) => tags).sort()
    const networks = [...store.state.networks.items.values()].map(({ name }) => name).sort()
    send({
      type: 'open',
      engine: plain(engine.endpoint.name, 80),
      spec: request.spec ?? emptySpec,
      ...(request.replaces === undefined ? {} : { replaces: plain(request.replaces.name, 80) }),
      images,
      networks,
      texts: vscode.l10n.bundle ?? {},
    })
  }
  const sendProfiles = (image: string): void =>
    send({ type: 'profiles', image, profiles: memento.get<Profiles>(profilesKey, {})[image] ?? {} })
  const changeProfiles = async (
    image: string,
    change: (profiles: Record<string, PlainSpec>) => void,
  ): Promise<void> => {
    const all = memento.get<Profiles>(profilesKey, {})
    const own = { ...all[image] }
    change(own)
    await memento.update(profilesKey, { ...all, [image]: own })
    sendProfiles(image)
  }
  // What is replaced gives up its name and its ports.
  const others = (): readonly Container[] =>
    [...store.state.containers.items.values()].filter(({ id }) => id !== request.replaces?.id)
  const problemsOf = (spec: PlainSpec): Readonly<Record<string, string>> => checkSpec(specOf(spec), others())

  const run = async (spec: PlainSpec, start: boolean): Promise<void> => {
    const problems = problemsOf(spec)
    send({ type: 'problems', problems })
    if (Object.keys(problems).length > 0) return
    send({ type: 'busy', busy: true })
    try {
      const { replaces } = request
      const id =
        replaces === undefined
          ? await runContainer(deps(), engine, specOf(spec), surroundings(), start)
          : await deps().ui.progress(t('Replacing {0}', plain(replaces.name, 80)), (report, signal) =>
              recreate(
                engine,
                replaces,
                specOf(spec),
                surroundings(),
                { step: (message) => report({ message }) },
                signal,
              ),
            )
      panel.dispose()
      const name = typeof spec.flags['name'] === 'string' ? spec.flags['name'] : id.slice(0, 12)
      void deps().ui.info(
        start ? t('{0} was started.', plain(name, 80)) : t('{0} was created.', plain(name, 80)),
      )
    } catch (fault) {
      send({ type: 'busy', busy: false })
      if (isEngineError(fault, 'cancelled')) return
      const error =
        fault instanceof EngineError
          ? fault
          : new EngineError('internal', fault instanceof Error ? fault.message : String(fault), {
              cause: fault,
            })
      send({
        type: 'problems',
        problems: { '': error.nextStep === undefined ? error.message : `${error.message} ${error.nextStep}` },
      })
    }
  }

  const receive = async (message: FromRunForm): Promise<void> => {
    switch (message.type) {
      case 'ready':
        return open()
      case 'image': {
        const inspected = await engine.images.inspect(message.name).catch(() => undefined)
        send({
          type: 'image',
          name: message.name,
          facts: inspected === undefined ? undefined : imageFacts(inspected),
        })
        return sendProfiles(message.name)
      }
      case 'check':
        return send({ type: 'problems', problems: message.spec.image === '' ? {} : problemsOf(message.spec) })
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
        if (name !== undefined)
          await changeProfiles(spec.image, (profiles) => void (profiles[name.trim()] = spec))
        return
      }
      case 'deleteProfile':
        return changeProfiles(message.image, (profiles) => void delete profiles[message.name])
    }
  }

  const listening = panel.webview.onDidReceiveMessage((value: unknown) => {
    const message = readFromRunForm(value)
    if (message !== undefined) void receive(message).catch((fault: unknown) => deps().ui.log(String(fault)))
  })
  panel.onDidDispose(() => {
    listening.dispose()
    for (const watch of watches) watch.dispose()
  })
  panel.webview.html = webviewHtml(panel.webview, extension, { name: 'run', title: t('Run a Container') })
}

/** Files and variables that a line names: of this machine, from the first folder of the workspace. */
export function surroundings(): RunSurroundings {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? process.cwd()
  const absolute = (path: string): string =>
    isAbsolute(path) || /^[a-z]:[\\/]/i.test(path)
      ? path
      : path.startsWith('~')
        ? path
        : resolve(folder, path)
  return {
    absolute,
    variable: (name) => process.env[name],
    readLines: async (path) => {
      try {
        return (await readFile(absolute(path), 'utf8')).split(/\r?\n/)
      } catch (fault) {
        throw new EngineError('invalid', t('The file {0} cannot be read.', plain(path)), {
          nextStep: t('Check the path; it is taken from the folder of the workspace.'),
          cause: fault,
        })
      }
    },
  }
}
