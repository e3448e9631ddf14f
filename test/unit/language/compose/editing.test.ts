import { describe, expect, it } from 'vitest'
import { composeProvider } from '../../../../src/language/compose/provider.ts'
import { applyEdits } from '../../../../src/shared/text-range.ts'
import { composeCases } from '../../../support/compose-cases.ts'
import { readYaml } from '../../../../src/language/compose/yaml/read.ts'
import { sameNodes } from '../../../../src/language/compose/features/format-check.ts'
import { ask } from './asked.ts'
import { composeDoc } from './compose-doc.ts'

async function formatted(text: string, tabSize = 2): Promise<string> {
  const { doc, context } = ask(text, {}, { whole: true })
  return applyEdits(
    text,
    (await composeProvider.format?.(doc, undefined, { tabSize, insertSpaces: true }, context)) ?? [],
  )
}

describe('formatting', () => {
  it('brings indentation, blanks and empty lines into order and keeps comments, quotes and breaks', async () => {
    const text =
      '# top\n\n\nservices:   \n    web: # the web\n        image:   \'nginx:1\'  # quoted\n        ports:\n        - "80:80"\n        -   443:443\n\n\n        # about the command\n        command: >\n            one\n            two\n        environment:\n                A:    b\n    db:\n        image: x\n'
    expect(await formatted(text)).toBe(
      '# top\n\nservices:\n  web: # the web\n    image: \'nginx:1\'  # quoted\n    ports:\n      - "80:80"\n      - 443:443\n\n    # about the command\n    command: >\n      one\n      two\n    environment:\n      A: b\n  db:\n    image: x\n',
    )
  })
  it('moves list entries with what they hold', async () => {
    expect(await formatted('a:\n- b: c\n  d:\n  - e\n-   f: |\n        x\n         y\n')).toBe(
      'a:\n  - b: c\n    d:\n      - e\n  - f: |\n      x\n       y\n',
    )
  })
  it('takes the width of a level from the editor', async () => {
    expect(await formatted('a:\n  b:\n    c: d\n', 4)).toBe('a:\n    b:\n        c: d\n')
  })
  it('keeps the line breaks of Windows', async () => {
    expect(await formatted('a:\r\n    b: c\r\n')).toBe('a:\r\n  b: c\r\n')
  })
  it('puts a last comment at no line that is deeper than it', async () => {
    const text = 'services:\n    a:\n        command: |\n            x\n              y\n  # odd\n'
    expect(await formatted(text)).toBe('services:\n  a:\n    command: |\n      x\n        y\n# odd\n')
  })
  it('leaves a file with faults alone', async () =>
    expect(await formatted('a: [\n    b')).toBe('a: [\n    b'))
  it('formats only the sections of a range', async () => {
    const text = 'a:\n    b: c\nd:\n    e: f\n'
    const { doc, context } = ask(text)
    const edits =
      (await composeProvider.format?.(
        doc,
        { start: text.indexOf('e'), end: text.length },
        { tabSize: 2, insertSpaces: true },
        context,
      )) ?? []
    expect(applyEdits(text, edits)).toBe('a:\n    b: c\nd:\n  e: f\n')
  })
  it('never changes what a file says, and changes nothing the second time', async () => {
    for (const { files } of composeCases(150, 21)) {
      const text = files['compose.yaml'] ?? ''
      const before = readYaml(text)
      const once = await formatted(text)
      const after = readYaml(once)
      expect(before.documents.every((root, index) => sameNodes(root, after.documents[index]))).toBe(true)
      expect(after.comments.length).toBe(before.comments.length)
      expect(await formatted(once)).toBe(once)
    }
  })
})

async function changed(marked: string, title: string): Promise<string> {
  const { doc, offset, context } = ask(marked)
  const actions = (await composeProvider.codeActions?.(doc, { start: offset, end: offset }, context)) ?? []
  const action = actions.find((each) => each.title === title)
  if (action === undefined) throw new Error(`no ${title} in ${actions.map((each) => each.title).join('; ')}`)
  return applyEdits(doc.text, action.edits)
}

const service = 'services:\n  a:\n    image: x:1\n'

