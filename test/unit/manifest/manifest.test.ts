import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import type { NodeCommand } from '../../../src/commands/command.ts'
import { commands } from '../../../src/commands/index.ts'
import { commandId, matchesTargets, parseTarget } from '../../../src/commands/targets.ts'
import { defaultSettings } from '../../../src/language/settings.ts'
import { contributes as language } from '../../../src/language/contributes.ts'
import { manifestOf } from '../../../src/manifest/contributes.ts'
import { whenOfCommand, type MenuItem } from '../../../src/manifest/menus.ts'
import type { Setting } from '../../../src/manifest/setting.ts'
import { settings } from '../../../src/manifest/settings.ts'
import { viewId, views, welcomes } from '../../../src/manifest/views.ts'
import type { NodeKind } from '../../../src/tree/node.ts'
import { evaluateWhen } from '../../support/when.ts'

const { fields } = manifestOf({ commands, rules: [], language })
const contributes = fields['contributes'] as {
  readonly commands: readonly { readonly command: string; readonly title: string }[]
  readonly menus: Readonly<Record<string, readonly MenuItem[]>>
  readonly keybindings: readonly { readonly command: string; readonly when: string }[]
}
const nodeCommands = commands.filter((command): command is NodeCommand => command.type === 'node')

/** The flags that each kind of node can have, as `Flag` in command.ts lists them, and some that no command asks for. */
const flags: { readonly [K in NodeKind]: readonly string[] } = {
  stack: ['running', 'paused', 'stopped', 'workspace'],
  service: ['running', 'paused', 'stopped', 'workspace'],
  container: [
    'running',
    'paused',
    'restarting',
    'stopped',
    'created',
    'compose',
    'swarm',
    'published',
    'unhealthy',
  ],
  port: ['tcp'],
  project: ['running', 'stopped', 'paused'],
  group: [],
  repository: ['dangling'],
  image: ['used', 'dangling'],
  volume: ['used', 'anonymous'],
  network: ['builtin', 'used'],
  member: [],
  engine: ['active', 'beside', 'hidden', 'connected', 'failed', 'swarm'],
  detail: [],
  files: ['container', 'volume', 'image', 'target'],
  file: ['folder', 'regular', 'editable', 'target', 'comparable'],
  changes: [],
  change: ['added', 'modified', 'deleted', 'leaf'],
  more: [],
}

function* subsets(words: readonly string[]): Generator<string[]> {
  for (let bits = 0; bits < 1 << words.length; bits++) yield words.filter((_, index) => (bits >> index) & 1)
}

/** Every kind of node with every combination of its flags. */
const rows: readonly (readonly string[])[] = Object.entries(flags).flatMap(([kind, words]) =>
  [...subsets(words)].map((subset) => [kind, ...subset]),
)

describe('commands', () => {
  test('have ids of their own, apart from those of other extensions', () => {
    const ids = commands.map(commandId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const id of ids) expect(id).toMatch(/^quayside(\.[a-z][A-Za-z]*)+$/)
    const ofViews = views.flatMap(({ id }) =>
      ['focus', 'open', 'resetViewLocation', 'removeView', 'toggleVisibility'].map(
        (made) => `${viewId(id)}.${made}`,
      ),
    )
    expect(ids.filter((id) => ofViews.includes(id))).toEqual([])
  })

  test('have titles in title case, with an icon wherever they are a button', () => {
    for (const command of commands) {
      expect(command.title, command.id).toMatch(/^[A-Z]/)
      expect(command.title, command.id).not.toMatch(/\.$|\.\.\.$/)
      const button =
        command.type === 'node' ? command.place.inline : command.place?.group.startsWith('navigation')
      if (button === true) expect(command.icon, command.id).toBeDefined()
    }
  })

  test('are all in the palette, or have a place in a menu', () => {
    const hidden = new Set(
      contributes.menus['commandPalette']!.filter(({ when }) => when === 'false').map(
        ({ command }) => command,
      ),
    )
    for (const command of commands)
      if (hidden.has(commandId(command))) expect(command.place, command.id).toBeDefined()
  })
})

