import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { filesInMemory } from '../../src/language/compose/project/files.ts'
import { printMerged } from '../../src/language/compose/features/merged.ts'
import { loadProject, type LoadedProject } from '../../src/language/compose/project/load.ts'
import { projectOf } from '../../src/language/compose/open.ts'
import { get, stringOf } from '../../src/language/compose/project/value.ts'
import { composeCases, type ComposeCase } from '../support/compose-cases.ts'
import { composeProjects } from '../support/compose-projects.ts'
import { composeTexts } from '../support/compose-texts.ts'
import { languageContext, memoryHost, sourceDocument } from '../support/language-context.ts'

/** The compose plugins there are; `config` needs no engine. */
const plugins = inject('hosts')
  .engines.filter(({ version }) => version === '26' || version === '28')
  .map(({ name, version, env }) => ({
    name,
    version,
    path: join(env['DOCKER_CONFIG'] ?? '', 'cli-plugins/docker-compose'),
  }))

interface Verdict {
  readonly accepted: boolean
  readonly said: string
  readonly printed: string
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-compose-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** What `docker compose config` says of a project in a folder of its own. */
function ask(plugin: string, { files }: ComposeCase, words: readonly string[]): Promise<Verdict> {
  const home = mkdtempSync(join(folder, 'case-'))
  const project = join(home, 'shop')
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), text)
  }
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: home, PWD: project }
    execFile(plugin, words, { cwd: project, env, timeout: 30_000 }, (fault, out, said) => {
      rmSync(home, { recursive: true, force: true })
      const lines = said
        .replaceAll(project, '')
        .split('\n')
        .filter((line) => !line.startsWith('time='))
      const printed = out.replaceAll(project, '/srv/shop').replaceAll(home, '/home/me')
      resolve({ accepted: fault === null, said: lines.slice(0, 2).join(' '), printed })
    })
  })
}

/** The same of all cases, four programs at a time. */
async function askAll(
  plugin: string,
  cases: readonly ComposeCase[],
  words: readonly string[] = ['config', '-q'],
): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let index = next++; index < cases.length; index = next++)
      verdicts[index] = await ask(plugin, cases[index]!, words)
  }
  await Promise.all([worker(), worker(), worker(), worker()])
  return verdicts
}

function loaded({ files }: ComposeCase): LoadedProject {
  const root = 'file:///srv/shop'
  const texts = new Map(Object.entries(files).map(([path, text]) => [`${root}/${path}`, text]))
  const uris = ['compose.yaml', 'compose.override.yaml']
    .filter((name) => name in files)
    .map((name) => `${root}/${name}`)
  const environment = new Map([
    ['HOME', '/home/me'],
    ['PATH', '/usr/bin'],
    ['PWD', '/srv/shop'],
  ])
  return loadProject({ uris, files: filesInMemory(texts), environment })
}

