import { basename, dirname } from 'node:path'
import * as vscode from 'vscode'
import { projectName, writtenName } from '../../shared/compose-files.ts'
import type { Disposable } from '../../shared/disposable.ts'
import { t } from '../../shared/l10n.ts'
import { verbatim } from '../../shared/sinks.ts'
import { writtenServices } from '../../shared/compose-services.ts'
import type { LiveService } from '../../shared/service-graph/page.ts'
import type { WindowEngines } from '../engines.ts'
import { onSettingChange, setting } from '../settings.ts'
import { liveProject, liveProjects, type LiveProject } from './live-services.ts'

const selector: vscode.DocumentSelector = { scheme: 'file', language: 'dockercompose' }
const icons: Readonly<Record<LiveService['state'], string>> = {
  running: '$(pass-filled)',
  partly: '$(circle-large-outline)',
  unhealthy: '$(warning)',
  stopped: '$(stop-circle)',
  none: '',
}

/** How each service fares, over its lines, for as long as a compose file can be seen; a click shows its logs. */
export class StateLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #engines: WindowEngines
  readonly #changed = new vscode.EventEmitter<void>()
  readonly onDidChangeCodeLenses = this.#changed.event
  readonly #subscriptions: Disposable[]
  #watch: Disposable | undefined
  #shown = ''

  constructor(engines: WindowEngines) {
    this.#engines = engines
    this.#subscriptions = [
      vscode.languages.registerCodeLensProvider(selector, this),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#look()),
      onSettingChange('codeLens')(() => {
        this.#look()
        this.#changed.fire()
      }),
      engines.live.onDidChange(() => this.#follow()),
    ]
    this.#look()
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!setting('codeLens', document)) return []
    const text = document.getText()
    const written = writtenServices(text)
    const files = [document.uri.toString()]
    const projects = this.#live(document)
    const usual = writtenName(text) ?? projectName(basename(dirname(document.uri.fsPath)))
    const top = text.split(/\r\n|\r|\n/).findIndex((line) => /^services:/.test(line))
    return projects.flatMap(({ name: project, services }) => {
      const isUsual = projects.length === 1 && project === usual
      const lens = (
        line: number,
        { state, word }: LiveService,
        parts: readonly string[],
      ): vscode.CodeLens => {
        const shown = isUsual ? word : t('{0}: {1}', project, word)
        const command = { title: `${icons[state]} ${verbatim(shown)}`, command: 'quayside.compose.logs' }
        const meant = { ...(parts.length === 0 ? {} : { services: parts }), ...(isUsual ? {} : { project }) }
        return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
          ...command,
          arguments: [{ files, ...meant }],
        })
      }
      const whole = liveProject(written, services)
      return [
        ...(whole === undefined || top < 0 ? [] : [lens(top, whole, [])]),
        ...written.flatMap(({ name, line }) => {
          const service = Object.hasOwn(services, name) ? services[name] : undefined
          return service === undefined ? [] : [lens(line - 1, service, [name])]
        }),
      ]
    })
  }

  #live({ uri }: vscode.TextDocument): readonly LiveProject[] {
    const containers = this.#engines.live.active?.state.containers.items.values() ?? []
    return liveProjects(containers, [uri.fsPath])
  }

  #visible(): readonly vscode.TextDocument[] {
    return vscode.window.visibleTextEditors
      .map(({ document }) => document)
      .filter((document) => vscode.languages.match(selector, document) > 0 && setting('codeLens', document))
  }

  /** The engine is followed while somebody can see what it tells. */
  #look(): void {
    if (this.#visible().length > 0) {
      if (this.#watch !== undefined) return
      this.#watch = this.#engines.live.watch('containers')
      void this.#engines.look()
    } else {
      this.#watch?.dispose()
      this.#watch = undefined
    }
  }

  #follow(): void {
    if (this.#watch === undefined) return
    const now = JSON.stringify(this.#visible().map((document) => this.#live(document)))
    if (now === this.#shown) return
    this.#shown = now
    this.#changed.fire()
  }

  dispose(): void {
    this.#watch?.dispose()
    for (const subscription of this.#subscriptions) subscription.dispose()
    this.#changed.dispose()
  }
}
