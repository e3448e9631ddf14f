import { describe, expect, it } from 'vitest'
import { composeProvider } from '../../../../src/language/compose/provider.ts'
import type { Diagnostic } from '../../../../src/language/answers.ts'
import { quickFixes } from '../../../../src/language/service.ts'
import { defaultSettings } from '../../../../src/language/settings.ts'
import { applyEdits } from '../../../../src/shared/text-range.ts'
import { ask, type Asked } from './asked.ts'
import { unmark } from './compose-doc.ts'

async function found(asked: Asked): Promise<readonly Diagnostic[]> {
  return (await composeProvider.diagnostics?.(asked.doc, asked.context)) ?? []
}

/** `code «place»` of each error. */
async function errors(
  text: string,
  files: Readonly<Record<string, string>> = {},
  name = 'compose.yaml',
): Promise<readonly string[]> {
  const asked = ask(text, files, { name })
  return (await found(asked))
    .filter(({ severity }) => severity === 'error')
    .map(({ rule, range }) => `${rule} «${asked.doc.text.slice(range.start, range.end)}»`)
}

/** The text after the change with this title. */
async function fixed(
  text: string,
  title: string,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  const fixes = (await found(ask(text, files))).flatMap(({ fix, suggestions = [] }) =>
    fix === undefined ? suggestions : [fix, ...suggestions],
  )
  const fix = fixes.find((each) => each.title === title)
  if (fix === undefined) throw new Error(`no ${title} in ${fixes.map((each) => each.title).join('; ')}`)
  return applyEdits(text, fix.edits)
}

const service = 'services:\n  a:\n    image: x:1\n'

describe('errors lie where they were made', () => {
  it.each([
    ['services:\n  «a»:\n    ports: ["80:80"]\n', 'no-source'],
    [`${service}    networks: [«front»]\n`, 'undefined-network'],
    [`${service}    volumes: [«data:/x»]\n`, 'undefined-volume'],
    [`${service}    secrets: [«token»]\n`, 'undefined-secret'],
    [`${service}    configs:\n      - source: «conf»\n`, 'undefined-config'],
    [`${service}    models: [«chat»]\n`, 'undefined-model'],
    [`${service}    depends_on: [«b»]\n`, 'undefined-service'],
    [`${service}    network_mode: «service:b»\n`, 'undefined-service'],
    [`${service}    depends_on: [«a»]\n`, 'dependency-cycle'],
    [`${service}    «network_mode»: host\n    networks: [default]\n`, 'network-mode-and-networks'],
    [`${service}    network_mode: ""\n    networks: [«default»]\n`, 'undefined-network'],
    [`${service}    healthcheck:\n      test: [«curl», x]\n`, 'healthcheck-form'],
    [`${service}    stop_grace_period: «10»\n`, 'wrong-type'],
    [`${service}    stop_grace_period: «"10"»\n`, 'bad-duration'],
    [`${service}    mem_limit: «5q»\n`, 'bad-size'],
    [`${service}    ports: [«"80:99999"»]\n`, 'bad-port'],
    [`${service}    volumes: [«"aa:bb:cc:dd"»]\n`, 'bad-volume'],
    [`${service}    tmpfs: [/x]\n    volumes: [«"./a:/x"»]\n`, 'mount-twice'],
    [`${service}    «portz»: []\n`, 'unknown-key'],
    [`${service}    environment:\n      A: [«»x]\n`.replace('[«»x]', '«[x]»'), 'wrong-type'],
    [`${service}    hostname: "x-«\${»"\n`, 'interpolation'],
    [`${service}    hostname: «\${A:?please}»\n`, 'required-variable'],
    [`${service}    scale: «\${A:-x}»\n`, 'cast'],
    [`${service}    extends: «nobody»\n`, 'extends'],
    [`${service}    env_file: «missing.env»\n`, 'env-file-missing'],
    [`${service}    restart: x\n    «restart»: y\n`, 'duplicate-key'],
    [`include: [«missing.yaml»]\n${service}`, 'include'],
    [`${service}volumes:\n  v:\n    external: true\n    «driver»: x\n`, 'external-with-others'],
    [`${service}secrets:\n  «s»: {}\n`, 'file-object'],
    [`${service}    labels:\n      a: «2024-01-01»\n`, 'wrong-type'],
    [`${service}  «1»:\n    image: y\n`, 'non-string-key'],
    [
      `${service}    depends_on:\n      b:\n        condition: «service_up»\n  b:\n    image: y\n`,
      'not-one-of',
    ],
    [`${service}    develop:\n      watch:\n        - «path: x»\n          action: sync\n`, 'watch-target'],
    ['services:\n  a:\n    image: «"x»\n', 'yaml-syntax'],
  ])('%j', async (marked, code) => {
    const { text, ranges } = unmark(marked)
    expect(await errors(text)).toEqual(ranges.map(({ start, end }) => `${code} «${text.slice(start, end)}»`))
  })
})