describe('code actions', () => {
  it('write a port in long form and back', async () => {
    const long = `${service}    ports:\n      - target: 80\n        published: "8080"\n        host_ip: "127.0.0.1"\n        protocol: udp\n`
    const short = `${service}    ports:\n      - "127.0.0.1:8080:80/udp"\n`
    expect(await changed(short.replace('8080', '80|80'), 'Write the port in long form')).toBe(long)
    expect(await changed(long.replace('target', 'tar|get'), 'Write the port in short form')).toBe(short)
  })
  it.each([
    ['${PORT:-8080}:80', 'target: 80, published: "${PORT:-8080}"'],
    [
      '${IP:-127.0.0.1}:$PORT:${INNER}/udp',
      'target: "${INNER}", published: "$PORT", host_ip: "${IP:-127.0.0.1}", protocol: udp',
    ],
    ['${PORT}', 'target: "${PORT}"'],
  ])('write a port with variables in long form: %s', async (short, long) => {
    expect(await changed(`services:\n  a:\n    ports: ["|${short}"]\n`, 'Write the port in long form')).toBe(
      `services:\n  a:\n    ports: [{ ${long} }]\n`,
    )
  })

  it('write a volume in long form and back', async () => {
    const long = `${service}    volumes:\n      - type: bind\n        source: ./a\n        target: /b\n        read_only: true\n        bind:\n          create_host_path: true\n`
    const short = `${service}    volumes:\n      - ./a:/b:ro\n`
    const twice = short.replace('ro', 'rw,ro').replace('./a', './|a')
    expect(await changed(twice, 'Write the volume in long form')).toBe(long)
    expect(await changed(short.replace('./a', './|a'), 'Write the volume in long form')).toBe(long)
    expect(await changed(long.replace('source', 'sou|rce'), 'Write the volume in short form')).toBe(short)
    expect(
      await changed(
        `${service}    volumes: ["data:|/x"]\nvolumes: {data: }\n`,
        'Write the volume in long form',
      ),
    ).toContain('[{ type: volume, source: data, target: /x }]')
  })
  it('write depends_on with conditions and back', async () => {
    const list = `${service}    depends_on:\n      - b\n  b:\n    image: y:1\n`
    const map = `${service}    depends_on:\n      b:\n        condition: service_started\n  b:\n    image: y:1\n`
    expect(await changed(list.replace('- b', '- |b'), 'Write `depends_on` with conditions')).toBe(map)
    expect(await changed(map.replace('condition', 'cond|ition'), 'Write `depends_on` as a list')).toBe(list)
  })
  it.each([
    ['depends_on', 'with conditions', '- b', 'b:\n        condition: service_started'],
    ['environment', 'as a mapping', '- A=b', 'A: b'],
  ])('keep the tag before the value of %s', async (key, form, item, entry) => {
    const list = `${service}    ${key}: !override\n      ${item}\n`
    expect(await changed(list.replace('- ', '- |'), `Write \`${key}\` ${form}`)).toBe(
      `${service}    ${key}: !override\n      ${entry}\n`,
    )
  })
  it.each([
    ['    depends_on: &wait\n      - |b\n'],
    ['    depends_on:\n      - &b |b\n'],
    ['    depends_on:\n      b: &wait\n        con|dition: service_started\n'],
    ['    ports:\n      - &web "80|:80"\n'],
    ['    volumes:\n      - !!str ./a|:/b\n'],
  ])('offer no other form where an anchor or a tag would be lost: %j', async (lines) => {
    const { doc, offset, context } = ask(service + lines)
    expect(await composeProvider.codeActions?.(doc, { start: offset, end: offset }, context)).toEqual([])
  })
  it('write environment as a mapping and back', async () => {
    const list = `${service}    environment:\n      - A=b\n      - C\n      - "D=1.10"\n`
    const map = `${service}    environment:\n      A: b\n      C:\n      D: "1.10"\n`
    expect(await changed(list.replace('- A', '- |A'), 'Write `environment` as a mapping')).toBe(map)
    expect(await changed(map.replace('A: b', 'A: |b'), 'Write `environment` as a list')).toBe(
      list.replace('"D=1.10"', 'D=1.10'),
    )
  })
  it('keep comments and empty lines where a list becomes a mapping and back', async () => {
    const list = `${service}    environment: # all of it\n      # first\n      - A=b   # beside\n\n      # second\n      - C\n    tty: true\n`
    const map = `${service}    environment: # all of it\n      # first\n      A: b   # beside\n\n      # second\n      C:\n    tty: true\n`
    expect(await changed(list.replace('- C', '- |C'), 'Write `environment` as a mapping')).toBe(map)
    expect(await changed(map.replace('envi', 'en|vi'), 'Write `environment` as a list')).toBe(list)
  })
  it('keep comments in brackets, within an entry, and the tag before a list', async () => {
    const brackets = `${service}    environment: !override [ # all\n      A=b, # one\n      |C=d\n    ] # end\n`
    expect(await changed(brackets, 'Write `environment` as a mapping')).toBe(
      `${service}    environment: !override\n      # all\n      A: b # one\n      C: d # end\n`,
    )
    const within = `${service}    environment:\n      A: # why\n        |b\n      C: d\n`
    expect(await changed(within, 'Write `environment` as a list')).toBe(
      `${service}    environment:\n      - A=b # why\n      - C=d\n`,
    )
  })
  it.each([
    ['build:\n      args:\n        - A=|b # c\n', 'args', 'build:\n      args:\n        A: b # c\n'],
    ['extra_hosts:\n      - a|:10.0.0.1\n', 'extra_hosts', 'extra_hosts:\n      a: 10.0.0.1\n'],
    ['deploy:\n      labels: [a=|b]\n', 'labels', 'deploy:\n      labels:\n        a: b\n'],
  ])('write other lists as mappings: %s', async (marked, key, expected) =>
    expect(
      (await changed(`${service}    ${marked}`, `Write \`${key}\` as a mapping`)).replace(
        '"10.0.0.1"',
        '10.0.0.1',
      ),
    ).toBe(`${service}    ${expected}`),
  )
  it('write the labels of a network, and of a fragment, as a list', async () => {
    expect(await changed('networks:\n  n:\n    labels:\n      a: |b\n', 'Write `labels` as a list')).toBe(
      'networks:\n  n:\n    labels:\n      - a=b\n',
    )
    const fragment = (labels: string): string =>
      `x-base: &base\n  labels:${labels}\nservices:\n  a:\n    <<: *base\n    image: x\n`
    expect(await changed(fragment('\n    a: |b'), 'Write `labels` as a list')).toBe(fragment('\n    - a=b'))
  })
  it('write a number of a mapping into a list as the engine reads it', async () =>
    expect(
      await changed(
        `${service}    environment:\n      A: |1.10\n      B: ~\n`,
        'Write `environment` as a list',
      ),
    ).toBe(`${service}    environment:\n      - A=1.1\n      - B\n`))
  it('keep the one comment of a long port, and change no port with more', async () => {
    const port = (more: string): string =>
      `${service}    ports:\n      - target: |80 # http\n        published: "8080"${more}\n`
    expect(await changed(port(''), 'Write the port in short form')).toBe(
      `${service}    ports:\n      - "8080:80" # http\n`,
    )
    await expect(changed(port(' # outside'), 'Write the port in short form')).rejects.toThrow('no Write')
  })
  it('keep the comments of depends_on', async () => {
    const list = `${service}    depends_on:\n      # first\n      - b # the base\n  b:\n    image: y:1\n`
    const map = `${service}    depends_on:\n      # first\n      b: # the base\n        condition: service_started\n  b:\n    image: y:1\n`
    expect(await changed(list.replace('- b', '- |b'), 'Write `depends_on` with conditions')).toBe(map)
    expect(await changed(map.replace('condition', 'cond|ition'), 'Write `depends_on` as a list')).toBe(list)
  })
  it('add a health check', async () => {
    expect(await changed('services:\n  d|b:\n    image: redis:7\n', 'Add a health check to `db`')).toBe(
      'services:\n  db:\n    image: redis:7\n    healthcheck:\n      test: ["CMD", "redis-cli", "ping"]\n      interval: 10s\n      timeout: 5s\n      retries: 5\n',
    )
  })
  it('turn a pasted docker run into a service', async () => {
    const line = 'docker run -d --name web -p 8080:80 \\\n  -e A=b nginx:1.27'
    const own = await changed(line.replace('nginx', 'ng|inx'), 'Turn `docker run` into a service')
    expect(composeDoc(own).project.problems).toEqual([])
    expect(own).toContain('image: "nginx:1.27"')
    const within = await changed(
      `${service}${line.replace('nginx', 'ng|inx')}\n`,
      'Turn `docker run` into a service',
    )
    expect([...composeDoc(within).project.services.keys()]).toEqual(['a', 'web'])
    expect(composeDoc(within).project.problems).toEqual([])
  })
  it('turn a pasted docker run into a service, with the volumes and networks that it names', async () => {
    const line = '  docker run --name web -v data:/x -v old:/y --network front nginx:1.|27\n'
    const rest = 'volumes: # kept\n  old:\n'
    const after = await changed(`${service}${line}${rest}`, 'Turn `docker run` into a service')
    expect(composeDoc(after).project.problems).toEqual([])
    expect(after.startsWith(service)).toBe(true)
    expect(after).toContain('volumes: # kept\n  old:\n  data:\n')
    expect(after).toContain('networks:\n  front:\n')
  })
})

