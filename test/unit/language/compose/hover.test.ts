import { describe, expect, it } from 'vitest'
import { ask, hovered } from './asked.ts'

describe('hover', () => {
  it('explains a key with an example', async () => {
    const text = await hovered(ask('services:\n  a:\n    image: x\n    depends|_on: []\n'))
    expect(text).toContain('depends\\_on')
    expect(text).toContain('```yaml')
  })

  it('explains a value by its key, and what a usual word means', async () => {
    const restart = await hovered(ask('services:\n  a:\n    restart: unless|-stopped\n'))
    expect(restart).toContain('`unless-stopped` · like always')
    expect(restart).toContain('**restart**')
    expect(await hovered(ask('services:\n  a:\n    stop_grace_period: 1|m\n'))).toContain('stop\\_grace')
    expect(await hovered(ask('services:\n  a:\n    labels:\n      a: b|c\n'))).toBe('')
  })

  it('explains a key in a fragment by the place of its use', async () => {
    const text = 'x-base: &base\n  rest|art: always\nservices:\n  a:\n    <<: *base\n    image: x\n'
    expect(await hovered(ask(text))).toContain('restart')
  })

  it('shows the value that counts and the file it comes from', async () => {
    const files = { 'compose.override.yaml': 'services:\n  a:\n    image: x:2\n' }
    const text = await hovered(ask('services:\n  a:\n    image: x|:1\n', files))
    expect(text).toContain('`x:2`')
    expect(text).toContain('`compose.override.yaml`, line 3')
  })

  it('shows what a variable stands for and where it is set', async () => {
    const text = await hovered(
      ask('services:\n  a:\n    image: x:${T|AG:-1}\n', { '.env': '# tags\nTAG=2\n' }),
    )
    expect(text).toContain('`2`')
    expect(text).toContain('`.env`, line 2')
    expect(text).toContain('Default: `1`')
  })

  it('masks what looks like a secret', async () => {
    const text = await hovered(
      ask('services:\n  a:\n    command: ${DB_PASS|WORD}\n', { '.env': 'DB_PASSWORD=hunter2\n' }),
    )
    expect(text).not.toContain('hunter2')
  })

  it.each([
    'command: se|rve --with ${DB_PASSWORD}',
    'environment: {UR|L: "x-${DB_PASSWORD}"}',
    'extra_hosts: ["ho|st:${DB_PASSWORD}"]',
  ])('masks what a secret variable puts into a value: %s', async (line) => {
    const text = await hovered(
      ask(`services:\n  a:\n    image: x\n    ${line}\n`, { '.env': 'DB_PASSWORD=hunter2\n' }),
    )
    expect(text).toContain('•••')
    expect(text).not.toContain('hunter2')
  })

  const variables = { '.env': 'PORT=8080\nDIR=./data\nTAG=2\n' }
  it.each([
    ['ports: ["${PORT}:8|0"]', 'Port `8080` of the host, on every interface, leads to port `80/tcp`'],
    ['ports: ["${NOPE:-8081}:8|0/tcp"]', 'Port `8081` of the host, on every interface'],
    ['ports: ["${NOPE:-8081}:8|0/tcp"]', 'Value: `8081:80/tcp`'],
    ['ports: ["127.0.0.1:${NOPE}:8|0/udp"]', 'Port `${NOPE}` of the host, on `127.0.0.1`'],
    ['ports: ["[::1]:${NOPE}:8|0/udp"]', 'Port `${NOPE}` of the host, on `::1`'],
    ['ports: ["${NOPE:?no: port}:8|0"]', 'Port `${NOPE:?no: port}` of the host'],
    ['volumes: ["${DIR}/x:/|y:ro"]', 'The path `./data/x` of the host, at `/y` in the container (read-only)'],
    ['volumes: ["${HOME}/x:/|y"]', 'The path `${HOME}/x` of the host'],
    ['volumes: ["${NOPE}/x:/|y"]', 'The path `${NOPE}/x` of the host'],
    ['volumes: ["${NOPE}:/|y"]', '`${NOPE}`, a path of the host or the name of a volume, at `/y`'],
    ['extra_hosts: ["ho|st:${PORT}"]', 'Value: `host:8080`'],
    ['healthcheck: {test: [CMD, "lo|calhost:${PORT}"]}', '**test**'],
  ])('says what the parts of a value with variables are: %s', async (line, expected) =>
    expect(await hovered(ask(`services:\n  a:\n    image: x\n    ${line}\n`, variables))).toContain(expected),
  )

  it('tells of the image that a name with variables comes to', async () => {
    const text = await hovered(ask('services:\n  a:\n    image: re|po:${TAG}\n', variables))
    expect(text).toContain('**repo\\:2**')
    expect(text).toContain('Not among the local images')
    expect(await hovered(ask('services:\n  a:\n    image: re|po:${NOPE}\n'))).toContain('NOPE')
  })

  it('shows the value behind a text with variables', async () => {
    expect(await hovered(ask('services:\n  a:\n    ima|ge: x:${TAG}\n', { '.env': 'TAG=2\n' }))).toContain(
      '`x:2`',
    )
  })

  it.each([
    ['.env', 'environment: [MO|DE]', /MODE.*`dev`, from `.env`, line 1/s],
    ['the shell', 'environment: [US|ER]', /Set by the shell/],
    ['an override', 'environment: {LE|VEL: info}', /`debug`, from `compose.override.yaml`, line 3/],
    [
      'this file, over an env_file',
      'env_file: web.env\n    environment: {PO|RT: "81"}',
      /`81`, from this file, line 5/,
    ],
    ['nowhere', 'environment: [NO|WHERE]', /Not set/],
    ['.env, a secret', 'environment: {API_TO|KEN: }', /`•••`, from `.env`, line 2/],
  ])('says what a variable of a service is in the end: from %s', async (_name, lines, expected) => {
    const files = {
      'web.env': 'PORT=80\n',
      '.env': 'MODE=dev\nAPI_TOKEN=abc\n',
      'compose.override.yaml': 'services:\n  a:\n    environment: {LEVEL: debug}\n',
    }
    expect(await hovered(ask(`services:\n  a:\n    image: x\n    ${lines}\n`, files))).toMatch(expected)
  })

  it('shows the value that a service takes over, and from which file', async () => {
    const files = { 'base.yaml': 'services:\n  base:\n    image: x:7\n    environment: {A: "1"}\n' }
    const text =
      'services:\n  a:\n    extends: {file: base.yaml, service: base}\n    environment: {A|: "2"}\n'
    expect(await hovered(ask(text, files))).toMatch(/`2`, from this file, line 4/)
  })

  it('says which services a profile starts, and whether it is on', async () => {
    const text =
      'services:\n  a:\n    image: x\n    profiles: [de|v]\n  b:\n    image: x\n    profiles: [dev]\n'
    expect(await hovered(ask(text))).toMatch(/`a`, `b`.*--profile dev/s)
    expect(await hovered(ask(text, { '.env': 'COMPOSE_PROFILES=dev\n' }))).toContain('turns it on')
  })

  it('quotes what a name stands for', async () => {
    const text = await hovered(
      ask('services:\n  a:\n    image: x\n    networks: [fr|ont]\nnetworks:\n  front:\n    driver: bridge\n'),
    )
    expect(text).toContain('driver: bridge')
  })

  it('quotes what a key names, and says what a merge does', async () => {
    const project =
      'services:\n  a:\n    <<: {tty: true}\n    image: x:${TAG}\n    depends_on:\n      b: {condition: service_started}\n  b:\n    image: y:2\n'
    const at = (marked: string): Promise<string> =>
      hovered(ask(project.replace(marked.replace('|', ''), marked), { '.env': 'TAG=7\n' }))
    expect(await at('b|: {')).toContain('image: y:2')
    expect(await at('<|<')).toContain('Takes in the entries of a fragment')
    expect(await at('a|:')).toContain('Image: `x:7`')
    expect(await at('  b|:\n')).toContain('Used once in this file.')
  })

  it('explains an entry of a list by what the list is for', async () => {
    expect(await hovered(ask('services:\n  a:\n    image: x\n    command: [ser|ve, now]\n'))).toContain(
      '**command**',
    )
    expect(await hovered(ask('include:\n  - path: [on|e.yaml]\n'))).toContain('**path**')
    expect(
      await hovered(ask('services:\n  a:\n    image: x\n    extra_hosts: ["d|b:10.0.0.2"]\n')),
    ).toContain('**extra\\_hosts**')
  })

  it('quotes what an alias stands for', async () => {
    expect(
      await hovered(ask('x-a: &one\n  restart: always\nservices:\n  a:\n    <<: *o|ne\n    image: x\n')),
    ).toContain('restart: always')
  })

  it('says what an anchor stands for, how often it is used, and its value', async () => {
    const text = 'x-a: &o|ne\n  restart: always\nservices:\n  a:\n    <<: *one\n    image: x\n'
    expect(await hovered(ask(text))).toMatch(/`&one` stands for.*restart: always.*Used once/s)
    const scalar = (at: string): string =>
      `services:\n  a:\n    image: &im x:\${TAG}\n  b:\n    image: *im\n`.replace(
        at,
        `${at[0]}|${at.slice(1)}`,
      )
    const tag = { '.env': 'TAG=7\n' }
    expect(await hovered(ask(scalar('&im'), tag))).toContain('Value: `x:7`')
    expect(await hovered(ask(scalar('*im'), tag))).toMatch(/Stands for `&im`.*Value: `x:7`/s)
  })

  it('says what !reset and !override do, and to what', async () => {
    const main = 'services:\n  a:\n    image: x\n    ports: ["80:80"]\n'
    const asked = (tag: string, key: string): Promise<string> =>
      hovered(
        ask(
          `services:\n  a:\n    ${key}: !${tag} []\n`,
          { 'compose.yaml': main },
          { name: 'compose.override.yaml' },
        ),
      )
    expect(await asked('res|et', 'ports')).toMatch(/Takes `ports` away.*Below: `compose.yaml`, line 4/s)
    expect(await asked('over|ride', 'ports')).toMatch(/in place of `ports`.*Below: `compose.yaml`, line 4/s)
    expect(await asked('res|et', 'expose')).toContain('No file below has it')
    const base = { 'base.yaml': 'services:\n  b:\n    image: x\n    ports: ["80:80"]\n' }
    expect(
      await hovered(
        ask('services:\n  a:\n    extends: {file: base.yaml, service: b}\n    ports: !res|et []\n', base),
      ),
    ).toContain('Below: `base.yaml`, line 4')
  })

  it('says which services take a value over, and what they have instead', async () => {
    const base = 'services:\n  base:\n    image: x|:${TAG:-1}\n'
    const main =
      'services:\n  web:\n    extends: {file: base.yaml, service: base}\n  api:\n    extends: web\n    image: y\n  other:\n    image: z\n'
    const text = await hovered(ask(base, { 'compose.yaml': main, '.env': 'TAG=2\n' }, { name: 'base.yaml' }))
    expect(text).toContain('Taken over by `web`: `x:2`')
    expect(text).toContain('`api` has `y` instead, from `compose.yaml`, line 6')
    expect(text).not.toContain('other')
    expect(await hovered(ask('services:\n  base:\n    image: x|:1\n  web:\n    extends: base\n'))).toContain(
      'Taken over by `web`: `x:1`',
    )
  })

  it.each(['parts/db.yaml', 'deploy/parts/data/db.yaml'])(
    'says what a value of the included file %s is in the project that includes it',
    async (name) => {
      const main = `include: [${name}]\nservices:\n  web:\n    image: x\n`
      const text = await hovered(
        ask(
          'services:\n  db:\n    image: p|g:${PG:-16}\n',
          { 'compose.yaml': main, '.env': 'PG=17\n' },
          { name },
        ),
      )
      expect(text).toContain('Taken over by `db`: `pg:17`')
    },
  )

  it('says what a port and a volume mean', async () => {
    expect(
      await hovered(ask('services:\n  a:\n    image: x\n    ports: ["127.0.0.1:80|80:80/udp"]\n')),
    ).toContain('`80/udp`')
    expect(await hovered(ask('services:\n  a:\n    image: x\n    volumes: ["./a:/b|:ro"]\n'))).toContain(
      'read-only',
    )
  })

  it('ends no code block early and hides no text', async () => {
    const text = await hovered(
      ask('services:\n  a:\n    image: x\n    networks: [fr|ont]\nnetworks:\n  front:\n    name: "```<b>"\n'),
    )
    expect(text).toMatch(/^````yaml$/m)
  })
})