describe('what was meant is said, and one change writes it', () => {
  it.each([
    [`${service}    «por»\n    tty: true\n`, 'A colon must follow `por`.', '    por:\n    tty: true\n'],
    [`${service}    «ports»\n    - 80\n`, 'A colon must follow `ports`.', '    ports:\n    - 80\n'],
    [`${service}  «db»\n    image: y\n`, 'A colon must follow `db`.', '  db:\n    image: y\n'],
    [
      `${service}    environment:\n      «A»\n      B: c\n`,
      'A colon must follow `A`.',
      '    environment:\n      A:\n      B: c\n',
    ],
    [`${service}    «tty:true»\n`, 'A space must stand between `tty:` and its value.', '    tty: true\n'],
    [
      `${service}    build:\n      «context:.»\n      target: x\n`,
      'A space must stand between `context:` and its value.',
      '    build:\n      context: .\n      target: x\n',
    ],
    [`${service}volumes:\n  «v»\n`, 'A colon must follow `v`.', 'volumes:\n  v:\n'],
    [`${service}volumes:\n  «- v»\n  - w\n`, 'This must be a mapping, not a list.', 'volumes:\n  v:\n  w:\n'],
    [
      `${service}volumes:\n«- v»\n- w # c\n`,
      'This must be a mapping, not a list.',
      'volumes:\n  v:\n  w: # c\n',
    ],
    [
      `${service}    ports:\n      «-"80:80"»\n      -"81:81"\n`,
      'A space must follow the dash of a list entry.',
      '    ports:\n      - "80:80"\n      - "81:81"\n',
    ],
    [
      `${service}    environment:\n      - «A: b» # c\n`,
      'A list takes `A=b` here, not a mapping.',
      '    environment:\n      - A=b # c\n',
    ],
    [
      `${service}    environment:\n      «A=b»\n      C=d\n`,
      'This must be a mapping or a list, not a text.',
      '    environment:\n      - A=b\n      - C=d\n',
    ],
    [`${service}«\t\ttty: true # c»\n`, 'A tab cannot be used for indentation.', '    tty: true # c\n'],
    [`${service}    profiles: «dev» # c\n`, 'This must be a list, not a text.', '    profiles: [dev] # c\n'],
  ])('%j', async (marked, message, mended) => {
    const { text, ranges } = unmark(marked)
    const [error] = (await found(ask(text))).filter(({ severity }) => severity === 'error')
    expect([error?.message, error?.range]).toEqual([message, ranges[0]])
    expect(applyEdits(text, error?.suggestions?.[0]?.edits ?? [])).toBe(service + mended)
  })

  it.each([
    [`${service}    «replicas»: 2\n`, '`replicas` belongs under `deploy`.'],
    [`${service}    build: {«image»: x}\n`, '`image` belongs to the service itself, not under `build`.'],
    [
      `${service}    networks: {n: {«driver»: x}}\nnetworks: {n: }\n`,
      '`driver` belongs under `networks` at the top level of the file.',
    ],
    [`${service}«environment»: {A: b}\n`, '`environment` belongs to a service: under `services` and a name.'],
    [
      `${service}    «volumes_from_»: 1\n`,
      '`volumes_from_` is not allowed here. Did you mean `volumes_from`?',
    ],
    [`«web»:\n  image: x\n`, 'The service `web` belongs under `services`.'],
    [
      `${service}    command: echo\n      «tty»: true\n`,
      'This line is read as a part of the value above it: look at the indentation.',
    ],
    [
      `${service}    privileged: «\${P}»\n`,
      'This becomes empty: set the variable, or give it a default as in `${NAME:-…}`.',
    ],
    [`${service}    stop_grace_period: «""»\n`, 'This is empty: write a value, or leave the key out.'],
    ...['stop_grace_period: «"$P"»', 'mem_limit: «${P}»', 'ports: [«"$P"»]', 'extra_hosts: [«"$P"»]'].map(
      (line): [string, string] => [
        `${service}    ${line}\n`,
        'This becomes empty: set the variable, or give it a default as in `${NAME:-…}`.',
      ],
    ),
    [`${service}    volumes: [«"$SOCKET:/run/x"»]\n`, '`:/run/x` has nothing before its first colon.'],
    [`${service}    secrets: [«"$P"»]\n`, 'This names no secret.'],
    [
      `${service}    build: {context: ., ulimits: {nofile: {soft: 1, hard: «"2"»}}}\n`,
      '`2` must be a number without quotes.',
    ],
    [`${service}    gpus: [{capabilities: [gpu], count: «1e3»}]\n`, '`1000` must be a number or `all`.'],
    [
      `${service}    container_name: «a b»\n`,
      '`a b` is no name of a container: it takes two or more letters, digits, `_`, `.` and `-`.',
    ],
  ])('%j', async (marked, message) => {
    const { text, ranges } = unmark(marked)
    const all = (await found(ask(text))).filter(({ severity }) => severity === 'error')
    expect(all.map(({ message, range }) => [message, range])).toEqual([[message, ranges[0]]])
  })
})

