import { describe, expect, it } from 'vitest'
import { ask, completed, completions, labels } from './asked.ts'

describe('keys', () => {
  it('offers the sections at the top, without those that are there', async () => {
    const found = await labels(ask('services:\n  a:\n    image: x\n|'))
    expect(found).toContain('volumes')
    expect(found).toContain('include')
    expect(found).not.toContain('services')
  })

  it('offers the keys of a service by their place', async () => {
    const found = await labels(ask('services:\n  web:\n    image: x\n    |'))
    expect(found).toEqual(expect.arrayContaining(['ports', 'depends_on', 'develop', 'models', 'healthcheck']))
    expect(found).not.toContain('image')
    expect(found).not.toContain('services')
  })

  it('opens a mapping or list under the key, at the indentation of the file', async () => {
    expect(await completed(ask('services:\n    web:\n        hea|'), 'healthcheck')).toBe(
      'services:\n    web:\n        healthcheck:\n            ',
    )
    expect(await completed(ask('services:\n  web:\n    expo|'), 'expose')).toBe(
      'services:\n  web:\n    expose:\n      - ',
    )
    expect(await completed(ask('services:\n  web:\n    ima|'), 'image')).toBe(
      'services:\n  web:\n    image: ',
    )
  })

  it('knows the keys of list entries and of brackets', async () => {
    expect(await labels(ask('services:\n  a:\n    volumes:\n      - type: bind\n        |'))).toContain(
      'source',
    )
    expect(await labels(ask('services:\n  a:\n    build: { context: ., | }'))).toContain('target')
    expect(await labels(ask('services:\n  a:\n    ports:\n      - |'))).toContain('target')
  })

  it('completes in a fragment as where the fragment is used', async () => {
    const text = 'x-base: &base\n  |\nservices:\n  a:\n    <<: *base\n    image: x\n'
    expect(await labels(ask(text))).toContain('restart')
  })

  it('works while the file does not parse', async () => {
    expect(await labels(ask('services:\n  a:\n    image: "x\n    res|\n'))).toContain('restart')
    expect(await labels(ask('services: [\n  a:\n    image: x\n    res|\n'))).toBeDefined()
  })

  it('offers nothing in a comment', async () => {
    expect(await labels(ask('services: # x|'))).toEqual([])
  })
})