describe('menus', () => {
  test.each(nodeCommands.map((command) => [command.id, command] as const))(
    '%s is offered on exactly the nodes it is for',
    (_, command) => {
      const clause = whenOfCommand(command)
      const wrong: string[] = []
      for (const row of rows) {
        const context = {
          view: 'quayside.containers',
          viewItem: row.join(' '),
          listMultiSelection: false,
          isWorkspaceTrusted: true,
        }
        const isOffered = evaluateWhen(clause, context)
        if (command.place.when === undefined && isOffered !== matchesTargets(command.on, row))
          wrong.push(row.join(' '))
        if (evaluateWhen(clause, { ...context, view: 'other.view' })) wrong.push(`${row.join(' ')} elsewhere`)
      }
      expect(wrong).toEqual([])
    },
  )

  test('name flags that nodes can have', () => {
    for (const command of nodeCommands)
      for (const target of command.on) {
        const { kind, with: wanted, without } = parseTarget(target)
        const flag = wanted ?? without
        if (flag !== undefined) expect(flags[kind], `${command.id}: ${target}`).toContain(flag)
      }
  })

  test('a command for one node is not offered on a selection of several', () => {
    for (const command of nodeCommands)
      expect(whenOfCommand(command).includes('!listMultiSelection'), command.id).toBe(command.many === false)
  })

  test('what can be done to some of a selection is in its menu, and else only where it fits', () => {
    const mixed = nodeCommands.filter(({ someFit }) => someFit === true)
    expect(mixed.map(({ id }) => id)).toContain('containers.stop')
    for (const command of mixed) {
      const places = contributes.menus['view/item/context']!.filter(
        (item) => item.command === commandId(command),
      )
      const offered = (when: string | undefined, row: readonly string[], listMultiSelection: boolean) =>
        evaluateWhen(when!, { view: 'quayside.containers', viewItem: row.join(' '), listMultiSelection })
      for (const { when, group } of places)
        for (const row of rows) {
          const fits = matchesTargets(command.on, row)
          const told = `${command.id} ${group} on ${row.join(' ')}`
          expect(offered(when, row, false), told).toBe(fits)
          // The buttons of a row are its own.
          const isMenu = group?.startsWith('inline') !== true
          expect(offered(when, row, true), told).toBe(isMenu ? row[0] === 'container' : fits)
        }
    }
  })

  test('no two entries of a menu have the same place', () => {
    for (const [menu, items] of Object.entries(contributes.menus)) {
      if (menu === 'commandPalette') continue
      const inGroup = new Map<string, MenuItem[]>()
      for (const item of items) {
        const before = inGroup.get(item.group ?? '') ?? []
        for (const other of before)
          expect(
            overlaps(item, other),
            `${item.command ?? item.submenu} and ${other.command ?? other.submenu} in ${menu}`,
          ).toBe(false)
        inGroup.set(item.group ?? '', [...before, item])
      }
    }
  })

  test('refer to contributed commands only', () => {
    const known = new Set(contributes.commands.map(({ command }) => command))
    for (const items of Object.values(contributes.menus))
      for (const item of items) if (item.command !== undefined) expect(known).toContain(item.command)
    const ofTheEditor = ['workbench.action.focusQuickOpen']
    for (const { command } of contributes.keybindings) expect([...known, ...ofTheEditor]).toContain(command)
  })
})

/** A container is in one state at a time. */
const isPossible = ([kind, ...row]: readonly string[]): boolean =>
  kind !== 'container' ||
  row.filter((flag) => ['running', 'paused', 'restarting', 'stopped', 'created'].includes(flag)).length <= 1

const places = views.flatMap(({ id }) =>
  rows
    .filter(isPossible)
    .map((row) => ({ view: viewId(id), viewItem: row.join(' '), isWorkspaceTrusted: true })),
)

/** Which of the places have an entry with this clause. */
function placesOf(when: string): readonly boolean[] {
  let found = placesOfClause.get(when)
  if (found === undefined)
    placesOfClause.set(when, (found = places.map((context) => evaluateWhen(when, context))))
  return found
}
const placesOfClause = new Map<string, readonly boolean[]>()

function overlaps(a: MenuItem, b: MenuItem): boolean {
  const other = placesOf(b.when ?? 'true')
  return placesOf(a.when ?? 'true').some((shown, at) => shown && other[at])
}

/** The settings inside of an object, by their ids. */
const flatten = (value: object, prefix: string): readonly (readonly [id: string, value: unknown])[] =>
  Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && !Array.isArray(inner) && `${prefix}${key}` !== 'lint.rules'
      ? flatten(inner as object, `${prefix}${key}.`)
      : [[`${prefix}${key}`, inner] as const],
  )

