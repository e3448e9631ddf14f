import { describe, expect, it } from 'vitest'
import { composeProvider } from '../../../../src/language/compose/provider.ts'
import { applyEdits } from '../../../../src/shared/text-range.ts'
import { ask, home, shown } from './asked.ts'

const files = {
  'compose.yaml':
    'include: [sub/extra.yaml]\nservices:\n  web:\n    image: x:${TAG}\n    depends_on: [db]\n    networks: [front]\n  db:\n    image: y\n    volumes: ["data:/data"]\nnetworks:\n  front:\nvolumes:\n  data:\n',
  'compose.override.yaml':
    'services:\n  db:\n    image: y:2\n    links: ["web:w"]\n  job:\n    image: j\n    depends_on:\n      extra:\n        condition: service_started\n',
  'sub/extra.yaml':
    'services:\n  extra:\n    image: e\n    extends:\n      file: ../base.yaml\n      service: base\n',
  'base.yaml': 'services:\n  base:\n    image: b\n  db:\n    image: other\n',
  '.env': 'TAG=1\nOTHER=${TAG}\n',
}

async function definition(name: keyof typeof files, find: string): Promise<readonly string[]> {
  const { doc, context } = ask(files[name], files, { name })
  const offset = files[name].indexOf(find) + 1
  return shown((await composeProvider.definition?.(doc, offset, context)) ?? [], files)
}

async function references(name: keyof typeof files, find: string): Promise<readonly string[]> {
  const { doc, context } = ask(files[name], files, { name })
  const offset = files[name].indexOf(find) + 1
  return shown((await composeProvider.references?.(doc, offset, true, context)) ?? [], files)
}

async function renamed(
  name: keyof typeof files,
  find: string,
  newName: string,
): Promise<Record<string, string>> {
  const { doc, context } = ask(files[name], files, { name })
  const result = await composeProvider.rename?.(doc, files[name].indexOf(find) + 1, newName, context)
  if (result === undefined || 'refused' in result) throw new Error(result?.refused ?? 'nothing to rename')
  return Object.fromEntries(
    Object.entries(result.edits).map(([uri, edits]) => {
      const file = uri.slice(home.length + 1) as keyof typeof files
      return [file, applyEdits(files[file], edits)]
    }),
  )
}

describe('definition', () => {
  it.each([
    'services:\n  a:\n    image: x\n    environment: [TA|G]\n',
    'services:\n  a:\n    image: x\n    environment:\n      TA|G:\n',
    'services:\n  a:\n    build: {context: ., args: [TA|G]}\n',
    'services:\n  a:\n    image: x\nsecrets:\n  s: {environment: TA|G}\n',
  ])('goes to where a variable is set that is taken over by its name: %j', async (text) => {
    const env = { '.env': files['.env'] }
    const find = async (marked: string): Promise<readonly string[]> => {
      const { doc, offset, context } = ask(marked, env)
      return shown((await composeProvider.definition?.(doc, offset, context)) ?? [], env)
    }
    expect(await find(text)).toEqual(['.env:1:TAG'])
    expect(await find(text.replace('TA|G', 'NO|NE'))).toEqual([])
  })

  it.each([
    ['target: prod', 8, 'app/Dockerfile:4:prod'],
    ['target: "0"', 9, 'app/Dockerfile:1:a'],
    ['TAG: 1', 0, 'app/Dockerfile:2:TAG'],
    ['REV=2', 1, 'app/Dockerfile:5:REV'],
    ['GONE: 1', 0, undefined],
  ])('goes from %s of a build into its Dockerfile', async (find, add, place) => {
    const built = {
      'compose.yaml':
        'services:\n  a: {build: {context: app, target: prod, args: {TAG: 1, GONE: 1}}}\n  b: {build: {context: app, target: "0", args: [REV=2]}}\n',
      'app/Dockerfile': 'FROM a\nARG TAG\n\nFROM b AS prod\nARG X REV=1\n',
    }
    const { doc, context } = ask(built['compose.yaml'], built)
    const found = await composeProvider.definition?.(doc, doc.text.indexOf(find) + add, context)
    expect(shown(found ?? [], built)).toEqual(place === undefined ? [] : [place])
  })

  it('goes from a use to the declaration', async () => {
    expect(await definition('compose.yaml', 'front]')).toEqual(['compose.yaml:11:front'])
    expect(await definition('compose.yaml', 'data:/data')).toEqual(['compose.yaml:13:data'])
  })
  it('goes to every file that declares a service', async () => {
    expect(await definition('compose.yaml', 'db]')).toEqual([
      'compose.yaml:7:db',
      'compose.override.yaml:2:db',
    ])
  })
  it('goes to included files', async () => {
    expect(await definition('compose.override.yaml', 'extra')).toEqual(['sub/extra.yaml:2:extra'])
  })
  it('goes to the extended service in the file that is named', async () => {
    expect(await definition('sub/extra.yaml', 'base\n')).toEqual(['base.yaml:2:base'])
  })
  it('goes from a variable to its line in .env', async () => {
    expect(await definition('compose.yaml', 'TAG')).toEqual(['.env:1:TAG'])
  })
  it('goes to a file that is named', async () => {
    expect(await definition('compose.yaml', 'sub/extra')).toEqual(['sub/extra.yaml:1:'])
  })
})

describe('references', () => {
  it('finds the uses in all files of the project, not those of the same name elsewhere', async () => {
    expect(await references('compose.yaml', 'db:')).toEqual([
      'compose.yaml:5:db',
      'compose.yaml:7:db',
      'compose.override.yaml:2:db',
    ])
    expect(await references('compose.yaml', 'web:')).toEqual([
      'compose.yaml:3:web',
      'compose.override.yaml:4:web',
    ])
  })
  it('finds the services that extend one', async () => {
    const places = ['base.yaml:2:base', 'sub/extra.yaml:6:base']
    expect(await references('sub/extra.yaml', 'base\n')).toEqual(places)
    expect(await references('base.yaml', 'base:')).toEqual(places)
  })
})