describe('one project of several files', () => {
  it('is judged whole: the override may complete a service', async () => {
    const base = 'services:\n  a:\n    ports: ["80:80"]\n'
    const override = 'services:\n  a:\n    image: x:1\n'
    expect(await errors(base)).toEqual(['no-source «a»'])
    expect(await errors(base, { 'compose.override.yaml': override })).toEqual([])
    expect(await errors(override, { 'compose.yaml': base }, 'compose.override.yaml')).toEqual([])
  })

  it('takes a file such as compose.dev.yaml with the main file where it needs it', async () => {
    const dev = 'services:\n  a:\n    command: x\n    networks: [front]\n'
    const main = `${service}networks:\n  front:\n`
    expect(await errors(dev, { 'compose.yaml': main }, 'compose.dev.yaml')).toEqual([])
    expect(await errors(dev, {}, 'compose.dev.yaml')).toHaveLength(2)
    expect(
      await errors('services:\n  b:\n    image: y\n', { 'compose.yaml': main }, 'compose.dev.yaml'),
    ).toEqual([])
  })

  it('takes the files that COMPOSE_FILE lists', async () => {
    const part = 'services:\n  a:\n    command: x\n'
    const files = { '.env': 'COMPOSE_FILE=one.yaml:two.yaml\n', 'one.yaml': service }
    expect(await errors(part, files, 'two.yaml')).toEqual([])
    const above = { '.env': 'COMPOSE_FILE=docker/one.yaml:docker/two.yaml\n', 'docker/one.yaml': service }
    expect(await errors(part, above, 'docker/two.yaml')).toEqual([])
  })

  it('shows an error of an included file where the file is named', async () => {
    const text = `include:\n  - sub/one.yaml\n${service}`
    const asked = ask(text, { 'sub/one.yaml': 'services:\n  b:\n    image: x\n    portz: []\n' })
    const [error] = await found(asked)
    expect(error?.message).toContain('`one.yaml`, line 4')
    expect(text.slice(error?.range.start, error?.range.end)).toBe('sub/one.yaml')
  })

  it('says nothing is missing while a part cannot be read', async () => {
    expect(
      await errors(
        'include:\n  - https://example.com/x.git\nservices:\n  a:\n    image: x\n    depends_on: [elsewhere]\n',
      ),
    ).toEqual([])
  })

  it('says nothing is missing in a service, or in one that extends it, whose base cannot be read', async () => {
    const remote = 'extends: {file: "https://example.com/base.yaml", service: a}'
    expect(
      await errors(`services:\n  a:\n    ${remote}\n  b:\n    extends: a\n  c:\n    extends: {service: b}\n`),
    ).toEqual([])
  })

  it('follows services that extend each other, however many', async () => {
    const chain = (count: number, last: string): string =>
      `services:\n${Array.from({ length: count }, (_, at) => `  s${at}:\n    extends: s${at + 1}\n`).join('')}  s${count}:\n    ${last}\n`
    expect(await errors(chain(3000, 'image: x:1'))).toEqual([])
    expect(await errors(chain(300, 'image: x:1\n    extends: s290'))).toEqual(['extends-cycle «extends»'])
  })

  it('clears what a service resets in the one it extends, and nothing else', async () => {
    const text = (body: string): string =>
      `services:\n  base: {image: x:1, network_mode: host}\n  a:\n    extends: base\n    networks: [default]\n${body}`
    expect(await errors(text(''))).toEqual(['network-mode-and-networks «network_mode»'])
    expect(await errors(text('    network_mode: !reset null\n'))).toEqual([])
  })

  it('gives up on values made of values that double with each line', async () => {
    const doubled = Array.from({ length: 40 }, (_, at) => `V${at + 1}=\${V${at}}\${V${at}}\n`).join('')
    expect(
      await errors(`${service}    hostname: "\${V40}"\n    labels: {a: "\${V1}"}\n`, {
        '.env': `V0=xxxxxxxxxx\n${doubled}`,
      }),
    ).toEqual([])
    const long = '${V}'.repeat(300)
    const all = await found(
      ask(`${service}    labels: {a: "${long}", b: "${long}"}\n`, { '.env': `V=${'x'.repeat(10_000)}\n` }),
    )
    expect(all.map(({ rule, message }) => `${rule} ${message}`)).toEqual([
      'too-long Values that become so long are not all worked out.',
    ])
  })

  it('tells what is left alone once files are too many or too long, and claims nothing of it', async () => {
    const left = async (
      text: string,
      files: Readonly<Record<string, string>>,
    ): Promise<readonly string[]> => {
      const all = await found(ask(text, files, { whole: true }))
      return all
        .filter(({ severity, rule }) => severity === 'error' || rule === 'too-long')
        .map(({ rule, range, message }) => `${rule} «${text.slice(range.start, range.end)}» ${message}`)
    }
    const long = (name: string): string => `services: {${name}: {image: "x:1"}}\n# ${'x'.repeat(600_000)}\n`
    const files = { 'a.yaml': long('a'), 'b.yaml': long('b'), 'c.yaml': long('c') }
    const notRead = 'So many files, or so long ones, are not all read.'
    const needing = 'services: {d: {image: "x:1", depends_on: [b, c]}}\n'
    expect(await left(`include: [a.yaml, b.yaml, c.yaml]\n${needing}`, files)).toEqual([
      `too-long «b.yaml» ${notRead}`,
    ])
    expect(
      await left(`include: [first.yaml]\n${needing}`, {
        ...files,
        'first.yaml': 'include: [a.yaml, b.yaml]\n',
      }),
    ).toEqual([`too-long «first.yaml» \`first.yaml\`, line 1: ${notRead}`])
    const many = Array.from({ length: 201 }, (_, at) => `${at}.yaml`)
    expect(
      await left(
        `include: [${many.join(', ')}]\nservices: {}\n`,
        Object.fromEntries(many.map((name, at) => [name, `services: {s${at}: {image: "x:1"}}\n`])),
      ),
    ).toEqual([`too-long «199.yaml» ${notRead}`])
    const variables = `# ${'x'.repeat(700_000)}\nA=1\n`
    const services = Array.from(
      { length: 9 },
      (_, at) => `  s${at}:\n    image: x:1\n    env_file: v${at}.env\n`,
    )
    expect(
      await left(
        `services:\n${services.join('')}`,
        Object.fromEntries(services.map((_, at) => [`v${at}.env`, variables])),
      ),
    ).toEqual(['too-long «v7.env» So many files of variables, or so long ones, are not all read.'])
  })

  it('reads a long file of variables for each service that gives it other values', async () => {
    const files = { 'all.env': 'URL=http://${HOST_NAME:?missing}\n' }
    const services = ['a', 'b', 'c'].map(
      (name) =>
        `  ${name}:\n    image: x:1\n    env_file: all.env\n${name === 'b' ? '' : '    environment: {HOST_NAME: h}\n'}`,
    )
    expect(await errors(`services:\n${services.join('')}`, files)).toEqual(['env-file-syntax «all.env»'])
  })

  it('only warns about services that no profile turns on', async () => {
    const text = `${service}    profiles: [debug]\n    networks: [front]\n`
    const all = await found(ask(text))
    expect(all.find(({ rule }) => rule === 'undefined-network')?.severity).toBe('warning')
    expect(await errors(text, { '.env': 'COMPOSE_PROFILES=debug\n' })).toEqual(['undefined-network «front»'])
  })

  it('is silent about files where the host knows none', async () => {
    const { doc } = ask(`${service}    env_file: app.env\n    extends: {file: x.yaml, service: y}\n`)
    const { context } = ask('x', {}, { host: { stat: () => Promise.resolve(undefined) } })
    expect(
      (await composeProvider.diagnostics?.(doc, context))?.filter(({ severity }) => severity === 'error'),
    ).toEqual([])
  })
})

