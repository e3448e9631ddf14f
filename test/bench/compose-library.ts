import { readFileSync } from 'node:fs'
import { TextDocument } from 'vscode-languageserver-textdocument'
import { getLanguageService } from 'yaml-language-server'
import { SettingsState } from 'yaml-language-server/out/server/src/yamlSettings.js'
import { noHost } from '../../src/language/host.ts'
import { diagnose } from '../../src/language/service.ts'
import { defaultSettings } from '../../src/language/settings.ts'
import { ms } from './bench.ts'

/** Processor time of a check in milliseconds, the least of many, without a server around it. */
interface Work {
  /** Of a text that was never seen. */
  readonly whole: number
  /** Of a text with its last line changed. */
  readonly edited: number
}

/** Our check beside that of yaml-language-server, both as libraries in one process and warm. */
export async function printLibraryWork(
  files: Readonly<Record<string, string>>,
  print: (line: string) => void,
): Promise<void> {
  const theirs = yamlCheck()
  print('as libraries, warm')
  for (const [name, text] of Object.entries(files)) {
    const [own, peer] = [await workOf(ourCheck, text), await workOf(theirs, text)]
    const lines = text.split('\n').length - 1
    print(`  ${name}, ${lines} lines`)
    for (const [key, what] of [
      ['whole', 'work of a new text'],
      ['edited', 'work of an edit'],
    ] as const)
      print(
        `    ${what.padEnd(22)} quayside ${ms(own[key])}, yaml-language-server ${ms(peer[key])} (${(peer[key] / own[key]).toFixed(1)} ×)`,
      )
  }
}

type Check = (uri: string, version: number, text: string) => Promise<unknown>

const runs = 40

/** No version comes twice: both keep what they know by it. */
let version = 0

async function workOf(check: Check, text: string): Promise<Work> {
  const least = async (uriOf: (version: number) => string): Promise<number> => {
    let best = Infinity
    for (const end = version + runs; version < end; version++) {
      const before = process.cpuUsage()
      await check(uriOf(version), version, `${text}# ${version}\n`)
      const { user, system } = process.cpuUsage(before)
      best = Math.min(best, (user + system) / 1000)
    }
    return best
  }
  return {
    whole: await least((of) => `file:///bench/${of}/compose.yaml`),
    edited: await least(() => 'file:///bench/compose.yaml'),
  }
}

async function ourCheck(uri: string, version: number, text: string): Promise<void> {
  const context = {
    host: noHost,
    settings: defaultSettings,
    signal: new AbortController().signal,
    openDocument: () => undefined,
    commands: [],
  }
  const found = diagnose({ uri, languageId: 'compose', version, text }, context)
  while ((await found.next()).done !== true);
}

function yamlCheck(): Check {
  const schema = readFileSync('node_modules/dclint/schemas/compose.schema.json', 'utf8')
  const service = getLanguageService({
    schemaRequestService: () => Promise.resolve(schema),
    workspaceContext: { resolveRelativePath: (path) => path },
    yamlSettings: new SettingsState(),
  })
  service.configure({
    validate: true,
    schemas: [{ uri: 'file:///compose.schema.json', fileMatch: ['*'], schema: JSON.parse(schema) }],
  })
  return (uri, version, text) => service.doValidation(TextDocument.create(uri, 'yaml', version, text), false)
}