describe('settings', () => {
  const entries = Object.entries(settings) as [string, Setting<unknown>][]
  const restricted = (
    fields['capabilities'] as { untrustedWorkspaces: { restrictedConfigurations: string[] } }
  ).untrustedWorkspaces.restrictedConfigurations

  test('that reach an endpoint, a program or the network cannot come from a workspace', () => {
    for (const [id, setting] of entries) {
      if (setting.reach === undefined) {
        expect(id, `${id} sounds as if it reached out: give it a reach`).not.toMatch(
          /(^|\.)(host|context|path|command|args|arguments|shell|env|environment|url|address|registry|program|executable)$/i,
        )
        continue
      }
      expect(setting.scope, id).toMatch(/^(machine|application)$/)
      expect(restricted).toContain(`quayside.${id}`)
    }
    expect(restricted).toHaveLength(entries.filter(([, { reach }]) => reach !== undefined).length)
  })

  test('have a default that their schema allows', () => {
    const ajv = new Ajv({ strict: false })
    for (const [id, setting] of entries)
      expect(ajv.validate(setting.schema, setting.default), `${id}: ${ajv.errorsText()}`).toBe(true)
  })

  test('of the language server have the defaults that it has without a client', () => {
    const here = new Map(entries.map(([id, setting]) => [id, setting.default]))
    for (const [id, standard] of flatten(defaultSettings, ''))
      expect([id, here.get(id)]).toEqual([id, standard])
  })

  test('are read by somebody', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.ts') && !name.startsWith('manifest/'))
      .map((name) => readFileSync(`src/${name}`, 'utf8'))
    // The language server gets the whole section; `LanguageSettings` has what it reads of it.
    const ofLanguage = new Set(flatten(defaultSettings, '').map(([id]) => id))
    const unread = entries
      .map(([id]) => id)
      .filter((id) => !ofLanguage.has(id) && !sources.some((text) => text.includes(`'${id}'`)))
    expect(unread).toEqual([])
  })

  test('link to settings that exist', () => {
    for (const [id, { description }] of entries)
      for (const [, linked] of description.matchAll(/`#quayside\.([\w.]+)#`/g))
        expect(Object.keys(settings), id).toContain(linked)
  })
})

describe('welcome texts', () => {
  const known = new Set(commands.map(commandId))
  test.each(welcomes.map((welcome) => [welcome.id, welcome] as const))(
    '%s offers commands that exist',
    (_, welcome) => {
      for (const [, command] of welcome.text.matchAll(/\(command:(quayside\.[\w.]+)\)/g))
        expect(known).toContain(command)
    },
  )

  test('an empty view always says why, and says one thing only', () => {
    for (const view of ['containers', 'compose', 'images', 'volumes', 'networks'] as const)
      for (const connection of ['noEngine', 'denied', 'notRunning', 'failed', 'connected']) {
        // Its rows say then what is wrong.
        if (view === 'containers' && !['noEngine', 'connected'].includes(connection)) continue
        for (const filtered of [false, true]) {
          const context = {
            'quayside.connection': connection,
            [`quayside.filtered.${view}`]: filtered,
            isWorkspaceTrusted: true,
          }
          const shown = welcomes.filter(
            (welcome) => welcome.views.includes(view) && evaluateWhen(welcome.when, context),
          )
          expect(
            shown.map(({ id }) => id),
            `${view} ${connection} ${filtered}`,
          ).toHaveLength(1)
        }
      }
  })
})

test('every file that the manifest names is there', () => {
  const paths = JSON.stringify(fields).match(/"(?:media|syntaxes)\/[^"]+"/g) ?? []
  for (const path of paths) expect(existsSync(JSON.parse(path) as string), path).toBe(true)
})

test('nothing clashes with the Docker extensions', () => {
  const text = JSON.stringify(fields)
  expect(text).not.toMatch(/"(?:docker|vscode-docker|vscode-containers|containers|dockerContainers)\.[\w.]+"/)
})

test('what runs a file is offered for files of this machine alone', () => {
  for (const menu of ['explorer/context', 'editor/context'])
    for (const { command, when = '' } of contributes.menus[menu] ?? []) {
      if (!/^quayside\.(compose|build)\./.test(command ?? '')) continue
      const resource = { resourceLangId: /resourceLangId == (\w+)/.exec(when)?.[1], isWorkspaceTrusted: true }
      const offered = (resourceScheme: string) => evaluateWhen(when, { ...resource, resourceScheme })
      expect([command, offered('file'), offered('vscode-remote')]).toEqual([command, true, true])
      expect([command, offered('quayside-files'), offered('git')]).toEqual([command, false, false])
    }
})