describe('fixes', () => {
  it('take the name that was meant', async () => {
    expect(await fixed(`${service}    portz: ["80:80"]\n`, 'Use `ports`')).toBe(
      `${service}    ports: ["80:80"]\n`,
    )
    expect(await fixed(`${service}    volumes: ["daat:/x"]\nvolumes:\n  data:\n`, 'Use `data`')).toContain(
      '"data:/x"',
    )
    expect(await fixed(`${service}    ipc: service:bd\n  db:\n    image: y:1\n`, 'Use `db`')).toContain(
      'service:db',
    )
  })
  it('declare what is missing, in the section or a new one', async () => {
    expect(await fixed(`${service}    volumes: ["data:/x"]\n`, 'Declare `data` under `volumes`')).toBe(
      `${service}    volumes: ["data:/x"]\nvolumes:\n  data:\n`,
    )
    expect(
      await fixed(
        `${service}    networks: [back]\nnetworks:\n  front:\n    driver: bridge # x\n`,
        'Declare `back` under `networks`',
      ),
    ).toBe(`${service}    networks: [back]\nnetworks:\n  front:\n    driver: bridge # x\n  back:\n`)
    expect(await fixed(`${service}    volumes: ["src/app:/x"]\n`, 'Mount the folder `./src/app`')).toContain(
      '"./src/app:/x"',
    )
  })
  it('put quotes where they are needed', async () => {
    expect(await fixed(`${service}    command: 5\n`, 'Put it in quotes')).toContain('command: "5"')
  })
  it('start a health check with CMD', async () => {
    expect(
      await fixed(`${service}    healthcheck:\n      test: ["curl", "x"]\n`, 'Start the list with `CMD`'),
    ).toContain('["CMD", "curl", "x"]')
    expect(
      await fixed(`${service}    healthcheck:\n      test:\n        - curl\n`, 'Start the list with `CMD`'),
    ).toContain('        - CMD\n        - curl\n')
  })
  it('give a variable a default, escape a dollar', async () => {
    expect(await fixed(`${service}    hostname: \${A}\n`, 'Give `A` an empty default')).toContain(
      'hostname: ${A:-}',
    )
    expect(await fixed(`${service}    hostname: "x\${"\n`, 'Write `$$`')).toContain('"x$${"')
  })
  it('remove one of two that exclude each other', async () => {
    expect(
      await fixed(`${service}    network_mode: host\n    networks: [default]\n`, 'Remove `network_mode`'),
    ).toBe(`${service}    networks: [default]\n`)
  })
  it('mend all at once what is safe', async () => {
    const { doc, context } = ask(
      'version: "3"\nservices:\n  a:\n    image: x:1\n    tty: yes\n    ports:\n      - 22:22\n',
    )
    const edits = (await composeProvider.fixAll?.(doc, context)) ?? []
    expect(applyEdits(doc.text, edits)).toBe(
      'services:\n  a:\n    image: x:1\n    tty: true\n    ports:\n      - "22:22"\n',
    )
  })
})

