import { describe, expect, test } from 'vitest'
import { containerFiles } from '../../src/engine/files/container-files.ts'
import type { Files } from '../../src/engine/files/files.ts'
import type { Engine, Raw } from '../../src/engine/engine.ts'
import { tarHeaders } from '../../src/engine/files/tar-reader.ts'
import { runInContainer } from '../../src/engine/terminal/run.ts'
import { all, codeOf, failureOf } from '../support/transports.ts'
import { startEngine } from '../../scripts/hosts/hosts.mjs'
import { bench, columns, engineAt, tarOf } from './under-test.ts'

const signal = new AbortController().signal
const both = { create: true, overwrite: true }
const over = { create: false, overwrite: true }
const text = (words: string): Uint8Array => new TextEncoder().encode(words)

interface Place {
  readonly engine: Engine
  readonly id: string
  readonly files: Files
  readonly sh: (script: string) => Promise<string>
}

describe.each(columns)('a file system of containers of %s', (_name, host) => {
  const open = bench(host)

  async function running(body: Raw = {}): Promise<Place> {
    const it = await open()
    const id = await it.idle(body)
    return placeOf(it.engine, id)
  }

  function placeOf(engine: Engine, id: string): Place {
    const sh = async (script: string): Promise<string> => {
      const { stdout, stderr } = await runInContainer(engine, id, { command: ['sh', '-c', script] })
      expect(stderr).toBe('')
      return stdout
    }
    return { engine, id, files: containerFiles(engine, id), sh }
  }

  const names = async (files: Files, folder: string): Promise<string[]> =>
    (await files.list(folder, signal)).map(({ name }) => name).sort()

  test('lists the same running and stopped: names of all kinds, links and what they lead to', async () => {
    const { engine, id, files, sh } = await running()
    await sh(
      [
        'mkdir -p /w/sub && cd /w',
        'printf x >plain && chmod 4750 plain && touch -d "2024-01-02 03:04:05" plain',
        'touch "$(printf "new\\nline")" "sp ace" "./-dash" ".hidden" "..odd" "漢字" \'$(touch pwned)\' \'"quote"; echo\'',
        'ln -s plain to-file && ln -s sub to-folder && ln -s /none broken && ln -s /etc absolute && mkfifo pipe',
        'printf a >a && printf q >"?" && printf b >"[a]" && mkdir "d[a]" && printf d >"d[a]/?"',
        'printf s >"*" && printf p >"a\\\\b" && mkdir "d*" && printf e >"d*/*" && ln -s "d*" "to*"',
      ].join(' && '),
    )
    const expected = [
      '?',
      '[a]',
      'a',
      'd[a]',
      '*',
      'a\\b',
      'd*',
      'to*',
      '"quote"; echo',
      '$(touch pwned)',
      '-dash',
      '..odd',
      '.hidden',
      'absolute',
      'broken',
      'new\nline',
      'pipe',
      'plain',
      'sp ace',
      'sub',
      'to-file',
      'to-folder',
      '漢字',
    ].sort()
    const check = async (): Promise<void> => {
      expect(await names(files, '/w')).toEqual(expected)
      const by = new Map((await files.list('/w', signal)).map((entry) => [entry.name, entry]))
      expect(by.get('plain')).toEqual({
        name: 'plain',
        type: 'file',
        size: 1,
        mode: 0o4750,
        mtime: Date.UTC(2024, 0, 2, 3, 4, 5),
        owner: { uid: 0, gid: 0 },
      })
      expect(by.get('sub')).toMatchObject({ type: 'directory' })
      expect(by.get('to-file')).toMatchObject({ type: 'symlink', target: 'file' })
      expect(by.get('to-folder')).toMatchObject({ type: 'symlink', target: 'directory', link: 'sub' })
      expect(by.get('broken')).toMatchObject({ type: 'symlink', link: '/none' })
      expect(by.get('broken')?.target).toBeUndefined()
      expect(by.get('pipe')).toMatchObject({ type: 'fifo' })
      expect(await names(files, '/w/to-folder')).toEqual([])
      expect(await codeOf(files.list('/w/none', signal))).toBe('notFound')
      expect(await codeOf(files.list('/w/plain', signal))).toBe('conflict')
      expect(await codeOf(files.list('/w/broken', signal))).toBe('notFound')
      expect(await files.stat('/w/to-file', signal)).toMatchObject({
        type: 'symlink',
        target: 'file',
        size: 1,
      })
      for (const [name, content] of [
        ['?', 'q'],
        ['[a]', 'b'],
        ['d[a]/?', 'd'],
        ['*', 's'],
        ['a\\b', 'p'],
        ['d*/*', 'e'],
        ['to*/*', 'e'],
      ] as const)
        expect((await files.read(`/w/${name}`, 10, signal)).toString()).toBe(content)
      expect(await files.stat('/w/to*', signal)).toMatchObject({ type: 'symlink', target: 'directory' })
      const create = { create: true, overwrite: false }
      for (const path of ['/w/*', '/w/a\\b', '/w/?', '/w/d*/*', '/w/to*/*'])
        expect(await codeOf(files.write(path, text('new'), create, signal)), path).toBe('conflict')
      expect(await codeOf(files.createFolder('/w/d*', signal))).toBe('conflict')
      for (const name of ['new\nline', '$(touch pwned)', '漢字', '-dash', 'sp ace'])
        expect(await files.stat(`/w/${name}`, signal)).toMatchObject({ type: 'file' })
    }
    await check()
    await engine.containers.kill(id)
    await engine.containers.wait(id, 'not-running', signal)
    await check()
    const control = new AbortController()
    const listing = files.list('/', control.signal)
    control.abort()
    expect(await codeOf(listing)).toBe('cancelled')
    expect(await names(files, '/')).toEqual(expect.arrayContaining(['bin', 'etc', 'w']))
  })

  test('reads, and tells what is missing, a folder or too large', async () => {
    const { files, sh } = await running()
    await sh(
      'mkdir /r && printf hello >/r/a && ln -s a /r/b && ln -s /r /r/loop && ln -s l2 /r/l1 && ln -s l1 /r/l2',
    )
    expect((await files.read('/r/a', 100, signal)).toString()).toBe('hello')
    expect((await files.read('/r/loop/loop/b', 100, signal)).toString()).toBe('hello')
    expect((await files.read('/etc/../r/./a', 100, signal)).toString()).toBe('hello')
    expect(await codeOf(files.read('/r/a', 4, signal))).toBe('unsupported')
    expect(await codeOf(files.read('/r', 100, signal))).toBe('conflict')
    expect(await codeOf(files.read('/r/none', 100, signal))).toBe('notFound')
    expect(await codeOf(files.read('/r/l1', 100, signal))).toBe('notFound')
    // Links in a circle are there all the same, and can be deleted.
    expect(await files.stat('/r/l1', signal)).toMatchObject({ name: 'l1', type: 'symlink' })
    expect((await files.stat('/r/l1', signal)).target).toBeUndefined()
    expect(await codeOf(files.write('/r/l1', text('x'), both, signal))).toBe('denied')
    await files.remove('/r/l2', { recursive: false }, signal)
    await files.remove('/r/l1', { recursive: false }, signal)
    expect(await names(files, '/r')).toEqual(['a', 'b', 'loop'])
    for (const fault of [
      files.stat('/r/a\0b', signal),
      files.list('/r\0b', signal),
      files.write('/r/a\0b', text('x'), both, signal),
      files.remove('/r/a\0b', { recursive: false }, signal),
    ])
      expect(await codeOf(fault)).toBe('invalid')
    expect((await files.read('/r/a', 100, signal)).toString()).toBe('hello')
    // What only programs see.
    expect((await files.read('/proc/version', 10_000, signal)).toString()).toContain('Linux')
  })

  test('saving keeps owner, group, mode and setuid, and writes what a link leads to', async () => {
    const { files, sh } = await running()
    await sh(
      'mkdir /s && cd /s && echo old >f && chown 1000:1001 f && chmod 4640 f && ln -s f l && ln f hard',
    )
    const big = Buffer.alloc(300_000, 'x')
    await files.write('/s/l', big, over, signal)
    expect(await sh('stat -c "%u %g %a %s %h" /s/f; readlink /s/l; stat -c %s /s/hard')).toBe(
      '1000 1001 4640 300000 2\nf\n300000\n',
    )
    await sh('rm /s/hard')
    await files.write('/s/f', text('short'), over, signal)
    expect(await sh('cat /s/f; stat -c " %u %g %a" /s/f; ls -A /s')).toBe('short 1000 1001 4640\nf\nl\n')
    await files.write('/s/f', text(''), over, signal)
    expect(await sh('stat -c "%s %a" /s/f')).toBe('0 4640\n')
  })

  test('saving needs no end of what is sent, which pipes of Windows cannot tell', async () => {
    const { engine, id, sh } = await running({ HostConfig: { Tmpfs: { '/small': 'size=64k' } } })
    const streams = Object.create(engine.streams, {
      exec: {
        value: async (...args: Parameters<typeof engine.streams.exec>) => {
          const { id: exec, stream } = await engine.streams.exec(...args)
          return { id: exec, stream: { ...stream, endInput: () => undefined } }
        },
      },
    }) as Engine['streams']
    const files = containerFiles(Object.create(engine, { streams: { value: streams } }) as Engine, id)
    await sh('mkdir -p /q/folder && echo old >/q/f && chmod 600 /q/f')
    const big = Buffer.alloc(300_000, 'x')
    await files.write('/q/f', big, over, signal)
    expect(await sh('stat -c "%a %s" /q/f; ls -A /q')).toBe('600 300000\nf\nfolder\n')
    await files.write('/q/f', text(''), over, signal)
    await files.write('/q/new', text('new'), both, signal)
    expect(await sh('stat -c %s /q/f; cat /q/new')).toBe('0\nnew')
    // Nobody waits for the rest of what does not fit.
    const fault = await failureOf(files.write('/small/f', big, both, signal))
    expect(fault.message).toBe('There is no space left for /small/f.')
    expect(await sh('ls -A /small')).toBe('')
  })

  test('new files, folders, renaming and deleting', async () => {
    const { files, sh } = await running()
    await sh('mkdir /n && chown 1000:1001 /n')
    await files.createFolder('/n/folder', signal)
    await files.write('/n/folder/a', text('a'), both, signal)
    expect(await sh('stat -c "%u %g %a" /n/folder /n/folder/a')).toBe('1000 1001 755\n1000 1001 644\n')
    expect(await codeOf(files.createFolder('/n/folder', signal))).toBe('conflict')
    expect(await codeOf(files.write('/n/none', text('a'), over, signal))).toBe('notFound')
    expect(
      await codeOf(files.write('/n/folder/a', text('b'), { create: true, overwrite: false }, signal)),
    ).toBe('conflict')
    expect(await codeOf(files.write('/n/folder', text('b'), both, signal))).toBe('conflict')
    expect(await codeOf(files.write('/none/a', text('b'), both, signal))).toBe('notFound')
    await files.write('/n/b', text('b'), both, signal)
    expect(await codeOf(files.rename('/n/b', '/n/folder/a', { overwrite: false }, signal))).toBe('conflict')
    await files.rename('/n/b', '/n/folder/a', { overwrite: true }, signal)
    expect(await sh('cat /n/folder/a; ls /n')).toBe('bfolder\n')
    expect(await codeOf(files.rename('/n/b', '/n/c', { overwrite: true }, signal))).toBe('notFound')
    expect(await codeOf(files.remove('/n/folder', { recursive: false }, signal))).toBe('conflict')
    await sh('ln -s folder /n/way')
    for (const target of ['/n/folder/folder', '/n/folder/../folder/new', '/n/way/new'])
      await expect(files.rename('/n/folder', target, { overwrite: true }, signal), target).rejects.toThrow(
        '/n/folder cannot be moved into itself.',
      )
    await sh('rm /n/way')
    await files.remove('/n/folder', { recursive: true }, signal)
    expect(await codeOf(files.remove('/n/folder', { recursive: true }, signal))).toBe('notFound')
    expect(await codeOf(files.remove('/', { recursive: true }, signal))).toBe('denied')
    expect(await sh('ls -A /n')).toBe('')
  })

  test('files of a stopped container: read, saved with what they had, renamed and deleted without a program', async () => {
    const { engine, id, files, sh } = await running()
    await sh('mkdir /s && echo old >/s/f && chmod 640 /s/f && ln -s /s/f /s/l')
    if (!host.version.startsWith('podman')) await sh('chown 1000:1001 /s/f')
    await engine.containers.kill(id)
    await engine.containers.wait(id, 'not-running', signal)
    await files.write('/s/l', text('new'), over, signal)
    await files.createFolder('/s/sub', signal)
    await files.write('/s/sub/x', text('x'), both, signal)
    expect(await names(files, '/s')).toEqual(['f', 'l', 'sub'])
    await files.write('/s/sub/y', text('y'), both, signal)
    await files.rename('/s/sub/y', '/s/sub/z', { overwrite: false }, signal)
    for (const name of ['*', 'a\\b']) {
      await files.write(`/s/sub/${name}`, text('one'), both, signal)
      await files.write(`/s/sub/${name}`, text('two'), over, signal)
      expect((await files.read(`/s/sub/${name}`, 10, signal)).toString()).toBe('two')
      await files.remove(`/s/sub/${name}`, { recursive: false }, signal)
    }
    expect(await codeOf(files.rename('/s/sub/x', '/s/sub/z', { overwrite: false }, signal))).toBe('conflict')
    expect(await codeOf(files.rename('/s/sub', '/s/other', { overwrite: false }, signal))).toBe('denied')
    expect(await names(files, '/s/sub')).toEqual(['x', 'z'])
    expect(await codeOf(files.remove('/s/sub', { recursive: false }, signal))).toBe('conflict')
    await files.remove('/s/sub/z', { recursive: false }, signal)
    await files.createFolder('/s/gone', signal)
    await files.write('/s/gone/x', text('x'), both, signal)
    await files.remove('/s/gone', { recursive: true }, signal)
    expect(await codeOf(files.write('/s/sub', text('x'), both, signal))).toBe('conflict')
    expect((await files.read('/s/f', 100, signal)).toString()).toBe('new')
    const inEtc = await names(files, '/etc')
    for (const path of ['/etc', '/etc/hosts', '/etc/resolv.conf'])
      expect(await codeOf(files.remove(path, { recursive: true }, signal)), path).toBe('denied')
    expect(await names(files, '/etc')).toEqual(inEtc)
    await engine.containers.start(id)
    expect(await sh('stat -c "%u %g %a" /s/f; readlink /s/l; cat /s/sub/x')).toBe(
      `${host.version === 'podman' ? '0 0' : '1000 1001'} 640\n/s/f\nx`,
    )
  })

  test('a link that leads nowhere or in a circle is not replaced by a file, running or not', async () => {
    const { engine, id, files, sh } = await running()
    await sh('mkdir /c && ln -s two /c/one && ln -s one /c/two && ln -s self /c/self && ln -s gone /c/none')
    const check = async (): Promise<void> => {
      for (const path of ['/c/one', '/c/self', '/c/none']) {
        expect(await codeOf(files.write(path, text('x'), both, signal)), path).toBe('denied')
        expect(
          await codeOf(files.write(path, text('x'), { create: true, overwrite: false }, signal)),
          path,
        ).toBe('conflict')
        expect(await codeOf(files.read(path, 10, signal)), path).toBe('notFound')
        expect(await files.stat(path, signal), path).toMatchObject({ type: 'symlink' })
        expect((await files.stat(path, signal)).target, path).toBeUndefined()
      }
      expect(await codeOf(files.write('/c/one/x', text('x'), both, signal))).toBe('notFound')
      const [sent] = await all(tarHeaders(files.archive('/c/none', signal)))
      expect(sent).toMatchObject({ name: 'none', type: '2', linkname: 'gone' })
      const [circle] = await all(tarHeaders(files.archive('/c/one', signal)))
      expect(circle).toMatchObject({ name: 'one', type: '2', linkname: 'two' })
    }
    await check()
    await engine.containers.kill(id)
    await engine.containers.wait(id, 'not-running', signal)
    await check()
    await engine.containers.start(id)
    expect(await sh('for l in one two self none; do readlink /c/$l; done; ls -A /c')).toBe(
      'two\none\nself\ngone\nnone\none\nself\ntwo\n',
    )
  })

  test('what a write that was cut off long ago left is removed by the next listing, what may be at work is not', async () => {
    const { engine, id, files, sh } = await running()
    const [left, young] = ['.quayside-0123456789ab', '.quayside-ba9876543210']
    const leave = (): Promise<string> =>
      sh(
        `mkdir -p /l/${left} /l/${young} && echo half >/l/${left}/x && touch -d '2020-01-01 00:00' /l/${left} && touch /l/kept`,
      )
    await leave()
    expect(await names(files, '/l')).toEqual(['kept'])
    expect(await sh('ls -A /l')).toBe(`${young}\nkept\n`)
    await leave()
    await engine.containers.kill(id)
    await engine.containers.wait(id, 'not-running', signal)
    expect(await names(files, '/l')).toEqual(['kept'])
    await engine.containers.start(id)
    expect(await sh('ls -A /l')).toBe(`${young}\nkept\n`)
  })

  test('a container without a shell', async () => {
    const it = await open()
    const { id } = await it.engine.containers.create(undefined, {
      Image: `${host.imagePrefix}quayside/distroless:latest`,
      Labels: { 'quayside.test': 'files' },
    })
    try {
      await it.engine.containers.start(id)
      const files = containerFiles(it.engine, id)
      expect(await names(files, '/')).toContain('ticker')
      await files.write('/note', text('hello'), both, signal)
      expect((await files.read('/note', 100, signal)).toString()).toBe('hello')
      expect(await names(files, '/')).toContain('note')
      await files.rename('/note', '/other', { overwrite: false }, signal)
      expect((await files.read('/other', 100, signal)).toString()).toBe('hello')
      await files.remove('/other', { recursive: false }, signal)
      expect(await names(files, '/')).not.toContain('other')
      expect((await names(files, '/')).filter((name) => name.includes('note'))).toEqual([])
    } finally {
      await it.engine.containers.remove(id, { force: true })
    }
  })

  test('read-only roots and mounts refuse and say so; memory is written by the program itself', async () => {
    const { files, sh } = await running({
      HostConfig: { ReadonlyRootfs: true, Tmpfs: { '/mem': '' } },
    })
    expect(await codeOf(files.write('/etc/new', text('x'), both, signal))).toBe('denied')
    expect(await codeOf(files.write('/etc/passwd', text('x'), over, signal))).toBe('denied')
    // Also when much of the content has not been read by then.
    for (let round = 0; round < 10; round++)
      expect(await codeOf(files.write('/etc/new', Buffer.alloc(1_000_000), both, signal))).toBe('denied')
    await files.write('/mem/f', text('seen'), both, signal)
    expect(await sh('cat /mem/f')).toBe('seen')
    expect((await files.read('/mem/f', 100, signal)).toString()).toBe('seen')
    expect(await names(files, '/mem')).toEqual(['f'])
    expect(await codeOf(files.unpack('/mem', tarOf([{ name: 'a', text: 'x' }]), signal))).toBe('denied')
    expect(await codeOf(files.unpack('/etc', tarOf([{ name: 'a', text: 'x' }]), signal))).toBe('denied')
  })

  test('a file that the engine has mounted is filled anew', async () => {
    const { files, sh } = await running()
    const before = (await files.read('/etc/hosts', 10_000, signal)).toString()
    await files.write('/etc/hosts', text(`${before}127.0.0.9 added\n`), over, signal)
    expect(await sh('cat /etc/hosts')).toContain('127.0.0.9 added')
  })

  test('a name that is no UTF-8 is listed, read, saved, renamed and deleted', async () => {
    const { engine, id, files, sh } = await running()
    await sh(
      'mkdir /raw && cd /raw && echo one >"$(printf "a\\377\\134b")" && mkdir "$(printf "d\\351")" && echo x >"$(printf "d\\351/\\357\\277\\275")"',
    )
    const [file, folder] = ['/raw/a\uefff\\b', '/raw/d\uefe9']
    expect(await names(files, '/raw')).toEqual(['a\uefff\\b', 'd\uefe9'])
    expect(await names(files, folder)).toEqual(['\ufffd'])
    expect((await files.read(file, 10, signal)).toString()).toBe('one\n')
    expect((await files.read(`${folder}/\ufffd`, 10, signal)).toString()).toBe('x\n')
    await files.write(file, text('two'), over, signal)
    await files.rename(file, `${folder}/\uef80`, { overwrite: false }, signal)
    expect(await sh('cd /raw && for f in *; do printf "%s" "$f" | od -An -tx1; done; cat d*/*')).toMatch(
      /^\s*64 e9\s*\n(?:two|x\n){2}$/,
    )
    await files.remove(`${folder}/\uef80`, { recursive: false }, signal)
    expect(await names(files, folder)).toEqual(['\ufffd'])
    await engine.containers.kill(id)
    await engine.containers.wait(id, 'not-running', signal)
    expect(await names(files, '/raw')).toEqual(['d\uefe9'])
    // In what does not run, Podman and old engines find no such path, or take it for another.
    if (host.version === 'podman' || host.version === '20.10') return
    expect((await files.read(`${folder}/\ufffd`, 10, signal)).toString()).toBe('x\n')
    await files.write(`${folder}/\uefff`, text('y'), both, signal)
    expect((await files.read(`${folder}/\uefff`, 10, signal)).toString()).toBe('y')
  })

  test('a folder comes out and goes in as an archive', async () => {
    const { files, sh } = await running()
    await sh('mkdir -p /a/in /b && echo x >/a/in/x && ln -s /a /link')
    const archive = await all(files.archive('/link', signal, { followLink: true }))
    const link = await all(tarHeaders(files.archive('/link', signal)))
    expect(link.map(({ name, type, linkname }) => [name, type, linkname])).toEqual([['link', '2', '/a']])
    await files.unpack(
      '/b',
      (async function* () {
        yield* archive
      })(),
      signal,
    )
    expect(await sh('cat /b/a/in/x')).toBe('x\n')
    expect(await codeOf(files.unpack('/b', tarOf([{ name: 'a', text: 'no' }]), signal))).toBe('conflict')
    expect(await sh('cat /b/a/in/x')).toBe('x\n')
    expect(await codeOf(all(files.archive('/none', signal)))).toBe('notFound')
  })

  test('a container that is gone', async () => {
    const it = await open()
    const files = containerFiles(it.engine, 'no-such-container')
    expect(await codeOf(files.stat('/x', signal))).toBe('notFound')
    expect(await codeOf(files.list('/', signal))).toBe('notFound')
    expect(await codeOf(files.write('/x', text('x'), both, signal))).toBe('notFound')
  })
})