describe('values', () => {
  it('offers words of the schema and of use', async () => {
    expect(await labels(ask('services:\n  a:\n    depends_on:\n      b:\n        condition: |'))).toContain(
      'service_healthy',
    )
    expect(await labels(ask('services:\n  a:\n    restart: |'))).toContain('unless-stopped')
    expect(await labels(ask('services:\n  a:\n    read_only: |'))).toEqual(
      expect.arrayContaining(['true', 'false']),
    )
    expect(await labels(ask('services:\n  a:\n    cap_add: [|]'))).toContain('NET_ADMIN')
  })

  it('quotes a word that YAML would take for something else', async () => {
    expect(await completed(ask('services:\n  a:\n    restart: |'), 'no')).toContain('restart: "no"')
    expect(await completed(ask('services:\n  a:\n    restart: "|"'), 'no')).toContain('restart: "no"')
  })

  const project =
    'services:\n  web:\n    image: x\n    PLACE\n  db:\n    image: y\n    profiles: [debug]\nnetworks:\n  front:\nvolumes:\n  data:\nsecrets:\n  token:\n    file: t\n'
  it.each([
    ['depends_on: [|]', ['db']],
    ['depends_on:\n      |', ['db']],
    ['networks:\n      - |', ['front', 'default']],
    ['volumes:\n      - |', ['data']],
    ['secrets:\n      - |', ['token']],
    ['profiles: [|]', ['debug']],
    ['network_mode: |', ['service:db', 'host']],
    ['network_mode: service:|', ['db']],
    ['extends: |', ['db']],
  ])('offers the names that fit %j', async (place, expected) => {
    const found = await labels(ask(project.replace('PLACE', place)))
    expect(found).toEqual(expect.arrayContaining(expected))
    expect(found).not.toContain('web')
  })

  it('finishes a volume with its colon', async () => {
    expect(
      await completed(ask('services:\n  a:\n    volumes:\n      - |\nvolumes:\n  data:\n'), 'data'),
    ).toContain('- data:\n')
  })

  it('offers paths beside the file and in the build context', async () => {
    const files = { 'app/Dockerfile.dev': '', 'app/x.txt': '', 'dev.env': 'A=1', 'sub/compose.yaml': '' }
    expect(await labels(ask('services:\n  a:\n    build: |', files))).toEqual(
      expect.arrayContaining(['app/', 'sub/']),
    )
    expect(await labels(ask('services:\n  a:\n    env_file: |', files))).toContain('dev.env')
    expect(await labels(ask('include:\n  - sub/|', files))).toEqual(['compose.yaml'])
    expect(await labels(ask('services:\n  a:\n    volumes:\n      - ./|', files))).toContain('app/')
    expect(
      await labels(ask('services:\n  a:\n    build:\n      context: app\n      dockerfile: |', files)),
    ).toContain('Dockerfile.dev')
  })

  it('offers stages, arguments and ports of the Dockerfile', async () => {
    const files = { Dockerfile: 'FROM a AS base\nARG VERSION=1\nFROM base AS dev\nEXPOSE 3000\n' }
    const text = (place: string) => `services:\n  a:\n    build:\n      context: .\n      ${place}\n`
    expect(await labels(ask(text('target: |'), files))).toEqual(expect.arrayContaining(['base', 'dev']))
    expect(await labels(ask(text('args:\n        |'), files))).toContain('VERSION')
    expect(await labels(ask('services:\n  a:\n    build: .\n    ports:\n      - |\n', files))).toContain(
      '3000:3000',
    )
  })

  it('offers variables with their values, secrets masked', async () => {
    const asked = ask('services:\n  a:\n    image: x:${|}\n', { '.env': 'TAG=1.2\nDB_PASSWORD=hunter2\n' })
    const found = await completions(asked)
    expect(found.find(({ label }) => label === 'TAG')?.detail).toBe('1.2')
    expect(found.find(({ label }) => label === 'DB_PASSWORD')?.detail).not.toContain('hunter2')
    expect(
      await completed(ask('services:\n  a:\n    image: x:${T|\n', { '.env': 'TAG=1.2\n' }), 'TAG'),
    ).toContain('${TAG}')
    expect(await labels(ask('services:\n  a:\n    command: echo $$|\n', { '.env': 'TAG=1.2\n' }))).toEqual([])
  })

  it('offers local images', async () => {
    const image = { name: 'nginx:1.27', id: 'x', size: 1, created: 0 }
    const asked = ask(
      'services:\n  a:\n    image: ng|\n',
      {},
      { host: { images: () => Promise.resolve([image]) } },
    )
    expect((await labels(asked)).join()).toContain('nginx')
  })

  it('offers the services of the file that is extended', async () => {
    const files = { 'base.yaml': 'services:\n  base:\n    image: x\n  a:\n    image: y\n' }
    const text =
      'services:\n  b:\n    image: x\n  a:\n    extends:\n      file: base.yaml\n      service: |\n'
    expect(await labels(ask(text, files))).toEqual(['base', 'a'])
    expect(await labels(ask(text.replace('file: base.yaml', '# none'), files))).toEqual(['b'])
  })

  it('offers in an entry of a list that is a mapping the keys alone', async () => {
    const found = await labels(
      ask('services:\n  a:\n    volumes:\n      - type: bind\n        |\nvolumes:\n  data:\n'),
    )
    expect(found).toContain('source')
    expect(found).not.toContain('data')
  })

  it('offers folders and services as further contexts of a build, and no true or false', async () => {
    const text = 'services:\n  b:\n    build: .\n  a:\n    build:\n      additional_contexts:\n        x: |\n'
    expect(await labels(ask(text, { 'src/a.js': '' }))).toEqual(['service:b', 'src/'])
    expect(await labels(ask('services:\n  a:\n    labels:\n      x: |\n'))).toEqual([])
    expect(await labels(ask('services:\n  a:\n    tty: |\n'))).toEqual(['true', 'false'])
  })

  it('offers variables for what takes the name of one, and the usual keys where any may stand', async () => {
    const env = { '.env': 'TOKEN=1\n' }
    expect(await labels(ask('secrets:\n  s:\n    environment: |\n', env))).toEqual(['TOKEN'])
    expect(await labels(ask('services:\n  a:\n    logging:\n      options:\n        |\n'))).toContain(
      'max-size',
    )
    expect(await labels(ask('volumes:\n  v:\n    driver_opts:\n      |\n'))).toEqual(['type', 'o', 'device'])
  })

  it('offers the modes of a mount behind its second colon', async () => {
    const text = 'services:\n  a:\n    volumes:\n      - "data:/x:|"\n'
    expect(await labels(ask(text))).toEqual(['ro', 'rw', 'z', 'Z', 'nocopy', 'cached'])
    expect(await completed(ask(text.replace(':|', ':ro,|')), 'z')).toBe(text.replace(':|', ':ro,z'))
    expect(await labels(ask(text.replace(':|', '|')))).toEqual([])
  })

  it('offers anchors behind a star', async () => {
    expect(await labels(ask('x-a: &one\n  restart: always\nservices:\n  a:\n    <<: *|\n'))).toEqual(['*one'])
  })
})