describe('a finding', () => {
  it('is marked where an editor with the schema alone finds it too', async () => {
    const all = await found(ask(`${service}    portz: []\n    networks: [front]\n`))
    expect(all.map(({ rule, inSchema }) => [rule, inSchema === true])).toEqual([
      ['unknown-key', true],
      ['undefined-network', false],
    ])
  })

  it('can be turned off by a comment, unless the engine refuses the file', async () => {
    const asked = ask(`${service.replace('x:1', 'x')}    networks: [front]\n`)
    const titles = (await found(asked)).map((each) => [
      each.rule,
      quickFixes(asked.doc, composeProvider, each.range, [each]).flatMap(
        ({ title }) => /^Ignore.*/.exec(title)?.[0] ?? [],
      ),
    ])
    expect(titles).toEqual([
      [
        'explicit-image-tag',
        [
          'Ignore here with `# quayside ignore=explicit-image-tag`',
          'Ignore here with `# dclint disable-line service-image-require-explicit-tag`',
          'Ignore `explicit-image-tag` in this file',
        ],
      ],
      ['undefined-network', []],
    ])
  })

  it.each([
    ['    command: >\n      a\n      b ${X}\n', '    # quayside ignore=unset-variable\n    command: >\n'],
    ['    command:\n      - >-\n        ${X}\n', '      # quayside ignore=unset-variable\n      - >-\n'],
    ['    command: a\n      ${X}\n', '    # quayside ignore=unset-variable\n    command: a\n'],
    ['    command: "a\n      ${X}"\n', '    # quayside ignore=unset-variable\n    command: "a\n'],
  ])('in a text of several lines is turned off above it: %j', async (lines, written) => {
    const asked = ask(service + lines)
    const unset = (await found(asked)).filter(({ rule }) => rule === 'unset-variable')
    const fix = quickFixes(asked.doc, composeProvider, unset[0]!.range, unset).find(({ title }) =>
      title.startsWith('Ignore here'),
    )
    const text = applyEdits(asked.doc.text, fix!.edits)
    expect(text).toContain(written)
    expect((await found(ask(text))).map(({ rule }) => rule)).not.toContain('unset-variable')
  })
})

describe('settings', () => {
  const text = `${service}    portz: []\n    networks: [front]\n`
  const codes = async (settings: Partial<typeof defaultSettings>): Promise<readonly string[]> =>
    (await found(ask(text, {}, { context: { settings: { ...defaultSettings, ...settings } } }))).map(
      ({ rule }) => rule,
    )

  it('of single files count too', async () => {
    const overrides = [{ files: 'compose*.yaml', rules: { 'unknown-key': 'off' } }] as const
    const { lint } = defaultSettings
    expect(await codes({ lint: { ...lint, overrides } })).toEqual(['undefined-network'])
  })
  it('change the level of a problem or turn it off', async () => {
    const { lint } = defaultSettings
    expect(await codes({ lint: { ...lint, rules: { 'unknown-key': 'off' } } })).toEqual(['undefined-network'])
  })
  it('turn the rules off, not the errors', async () => {
    const old = ask(
      `version: "3"\n${text}`,
      {},
      { context: { settings: { ...defaultSettings, lint: { ...defaultSettings.lint, enabled: false } } } },
    )
    expect((await found(old)).map(({ rule }) => rule)).toEqual(['unknown-key', 'undefined-network'])
  })
})