describe('what is shown in the text', () => {
  it('lenses for the commands that the client can run', async () => {
    const text = `${service}  b:\n    build: .\n    develop: { watch: [] }\n`
    const commands = ['up', 'build', 'watch'].map((id) => `quayside.compose.${id}`)
    const { doc, context } = ask(text, {}, { context: { commands } })
    const lenses = (await composeProvider.codeLenses?.(doc, context)) ?? []
    expect(
      lenses.map(({ range, title, argument }) => [
        text.slice(range.start, range.end),
        title,
        argument['services'],
      ]),
    ).toEqual([
      ['services', 'Up', undefined],
      ['a', 'Up', ['a']],
      ['b', 'Up', ['b']],
      ['b', 'Build', ['b']],
      ['b', 'Watch', ['b']],
    ])
    expect(lenses[0]?.argument['files']).toEqual(['file:///ws/compose.yaml'])
    expect(await composeProvider.codeLenses?.(doc, { ...context, commands: [] })).toEqual([])
  })
  it('hints with the values of variables', async () => {
    const text = 'services:\n  a:\n    image: x:${TAG}\n    command: ${API_TOKEN}\n'
    const { doc, context } = ask(text, { '.env': 'TAG=2\nAPI_TOKEN=abc\n' })
    const hints = (await composeProvider.inlayHints?.(doc, { start: 0, end: text.length }, context)) ?? []
    expect(hints.map(({ label }) => label)).toEqual(['= 2', '= •••'])
  })
  it('an outline, folds and selections', async () => {
    const text = `# one\n# two\n${service}`
    const { doc, context } = ask(text)
    const outline = (await composeProvider.symbols?.(doc, context)) ?? []
    expect(outline[0]?.children[0]?.children[0]).toMatchObject({ name: 'image', detail: 'x:1' })
    expect(await composeProvider.folds?.(doc, context)).toEqual([
      { startLine: 0, endLine: 1, kind: 'comment' },
      { startLine: 2, endLine: 4, kind: undefined },
      { startLine: 3, endLine: 4, kind: undefined },
    ])
    const [ranges = []] = (await composeProvider.selections?.(doc, [text.indexOf('x:1')], context)) ?? []
    expect(ranges.map(({ start, end }) => text.slice(start, end)).slice(0, 3)).toEqual([
      'x',
      'x:1',
      'image: x:1',
    ])
  })
  it('tokens for names, variables, anchors', async () => {
    const text =
      'x-a: &one\n  tty: true\nservices:\n  a:\n    <<: *one\n    image: x:${T}\n    networks: [n]\nnetworks:\n  n:\n'
    const { doc, context } = ask(text)
    const tokens = (await composeProvider.tokens?.(doc, context)) ?? []
    expect(tokens.map(({ range, type }) => `${text.slice(range.start, range.end)} ${type}`)).toEqual([
      'one macro',
      'a class',
      '<< operator',
      'one macro',
      'T variable',
      'n namespace',
      'n namespace',
    ])
  })
})
