import type { Command, Keybinding } from '../commands/command.ts'
import { commandId } from '../commands/targets.ts'
import type { AnyRule } from '../language/rules/rule.ts'
import { when, whenTrusted } from './context-keys.ts'
import { configurationOf } from './configuration.ts'
import { menusOf, usedSubmenus } from './menus.ts'
import { restrictedSettings } from './settings.ts'
import { submenus } from './submenus.ts'
import { terminalProfile } from './terminal-profile.ts'
import { composeTaskDefinition } from './task-definition.ts'
import { Texts } from './texts.ts'
import { logsViewId, logsViewWhen, panelContainer, viewContainer, viewId, views, welcomes } from './views.ts'
import { walkthroughs } from './walkthrough.ts'

/** What the manifest is computed from. */
export interface Parts {
  readonly commands: readonly Command[]
  readonly rules: readonly AnyRule[]
  /** What the language room contributes: `languages`, `grammars`, `configurationDefaults` …; their texts are not translated. */
  readonly language: Readonly<Record<string, unknown>>
}

export interface Manifest {
  /** The keys of package.json that are computed, in their order there. */
  readonly fields: Readonly<Record<string, unknown>>
  /** `package.nls.json`. */
  readonly texts: Readonly<Record<string, string>>
}

/** The area of a command, from its id: `containers.stop` is in the area `Containers`. */
const areas: Readonly<Record<string, string>> = {
  containers: 'Quayside Containers',
  projects: 'Quayside Projects',
  compose: 'Quayside Compose',
  stacks: 'Quayside Compose',
  build: 'Quayside Build',
  scaffold: 'Quayside',
  images: 'Quayside Images',
  volumes: 'Quayside Volumes',
  networks: 'Quayside Networks',
  engines: 'Quayside Engines',
  registries: 'Quayside Registries',
  system: 'Quayside System',
  files: 'Quayside Files',
  ports: 'Quayside Ports',
}

export function manifestOf({ commands, rules, language }: Parts): Manifest {
  const texts = new Texts()
  const sorted = [...commands].sort((a, b) => (a.id < b.id ? -1 : 1))
  const contributes = {
    commands: sorted.map((command) => contributed(command, texts)),
    menus: menusOf(sorted),
    submenus: usedSubmenus(sorted).map((id) => ({
      id: `quayside.${id}`,
      label: texts.add(`submenus.${id}`, submenus[id].title),
    })),
    keybindings: [
      ...sorted.flatMap((command) =>
        (command.keys ?? []).map((binding) => keybinding(commandId(command), binding)),
      ),
      backToQuestion,
    ],
    configuration: configurationOf(texts, rules),
    viewsContainers: {
      activitybar: [viewContainer],
      panel: [{ ...panelContainer, title: texts.add('views.logsPanel', panelContainer.title) }],
    },
    views: {
      [viewContainer.id]: views.map((view) => ({
        id: viewId(view.id),
        name: texts.add(`views.${view.id}`, view.name),
        contextualTitle: texts.add(`views.${view.id}.alone`, `Quayside ${view.name}`),
        icon: `$(${view.icon})`,
        initialSize: view.size,
        ...(view.collapsed === true ? { visibility: 'collapsed' } : {}),
      })),
      [panelContainer.id]: [
        {
          type: 'webview',
          id: logsViewId,
          name: texts.add('views.logs', 'Logs'),
          contextualTitle: texts.add('views.logs.alone', 'Quayside Logs'),
          icon: '$(output)',
          when: logsViewWhen,
        },
      ],
    },
    taskDefinitions: [composeTaskDefinition(texts)],
    viewsWelcome: welcomes.flatMap((welcome) =>
      welcome.views.map((view) => ({
        view: viewId(view),
        contents: texts.add(`welcome.${welcome.id}`, welcome.text),
        when: welcome.when,
      })),
    ),
    terminal: {
      profiles: [
        {
          id: terminalProfile.id,
          title: texts.add('terminals.shell', terminalProfile.title),
          icon: `$(${terminalProfile.icon})`,
        },
      ],
    },
    walkthroughs: walkthroughs.map((walkthrough) => ({
      id: walkthrough.id,
      title: texts.add(`walkthroughs.${walkthrough.id}`, walkthrough.title),
      description: texts.add(`walkthroughs.${walkthrough.id}.description`, walkthrough.description),
      steps: walkthrough.steps.map((step) => ({
        id: step.id,
        title: texts.add(`walkthroughs.${walkthrough.id}.${step.id}`, step.title),
        description: texts.add(`walkthroughs.${walkthrough.id}.${step.id}.description`, step.description),
        media: { markdown: step.media },
        completionEvents: step.completionEvents,
      })),
    })),
    ...language,
  }
  return {
    fields: {
      displayName: texts.add('displayName', 'Quayside: Docker in the editor'),
      description: texts.add(
        'description',
        'Containers, images, volumes, networks and compose projects live in the side bar; Dockerfile and Compose editing with lint, fixes and docs.',
      ),
      icon: 'media/icon.png',
      galleryBanner: { color: '#0f2f3d', theme: 'dark' },
      categories: ['Other', 'Programming Languages', 'Linters', 'Formatters'],
      keywords: ['docker', 'container', 'dockerfile', 'compose', 'podman'],
      extensionKind: ['workspace'],
      l10n: './l10n',
      activationEvents: [
        'onLanguage:dockerfile',
        'onLanguage:dockercompose',
        'onLanguage:dockerignore',
        'onLanguage:dotenv',
        // A compose file can have any name.
        'onLanguage:yaml',
        'onFileSystem:quayside-files',
        'onFileSystem:quayside-layer',
        'onWebviewPanel:quayside.logs',
        'onWebviewPanel:quayside.run',
        'onWebviewPanel:quayside.stats',
        `onTerminalProfile:${terminalProfile.id}`,
      ],
      capabilities: {
        untrustedWorkspaces: {
          supported: 'limited',
          description: texts.add(
            'capabilities.untrusted',
            'Engines that you set yourself can be used; building, compose, and settings of the folder that change an endpoint, a program or a command line are off.',
          ),
          restrictedConfigurations: restrictedSettings.map((id) => `quayside.${id}`),
        },
        virtualWorkspaces: {
          supported: 'limited',
          description: texts.add(
            'capabilities.virtual',
            'Containers, images, volumes and networks work; building and compose need files on disk.',
          ),
        },
      },
      contributes,
    },
    texts: texts.sorted(),
  }
}

function contributed(command: Command, texts: Texts): object {
  const area = command.id.slice(0, Math.max(0, command.id.indexOf('.')))
  return {
    command: commandId(command),
    title: texts.add(`commands.${command.id}`, command.title),
    category: texts.add(`areas.${area === '' ? 'quayside' : area}`, areas[area] ?? 'Quayside'),
    ...(command.icon === undefined ? {} : { icon: `$(${command.icon})` }),
    ...(command.needsTrust === true ? { enablement: whenTrusted } : {}),
  }
}

/** The editor's own F6 goes from a question to what it is about, and not back. */
const backToQuestion = {
  command: 'workbench.action.focusQuickOpen',
  key: 'f6',
  when: `editorFocus && ${when('quayside.changesShown', true)}`,
}

const keybinding = (command: string, { key, mac, when }: Keybinding): object => ({
  command,
  key,
  ...(mac === undefined ? {} : { mac }),
  when,
  // As a key has no row of its own: on what is selected.
  args: 'selection',
})