describe('rename', () => {
  it('renames a service in every file of the project', async () => {
    const result = await renamed('compose.yaml', 'web:', 'front-end')
    expect(result['compose.yaml']).toContain('  front-end:\n')
    expect(result['compose.override.yaml']).toContain('links: ["front-end:w"]')
    expect(Object.keys(result)).toEqual(['compose.yaml', 'compose.override.yaml'])
  })
  it('renames a service from the file that another project reads', async () => {
    const extended = await renamed('base.yaml', 'base:', 'common')
    expect(extended['base.yaml']).toContain('  common:\n')
    expect(extended['sub/extra.yaml']).toContain('service: common\n')
    expect(Object.keys(extended).sort()).toEqual(['base.yaml', 'sub/extra.yaml'])
    const included = await renamed('sub/extra.yaml', 'extra:', 'more')
    expect(included['sub/extra.yaml']).toContain('  more:\n')
    expect(included['compose.override.yaml']).toContain('      more:\n')
    expect(Object.keys(included).sort()).toEqual(['compose.override.yaml', 'sub/extra.yaml'])
    // A name of the project that is not its own.
    const other = await renamed('base.yaml', 'db:', 'store')
    expect(Object.keys(other)).toEqual(['base.yaml'])
  })
  it('renames a volume in the services that are taken over from other files, where it means the same', async () => {
    const main = (file: string): string =>
      `services:\n  web:\n    extends: {file: ${file}, service: base}\nvolumes:\n  data:\n`
    const base = 'services:\n  base:\n    image: x\n    volumes: ["data:/q"]\n'
    const beside = { 'base.yaml': base, 'own.yaml': `${base}volumes:\n  data:\n` }
    const rename = async (text: string): Promise<readonly string[]> => {
      const { doc, context } = ask(text, beside)
      const result = await composeProvider.rename?.(doc, text.indexOf('data') + 1, 'store', context)
      return Object.keys(result !== undefined && 'edits' in result ? result.edits : {}).sort()
    }
    expect(await rename(main('base.yaml'))).toEqual([`${home}/base.yaml`, `${home}/compose.yaml`])
    expect(await rename(main('own.yaml'))).toEqual([`${home}/compose.yaml`])
  })

  it('renames a service in the services that are taken over from other files, where it is this one', async () => {
    const main = (file: string): string =>
      `services:\n  web:\n    extends: {file: ${file}, service: base}\n  db:\n    image: y\n`
    const base = 'services:\n  base:\n    image: x\n    depends_on: [db]\n'
    const beside = { 'base.yaml': base, 'own.yaml': `${base}  db:\n    image: z\n` }
    const rename = async (text: string): Promise<readonly string[]> => {
      const { doc, context } = ask(text, beside)
      const result = await composeProvider.rename?.(doc, text.indexOf('db') + 1, 'store', context)
      return Object.keys(result !== undefined && 'edits' in result ? result.edits : {}).sort()
    }
    expect(await rename(main('base.yaml'))).toEqual([`${home}/base.yaml`, `${home}/compose.yaml`])
    expect(await rename(main('own.yaml'))).toEqual([`${home}/compose.yaml`])
  })

  it('renames a variable in .env too', async () => {
    const result = await renamed('compose.yaml', 'TAG', 'VERSION')
    expect(result['compose.yaml']).toContain('x:${VERSION}')
    expect(result['.env']).toContain('VERSION=1')
  })
  it('renames an anchor with its aliases', async () => {
    const text = 'x-a: &one { restart: always }\nservices:\n  a:\n    <<: *one\n    image: x\n'
    const { doc, context } = ask(text)
    const result = await composeProvider.rename?.(doc, text.indexOf('*one') + 2, 'two', context)
    expect(result !== undefined && 'edits' in result && applyEdits(text, result.edits[doc.uri] ?? [])).toBe(
      text.replaceAll('one', 'two'),
    )
  })
  it('refuses a name that is taken or bad', async () => {
    const { doc, context } = ask(files['compose.yaml'], files)
    const offset = files['compose.yaml'].indexOf('web:') + 1
    expect(await composeProvider.rename?.(doc, offset, 'db', context)).toHaveProperty('refused')
    expect(await composeProvider.rename?.(doc, offset, 'a b', context)).toHaveProperty('refused')
  })
})

describe('highlights and links', () => {
  it('marks a name where it is declared and used', async () => {
    const { doc, context } = ask(files['compose.yaml'], files)
    const found = await composeProvider.highlights?.(
      doc,
      files['compose.yaml'].indexOf('front]') + 1,
      context,
    )
    expect(found?.map(({ kind }) => kind)).toEqual(['read', 'write'])
  })
  it('links files that exist, and images to their pages', async () => {
    const text =
      'include: [sub/extra.yaml, missing.yaml]\nservices:\n  a:\n    image: nginx:1\n    env_file: .env\n    build: ./app\n'
    const { doc, context } = ask(text, { ...files, 'app/Dockerfile': 'FROM scratch\n' })
    const links = (await composeProvider.links?.(doc, context)) ?? []
    expect(
      links.map(({ range, target }) => [text.slice(range.start, range.end), target.replace(home, '')]),
    ).toEqual([
      ['sub/extra.yaml', '/sub/extra.yaml'],
      ['nginx:1', 'https://hub.docker.com/_/nginx'],
      ['.env', '/.env'],
      ['./app', '/app/Dockerfile'],
    ])
  })
})