test.skipIf(!columns.some(([name]) => name === 'Docker 28'))(
  'owners in containers of an engine that remaps them are told, kept and copied as programs there see them',
  async () => {
    const host = await startEngine({ version: '28', config: { 'userns-remap': 'default' } })
    try {
      const engine = await engineAt({ ...columns[0]![1], dockerHost: host.dockerHost, env: host.env })
      const make = async (): Promise<string> => {
        const body = { Image: 'busybox:latest', Cmd: ['sleep', '3600'], HostConfig: { Init: true } }
        const { id } = await engine.containers.create(undefined, body)
        await engine.containers.start(id)
        return id
      }
      const sh = async (id: string, script: string): Promise<string> =>
        (await runInContainer(engine, id, { command: ['sh', '-c', script] })).stdout
      const [one, other] = [await make(), await make()]
      await sh(one, 'mkdir /o && echo old >/o/f && chown 1000:1001 /o /o/f && chmod 640 /o/f')
      await engine.containers.kill(one)
      await engine.containers.wait(one, 'not-running', signal)
      const files = containerFiles(engine, one)
      expect(await files.list('/o', signal)).toMatchObject([{ name: 'f', owner: { uid: 1000, gid: 1001 } }])
      await files.write('/o/f', text('new'), over, signal)
      await files.write('/o/g', text('more'), both, signal)
      await containerFiles(engine, other).unpack('/', files.archive('/o', signal), signal)
      expect(await sh(other, 'cd /o && stat -c "%n %u:%g %a" . f g && cat f g')).toBe(
        '. 1000:1001 755\nf 1000:1001 640\ng 1000:1001 644\nnewmore',
      )
      engine.dispose()
    } finally {
      await host.stop()
    }
  },
)