describe('half-typed places', () => {
  it('puts the space between a dash or a colon and what is taken', async () => {
    const networks = 'networks:\n  front:\n'
    expect(await completed(ask(`services:\n  a:\n    networks:\n      -|\n${networks}`), 'front')).toBe(
      `services:\n  a:\n    networks:\n      - front\n${networks}`,
    )
    expect(await completed(ask('services:\n  a:\n    restart:|\n'), 'always')).toBe(
      'services:\n  a:\n    restart: always\n',
    )
    expect(await labels(ask('services:\n  a:\n    restart:| always\n'))).toEqual([])
    const joined = 'services:\n  b:\n    image: x\n  a:\n    network_mode: service:|\n'
    expect(await completed(ask(joined), 'b')).toBe(joined.replace('|', 'b'))
  })

  it('offers nothing in place of a variable whose default is being typed', async () => {
    expect(await labels(ask('services:\n  a:\n    tty: ${TTY:|}\n'))).toEqual([])
    expect(await labels(ask('services:\n  a:\n    tty: ${TTY:-|\n'))).toEqual([])
    expect(await labels(ask('services:\n  a:\n    tty: ${TTY:-x}|\n'))).not.toEqual([])
  })

  it('offers a command for the health of a known image, whatever registry it comes from', async () => {
    const found = await labels(
      ask('services:\n  a:\n    image: localhost:5000/team/postgres:16\n    healthcheck:\n      test: |\n'),
    )
    expect(found).toEqual(['["CMD-SHELL", "pg_isready -U $${POSTGRES_USER:-postgres}"]'])
  })

  it('offers a whole service where the next one starts', async () => {
    expect(await completed(ask('services:\n  a:\n    image: x\n  |\n'), 'A service')).toBe(
      'services:\n  a:\n    image: x\n  ${1:app}:\n    image: ${2:nginx:1.27}$0\n',
    )
  })
})

describe('tags', () => {
  const service = 'services:\n  a:\n    image: x\n'

  it('offers !reset and !override, with what they do, once a tag is begun before the value of a key', async () => {
    const items = await completions(ask(`${service}    ports: !|\n`))
    expect(items.map(({ label }) => label)).toEqual(['!reset', '!override'])
    expect(items[0]?.documentation).toContain('Takes the value away')
    expect(items[1]?.documentation).toContain('nothing is merged')
    expect(await labels(ask(`${service}    command: !re|\n`))).toContain('!reset')
    expect(await labels(ask(`${service}    ports: |\n`))).not.toContain('!reset')
    expect(await labels(ask(`${service}    volumes:\n      |\n`))).not.toContain('!reset')
  })

  it('offers them only where the value of a key can be cleared', async () => {
    expect(await labels(ask(`${service}    restart: !|\n`))).toEqual(['!reset'])
    expect(await labels(ask(`${service}    ports:\n      - !|\n`))).toEqual([])
    expect(await labels(ask(`${service}    ports: [!|]\n`))).toEqual([])
    expect(await labels(ask(`${service}    command: "!|"\n`))).toEqual([])
    expect(await labels(ask('x-a: !|\n'))).toEqual([])
  })

  it.each([
    ['ports: !|', '!reset', 'ports: !reset []'],
    ['environment: !|', '!reset', 'environment: !reset null'],
    ['ports: !|', '!override', 'ports: !override\n      - '],
    ['environment: !|', '!override', 'environment: !override\n      '],
    ['ports: !ov|\n      - "80:80"', '!override', 'ports: !override\n      - "80:80"'],
    ['ports: !ov|\n    - "80:80"', '!override', 'ports: !override\n    - "80:80"'],
    ['ports: !| ["80:80"]', '!override', 'ports: !override ["80:80"]'],
    ['build: {args: !|}', '!override', 'build: {args: !override}'],
  ])('writes %s with %s as %s', async (marked, label, expected) =>
    expect(await completed(ask(`${service}    ${marked}\n`), label)).toBe(`${service}    ${expected}\n`),
  )
})

describe('what belongs to a place', () => {
  it('offers the fragments in a list of merges, and as an entry of a list', async () => {
    expect(await labels(ask('x-a: &one {image: x}\nservices:\n  a:\n    <<: [*|]\n'))).toEqual(['*one'])
    expect(await labels(ask('x-a: &one A=b\nservices:\n  a:\n    environment:\n      - *|\n'))).toEqual([
      '*one',
    ])
  })

  it('offers the files first that are meant, and no file to take in itself', async () => {
    const files = { '.env': '', 'a.txt': '', 'other.yaml': '', 'web.env': '' }
    const sorted = async (marked: string): Promise<readonly string[]> =>
      [...(await completions(ask(marked, files)))]
        .filter(({ kind }) => kind === 'file')
        .sort((a, b) => ((a.sort ?? '') < (b.sort ?? '') ? -1 : 1))
        .map(({ label }) => label)
    expect(await sorted('services:\n  a:\n    env_file: |\n')).toEqual([
      '.env',
      'web.env',
      'a.txt',
      'compose.yaml',
      'other.yaml',
    ])
    expect(await sorted('include:\n  - |\n')).toEqual(['other.yaml', '.env', 'a.txt', 'web.env'])
    expect(await sorted('services:\n  a:\n    extends:\n      file: |\n')).not.toContain('compose.yaml')
  })

  it.each([
    ['tmpfs: |', '/tmp'],
    ['deploy:\n      placement:\n        constraints: [|]', 'node.role==manager'],
    ['build:\n      cache_to:\n        - |', 'type=inline'],
    ['storage_opt:\n      |', 'size'],
  ])('offers usual words at %s', async (marked, label) =>
    expect(await labels(ask(`services:\n  a:\n    ${marked}\n`))).toContain(label),
  )
})
