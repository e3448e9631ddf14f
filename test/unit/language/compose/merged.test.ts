import { describe, expect, it } from 'vitest'
import { mergedProject } from '../../../../src/language/compose/features/merged-project.ts'
import { printMerged } from '../../../../src/language/compose/features/merged.ts'
import { readYaml } from '../../../../src/language/compose/yaml/read.ts'
import type { MergedProject } from '../../../../src/language/protocol.ts'
import { ask, home } from './asked.ts'
import { composeDoc } from './compose-doc.ts'

async function merged(
  text: string,
  files: Readonly<Record<string, string>>,
  { secrets = false, also = [] as readonly string[] } = {},
): Promise<MergedProject> {
  const { doc, context } = ask(text, files, { whole: true })
  const uris = [doc.uri, ...also.map((name) => `${home}/${name}`)]
  const found = await mergedProject(uris, secrets, context)
  if (found === undefined) throw new Error('it can be read')
  expect(readYaml(found.text).problems).toEqual([])
  return found
}

describe('the merged project', () => {
  it('prints what counts, with the file and line of each value, secrets masked', () => {
    const doc = composeDoc(
      'services:\n  a:\n    image: x:${TAG}\n    environment:\n      DB_PASSWORD: hunter2\n',
      {
        'compose.override.yaml': 'services:\n  a:\n    ports: ["80:80"]\n',
        '.env': 'TAG=2\n',
      },
    )
    const printed = printMerged(doc.project, { origins: true, maskSecrets: true })
    expect(printed).toContain('image: x:2 # compose.yaml:3')
    expect(printed).toContain('target: 80 # compose.override.yaml:3')
    expect(printed).not.toContain('hunter2')
    expect(readYaml(printed).problems).toEqual([])
  })

  it('masks what a secret variable puts into a value', async () => {
    const text = 'services:\n  a:\n    image: x\n    command: [serve, "${DB_PASSWORD}!"]\n'
    const env = { '.env': 'DB_PASSWORD=hunter2\n' }
    expect((await merged(text, env)).text).toContain('•••!')
    expect((await merged(text, env)).text).not.toContain('hunter2')
    expect((await merged(text, env, { secrets: true })).text).toContain('hunter2')
  })

  it('names where a value comes from: override, include, extends, env_file and shell', async () => {
    const { text, files } = await merged(
      [
        'include: [more/cache.yaml]',
        'services:',
        '  web:',
        '    extends: {file: base.yaml, service: base}',
        '    env_file: [web.env, {path: raw.env, format: raw}]',
        '    environment: [MODE=dev, USER, NOWHERE]',
        '',
      ].join('\n'),
      {
        'base.yaml': 'services:\n  base:\n    image: nginx:1\n    environment: {LEVEL: info}\n',
        'more/cache.yaml': 'services:\n  cache:\n    image: redis:7\n',
        'compose.override.yaml': 'services:\n  web:\n    environment: {LEVEL: debug}\n',
        'raw.env': 'JSON=\'{"a": ${B}}\'\n',
        'web.env': 'PORT=80\nLEVEL=none\nMODE=prod\n',
      },
    )
    const lines = text.split('\n').map((line) => line.trim())
    expect(lines).toContain('image: nginx:1 # base.yaml:3')
    expect(lines).toContain('image: redis:7 # more/cache.yaml:3')
    expect(lines).toContain('PORT: "80" # web.env:1')
    expect(lines).toContain('LEVEL: debug # compose.override.yaml:3')
    expect(lines).toContain('MODE: dev # compose.yaml:6')
    expect(lines).toContain(`JSON: "'{\\"a\\": ${'$'}{B}}'" # raw.env:1`)
    expect(lines).toContain('USER: user # compose.yaml:6')
    expect(lines).toContain('NOWHERE: null # compose.yaml:6 (not set)')
    expect(Object.keys(files)).toContain('more/cache.yaml')
  })

  it('has the labels of a file, those of the service over them', async () => {
    const { text, files } = await merged(
      'services:\n  a:\n    image: x\n    label_file: [one, two]\n    labels: [C=own, Z]\n',
      { one: 'A=1\nB=two\n', two: 'B=three\nC=$A\nD\n' },
    )
    const lines = text.split('\n').map((line) => line.trim())
    const labels = lines.slice(lines.indexOf('labels:') + 1)
    expect(labels.slice(0, 4)).toEqual([
      'A: "1" # one:1',
      'B: three # two:1',
      'C: own # compose.yaml:5',
      'Z: "" # compose.yaml:5',
    ])
    expect(Object.keys(files)).toEqual(['compose.yaml', 'one', 'two'])
  })

  it('hides secrets until they are asked for, also in addresses and env files', async () => {
    const text =
      'services:\n  a:\n    image: x\n    env_file: a.env\n    environment: {URL: "postgres://u:pw123@db/x"}\n'
    const files = { 'a.env': 'API_TOKEN=abc123\n' }
    const hiding = await merged(text, files)
    expect(hiding.hidden).toBe(2)
    expect(hiding.text).not.toMatch(/pw123|abc123/)
    expect(hiding.text).toContain('# Secrets are hidden.')
    const open = await merged(text, files, { secrets: true })
    expect(open.text).toContain('API_TOKEN: abc123 # a.env:1')
    expect(open.text).toContain('postgres://u:pw123@db/x')
  })

  it('reads the paths of files in other folders from the folder of the project, and says what short mounts mean', async () => {
    const { text } = await merged(
      'include: [more/cache.yaml]\nservices:\n  web:\n    extends: {file: base/base.yaml, service: base}\n    volumes: ["./own:/own"]\n',
      {
        'base/base.yaml':
          'services:\n  base:\n    build: .\n    env_file: web.env\n    volumes: ["./src:/src:ro,z", "../up:/up", "/abs:/abs", "~/h:/h"]\n',
        'base/web.env': 'A=1\n',
        'more/cache.yaml':
          'services:\n  cache:\n    image: redis:7\n    secrets: [key]\nsecrets:\n  key:\n    file: key.txt\n',
      },
    )
    const lines = text.split('\n').map((line) => line.trim().replace(/ #.*/, ''))
    expect(lines).toEqual(
      expect.arrayContaining([
        'context: ./base',
        '- path: ./base/web.env',
        'source: ./own',
        'source: ./base/src',
        'source: ./up',
        'source: /abs',
        'source: ~/h',
        'file: ./more/key.txt',
        'selinux: z',
        'create_host_path: true',
      ]),
    )
  })

  it('takes variables without a value from the files of the included project, and keeps long numbers', async () => {
    const { text } = await merged(
      'include:\n  - {path: sub/b.yaml, env_file: more.env}\nservices:\n  a:\n    image: x\n    environment: [V]\n',
      {
        'more.env': 'V=inner\n',
        'sub/b.yaml':
          'services:\n  b:\n    image: x\n    environment: [V]\n    labels: {count: 9223372036854775807}\n',
      },
    )
    const lines = text.split('\n').map((line) => line.trim())
    expect(lines).toContain('V: inner # more.env:1')
    expect(lines).toContain('V: null # compose.yaml:6 (not set)')
    expect(lines).toContain('count: 9223372036854775807 # sub/b.yaml:5')
  })

  it('takes the last of the words that say how a volume is mounted', async () => {
    const { text } = await merged(
      'services:\n  a:\n    image: x\n    volumes: ["data:/a:ro,rw", "data:/b:rw,ro"]\nvolumes: {data: }\n',
      {},
    )
    expect(text.split('\n').filter((line) => /target|read_only/.test(line))).toHaveLength(3)
    expect(text).toMatch(/target: \/b #.*\n +read_only: true/)
  })

  it('takes the files that were named, in their order, and says what the engine refuses', async () => {
    const { text } = await merged(
      'services:\n  a:\n    image: x\n    networks: [front]\n',
      {
        'compose.override.yaml': 'services:\n  a:\n    tty: true\n',
        'two.yaml': 'services:\n  a:\n    image: "y#1"\n',
      },
      { also: ['two.yaml'] },
    )
    expect(text).toContain('image: y#1 # two.yaml:3')
    expect(text).not.toContain('tty')
    expect(text).toMatch(/^# {3}compose\.yaml:4 The network `front` is not declared\.$/m)
  })

  it('keeps a file name from ending its comment', async () => {
    const { doc, context } = ask('services:\n  a:\n    image: x\n    env_file: "a\\nb.env"\n', {
      'a%0Ab.env': 'A=1\n',
    })
    const found = await mergedProject([doc.uri], false, context)
    expect(readYaml(found?.text ?? '').problems).toEqual([])
  })

  it.each([
    ['compose.yaml', ['base']],
    ['dev.yaml:compose.yaml', ['base', 'dev']],
    ['', ['base', 'over']],
  ])('is of the files that COMPOSE_FILE=%s lists, also beside an override', async (list, services) => {
    const files = {
      '.env': `COMPOSE_FILE=${list}\n`,
      'compose.override.yaml': 'services: {over: {image: x}}\n',
      'dev.yaml': 'services: {dev: {image: x}}\n',
    }
    const { text } = await merged('services: {base: {image: x}}\n', files)
    expect([...text.matchAll(/^  (\w+): #/gm)].map(([, name]) => name).sort()).toEqual(services)
  })

  it('has the variables of the folder that lists its files, then those beside the first of them', async () => {
    const { doc, context } = ask(
      'services: {dev: {image: "d:${X}${Y}"}}\n',
      {
        '.env': 'X=root\nCOMPOSE_FILE=sub/compose.yaml:sub/dev.yaml\n',
        'sub/.env': 'X=sub\nY=suby\n',
        'sub/compose.yaml': 'services: {base: {image: "x:${X}${Y}"}}\n',
      },
      { name: 'sub/dev.yaml' },
    )
    const found = await mergedProject([`${home}/sub/compose.yaml`, doc.uri], false, context)
    expect(found?.text).toContain('name: sub\n')
    expect(found?.text).toContain('image: x:rootsuby')
    expect(found?.text).toContain('image: d:rootsuby')
  })
})