const ours = (one: ComposeCase): readonly string[] =>
  loaded(one)
    .problems.filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code}: ${message}`)

/** What Compose makes of the files: as JSON, the order of keys and what is empty left out. */
function meaning(printed: string): unknown {
  const without = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(without)
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([key, inner]) => [key, without(inner)] as const)
    return Object.fromEntries(entries.filter(([, inner]) => JSON.stringify(inner) !== '{}').sort())
  }
  return without(JSON.parse(printed))
}

function apart(cases: readonly ComposeCase[], verdicts: readonly Verdict[]): readonly string[] {
  return cases.flatMap((one, index) => {
    const errors = ours(one)
    const verdict = verdicts[index]!
    if ((errors.length === 0) === verdict.accepted) return []
    const texts = Object.entries(one.files).map(([path, text]) => `--- ${path}\n${text}`)
    const mine = errors.length === 0 ? 'no error' : errors.join('; ')
    return [
      `${one.name}\n${texts.join('')}engine: ${verdict.accepted ? 'accepted' : verdict.said}\nours: ${mine}`,
    ]
  })
}

describe.each(plugins.filter(({ version }) => version === '28'))('Compose of $name', ({ path }) => {
  test('is 2.40, which our schema is made for', async () => {
    const version = await new Promise<string>((resolve) => {
      execFile(path, ['version', '--short'], (_fault, out) => resolve(out.trim()))
    })
    expect(version).toMatch(/^2\.40\./)
  })

  test('accepts exactly the made-up projects in which we find no error', { timeout: 300_000 }, async () => {
    const cases = composeCases(560, 2)
    const verdicts = await askAll(path, cases)
    expect(apart(cases, verdicts)).toEqual([])
    expect(verdicts.filter(({ accepted }) => !accepted).length).toBeGreaterThanOrEqual(300)
    expect(verdicts.filter(({ accepted }) => accepted).length).toBeGreaterThanOrEqual(200)
  })

  test('makes of our merged project what it makes of the files', { timeout: 600_000 }, async () => {
    const words = ['--profile', '*', 'config', '--format', 'json']
    const all = [...composeCases(60, 3), ...composeTexts, ...composeProjects].filter(
      (one) => ours(one).length === 0,
    )
    const theirs = await askAll(path, all, words)
    const merged = all.map(({ name, files }) => {
      const options = { origins: true, maskSecrets: false, text: () => undefined }
      const text = printMerged(loaded({ name, files }), options).replaceAll('$', '$$$$')
      return { name, files: { ...files, 'merged.yaml': text } }
    })
    const again = await askAll(path, merged, ['-f', 'merged.yaml', ...words])
    const apart = all.flatMap((one, index) => {
      const [before, after] = [theirs[index]!, again[index]!]
      // A variable without a name is possible in lists and files only, and dollars in keys are not doubled.
      if (!before.accepted || /^ +(?:""|[^\s:]*\$[^:]*): /m.test(merged[index]!.files['merged.yaml'] ?? ''))
        return []
      if (!after.accepted) return [`${one.name}: ${after.said}\n${merged[index]!.files['merged.yaml']}`]
      const [wanted, got] = [before, after].map(({ printed }) => JSON.stringify(meaning(printed), null, 1))
      return wanted === got ? [] : [`${one.name}\n${JSON.stringify(one.files)}\n${wanted}\n${got}`]
    })
    expect(apart).toEqual([])
    expect(theirs.filter(({ accepted }) => accepted).length).toBeGreaterThan(100)
  })

  test(
    'accepts exactly the projects as people have them in which we find no error',
    { timeout: 600_000 },
    async () => {
      const verdicts = await askAll(path, composeProjects)
      expect(apart(composeProjects, verdicts)).toEqual([])
      expect(verdicts.filter(({ accepted }) => accepted).length).toBeGreaterThan(500)
    },
  )

  test('makes the project of the files that we take it to be made of', { timeout: 60_000 }, async () => {
    const service = (name: string): string => `services:\n  ${name}: {image: "x:\${X:-}\${Y:-}"}\n`
    const files = {
      'compose.yaml': service('base'),
      'compose.override.yaml': service('over'),
      'dev.yaml': `${service('dev')}  tools: {image: x, profiles: [tools]}\n`,
      'sub/compose.yaml': service('inner'),
      'sub/.env': 'X=sub\nY=suby\n',
    }
    const cases = [
      '',
      'COMPOSE_FILE=compose.yaml\n',
      'COMPOSE_FILE=dev.yaml:compose.yaml\n',
      'COMPOSE_FILE=compose.yaml;dev.yaml\nCOMPOSE_PATH_SEPARATOR=;\nCOMPOSE_PROFILES=x, tools\n',
      'DIR=.\nCOMPOSE_FILE=$DIR/compose.yaml\nCOMPOSE_PROJECT_NAME=named\n',
      'X=root\nCOMPOSE_FILE=sub/compose.yaml:compose.yaml\n',
    ].map((env) => ({ name: env, files: { ...files, '.env': env } }))
    const theirs = await askAll(path, cases, ['config', '--format', 'json'])
    const facts = (name: string, images: ReadonlyMap<string, string>): string =>
      [name, ...[...images].map((pair) => pair.join('=')).sort()].join(' ')
    const wanted = theirs.map(({ printed }) => {
      const { name, services } = JSON.parse(printed) as {
        name: string
        services: Record<string, { image: string }>
      }
      return facts(name, new Map(Object.entries(services).map(([key, { image }]) => [key, image])))
    })
    const got = await Promise.all(
      cases.map(async (one) => {
        const doc = sourceDocument(one.files['compose.yaml'], 'compose', 'file:///srv/shop/compose.yaml')
        const context = languageContext(memoryHost(one.files, 'file:///srv/shop'))
        const { project } = await projectOf(doc, context)
        const enabled = [...project.services.values()].filter((service) => service.enabled)
        return facts(
          project.environment.get('COMPOSE_PROJECT_NAME')?.value ?? '',
          new Map(enabled.map(({ name, value }) => [name, stringOf(get(value, 'image')) ?? ''])),
        )
      }),
    )
    expect(got).toEqual(wanted)
  })

  test('accepts exactly the hand-written files in which we find no error', { timeout: 300_000 }, async () => {
    const verdicts = await askAll(path, composeTexts)
    expect(apart(composeTexts, verdicts)).toEqual([])
  })
})

describe.each(plugins.filter(({ version }) => version === '26'))('Compose of $name', ({ path }) => {
  test('refuses the keys that we say are newer', { timeout: 60_000 }, async () => {
    const schema = readFileSync('src/language/compose/schema-data.ts', 'utf8')
    const cases: ComposeCase[] = [
      { name: 'provider', files: { 'compose.yaml': 'services: {a: {provider: {type: x}}}\n' } },
      { name: 'models', files: { 'compose.yaml': 'services: {a: {image: x}}\nmodels: {m: {model: x}}\n' } },
      {
        name: 'provenance',
        files: { 'compose.yaml': 'services: {a: {build: {context: ., provenance: true}}}\n' },
      },
      {
        name: 'interface_name',
        files: { 'compose.yaml': 'services: {a: {image: x, networks: {default: {interface_name: e}}}}\n' },
      },
      {
        name: 'use_api_socket',
        files: { 'compose.yaml': 'services: {a: {image: x, use_api_socket: true}}\n' },
      },
    ]
    for (const { name } of cases) expect(schema).toContain(`"${name}"`)
    const verdicts = await askAll(path, cases)
    expect(verdicts.map(({ accepted }) => accepted)).toEqual(cases.map(() => false))
  })
})
