import { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { describe, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { all, codeOf, failureOf } from '../support/transports.ts'
import { bench, columns, tarOf, unframed } from './under-test.ts'

const signal = new AbortController().signal

interface Entry {
  readonly name: string
  readonly type: string | null | undefined
  readonly mode: number | undefined
  readonly uid: number | undefined
  readonly gid: number | undefined
  readonly text: string
}

async function entriesOf(archive: AsyncIterable<Buffer>): Promise<Entry[]> {
  const entries: Entry[] = []
  const reader = Readable.from(archive).pipe(extract())
  for await (const entry of reader) {
    const { name, type, mode, uid, gid } = entry.header
    const text = Buffer.concat(await all(entry as AsyncIterable<Buffer>)).toString()
    entries.push({ name, type, mode: mode === undefined ? undefined : mode & 0o7777, uid, gid, text })
  }
  return entries
}

describe.each(columns)('files in containers of %s', (_name, host) => {
  const open = bench(host)

  test('what stands at a path, of every kind', async () => {
    const { engine, id, sh } = await running()
    await sh(
      'mkdir -p /w/full && cd /w && echo text >file && chown 1000:1001 file && chmod 4640 file && ln -s file link && ln -s /none broken && mkfifo pipe && chmod 1777 full && touch -d "2024-01-02 03:04:05" file',
    )
    const stat = (path: string) => engine.files.stat(id, path)
    expect(await stat('/w/file')).toEqual({
      name: 'file',
      size: 5,
      mode: 0o4640,
      type: 'file',
      mtime: Date.UTC(2024, 0, 2, 3, 4, 5),
      linkTarget: expect.any(String) as string,
    })
    expect(await stat('/w/full')).toMatchObject({ type: 'directory', mode: 0o1777 })
    expect(await stat('/w/link')).toMatchObject({ type: 'symlink' })
    expect((await stat('/w/link')).linkTarget).toContain('file')
    expect(await stat('/w/pipe')).toMatchObject({ type: 'fifo' })
    expect(await stat('/w/broken')).toMatchObject({ type: 'symlink' })
    expect(await codeOf(stat('/w/none'))).toBe('notFound')
    expect(await codeOf(engine.files.stat('no-such', '/'))).toBe('notFound')
  })

  test('a folder comes out whole, with owners and modes', async () => {
    const { engine, id, sh } = await running()
    await sh(
      'mkdir -p /out/sub && echo a >/out/a && echo b >/out/sub/b && chmod 600 /out/a && chown 7:8 /out/a',
    )
    const entries = await entriesOf(engine.files.getArchive(id, '/out', signal))
    expect(entries.map(({ name }) => name.replace(/\/$/, '')).sort()).toEqual([
      'out',
      'out/a',
      'out/sub',
      'out/sub/b',
    ])
    expect(entries.find(({ name }) => name === 'out/a')).toMatchObject({
      mode: 0o600,
      // Podman gives all to whoever asks.
      ...(host.version === 'podman' ? { uid: 0, gid: 0 } : { uid: 7, gid: 8 }),
      text: 'a\n',
    })
    expect(await codeOf(all(engine.files.getArchive(id, '/none', signal)))).toBe('notFound')
  })

  test('what goes in keeps the owner, mode and names that the archive says', async () => {
    const { engine, id, sh } = await running()
    await sh('mkdir -p /in')
    const odd = 'sp ace $(id) ü;"\'\n.txt'
    await engine.files.putArchive(
      id,
      '/in',
      tarOf([
        { name: 'own', text: 'mine', mode: 0o640, uid: 1000, gid: 1001 },
        { name: odd, text: 'odd' },
      ]),
      signal,
    )
    expect(await sh('stat -c "%u %g %a" /in/own; cat /in/own')).toBe('1000 1001 640\nmine')
    expect(await sh('ls /in | wc -l; cat /in/sp*')).toMatch(/\nodd$/)
    const [entry] = await entriesOf(engine.files.getArchive(id, `/in/${odd}`, signal))
    expect(entry).toMatchObject({ name: odd, text: 'odd' })
  })

  test('a folder is never replaced by a file', async () => {
    const { engine, id, sh } = await running()
    await sh('mkdir -p /keep/data && echo precious >/keep/data/file')
    const put = engine.files.putArchive(id, '/keep', tarOf([{ name: 'data', text: 'x' }]), signal)
    expect((await failureOf(put)).message).toMatch(/data|director/i)
    expect(await sh('cat /keep/data/file')).toBe('precious\n')
  })

  test('a stopped container and one never started have files too', async () => {
    const it = await open()
    const id = await it.create(['true'])
    await it.engine.files.putArchive(id, '/tmp', tarOf([{ name: 'f', text: 'x' }]), signal)
    const [entry] = await entriesOf(it.engine.files.getArchive(id, '/tmp/f', signal))
    expect(entry?.text).toBe('x')
  })

  test('where nothing can be put', async () => {
    const { engine, id } = await running()
    const put = (container: string, path: string) =>
      codeOf(engine.files.putArchive(container, path, tarOf([{ name: 'f', text: 'x' }]), signal))
    expect(await put('no-such', '/')).toBe('notFound')
    // Podman makes the folder.
    if (host.version !== 'podman') expect(await put(id, '/none/at/all')).toBe('notFound')
    expect(await put(id, '/etc/passwd')).toMatch(/invalid|internal/)
  })

  test('breaking off a large copy ends it', async () => {
    const { engine, id, sh } = await running()
    await sh('head -c 20000000 /dev/zero >/large')
    let length = 0
    for await (const chunk of engine.files.getArchive(id, '/large', signal)) {
      length += chunk.length
      break
    }
    expect(length).toBeGreaterThan(0)
    const control = new AbortController()
    const reading = engine.files.getArchive(id, '/large', control.signal)[Symbol.asyncIterator]()
    await reading.next()
    control.abort()
    expect(await codeOf(drain(reading))).toBe('cancelled')
  })

  async function running(): Promise<{
    engine: Engine
    id: string
    sh: (script: string) => Promise<string>
  }> {
    const it = await open()
    shared ??= it.idle()
    const id = await shared
    const sh = async (script: string): Promise<string> => {
      const { stream } = await it.engine.streams.exec(id, {
        command: ['sh', '-c', script],
        tty: false,
        stdin: false,
      })
      const { stdout, stderr } = await unframed(stream.output)
      expect(stderr).toBe('')
      return stdout
    }
    return { engine: it.engine, id, sh }
  }
  let shared: Promise<string> | undefined
})

async function drain(reader: AsyncIterator<unknown>): Promise<void> {
  while ((await reader.next()).done !== true);
}
