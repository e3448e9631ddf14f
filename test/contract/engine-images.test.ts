import { registryTags } from '../../src/engine/registry/registry-tags.ts'
import type { RegistryAuth } from '../../src/engine/registry-auth.ts'
import { describe, expect, test } from 'vitest'
import type { ProgressRecord } from '../../src/engine/engine.ts'
import { Secret } from '../../src/engine/secret.ts'
import { all, codeOf, failureOf } from '../support/transports.ts'
import { bench, columns, fresh, hosts, tarOf } from './under-test.ts'

const signal = new AbortController().signal

describe.each(columns)('images of %s', (_name, host) => {
  const open = bench(host)
  const prefix = host.imagePrefix

  test('listed with all their names, looked into, tagged and removed', async () => {
    const { engine, image } = await open()
    const busybox = (await engine.images.list()).find(({ tags }) => tags.includes(image))!
    expect(busybox.id).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(busybox.size).toBeGreaterThan(100_000)
    expect(busybox.tags.length).toBeGreaterThan(1)
    expect(busybox.dangling).toBe(false)
    expect((await engine.images.inspect(image))['Id']).toMatch(new RegExp(`${busybox.id.slice(7)}$`))
    const layers = await engine.images.history(image)
    expect(layers.length).toBeGreaterThan(0)

    const name = `${prefix}${fresh('img')}`
    await engine.images.tag(image, name, 'v1')
    expect((await engine.images.list()).find(({ id }) => id === busybox.id)!.tags).toContain(`${name}:v1`)
    // Removing one name of an image leaves the image.
    const { untagged, deleted } = await engine.images.remove(`${name}:v1`)
    expect([...untagged].join()).toContain('v1')
    expect(deleted).toEqual([])
    expect(await codeOf(engine.images.remove(`${name}:v1`))).toBe('notFound')
    expect(await codeOf(engine.images.inspect('no/such:image'))).toBe('notFound')
  })

  test('built from a tar, with its text and its id; a failure is told', async () => {
    const { engine } = await open()
    const tag = `${prefix}${fresh('built')}:1`
    const dockerfile = `FROM ${prefix}busybox:1.36\nARG WHO\nRUN echo built by $WHO\nCOPY a.txt /a.txt\nLABEL canary=yes\n`
    const context = () =>
      tarOf([
        { name: 'Dockerfile', text: dockerfile },
        { name: 'a.txt', text: 'a' },
      ])
    const query = { t: tag, buildargs: JSON.stringify({ WHO: 'me' }) }
    const records = await all(engine.streams.build(context(), query, {}, signal))
    expect(said(records)).toContain('built by me')
    const image = (await engine.images.list()).find(({ tags }) => tags.includes(tag))
    expect(image?.labels).toMatchObject({ canary: 'yes' })

    const broken = tarOf([{ name: 'Dockerfile', text: `FROM ${prefix}busybox:1.36\nRUN exit 7\n` }])
    expect((await failureOf(all(engine.streams.build(broken, {}, {}, signal)))).message).toMatch(/\b7\b/)
    // No container of a step stays, whether the build ended well or not.
    expect((await engine.containers.list()).some(({ command }) => /built by|exit 7/.test(command))).toBe(
      false,
    )
    await engine.images.remove(tag, { force: true })
  })

  test('saved and loaded, exported and imported, committed', async () => {
    const it = await open()
    const { engine } = it
    const name = `${prefix}${fresh('round')}`
    await engine.images.tag(it.image, name, '1')
    const saved = await all(engine.streams.save([`${name}:1`], signal))
    await engine.images.remove(`${name}:1`)
    const loaded = await all(engine.streams.load(each(saved), signal))
    expect(said(loaded)).toContain(`${name.split('/').at(-1)}:1`)
    await engine.images.remove(`${name}:1`)

    const container = await it.run(['sh', '-c', 'echo kept >/kept'])
    await engine.containers.wait(container, 'not-running')
    const exported = await all(engine.streams.export(container, signal))
    expect(Buffer.concat(exported).includes('kept')).toBe(true)
    const imported = { repository: name, tag: 'imported', message: 'from a test', changes: ['CMD ["true"]'] }
    await all(engine.streams.import(each(exported), imported, signal))
    expect(JSON.stringify(await engine.images.inspect(`${name}:imported`))).toContain('true')
    await engine.images.remove(`${name}:imported`)

    const id = await engine.images.commit(container, {
      repository: name,
      tag: 'committed',
      author: 'me',
      message: 'kept',
      changes: ['ENV A=b'],
    })
    expect(id).toMatch(/[0-9a-f]{64}$/)
    expect(JSON.stringify(await engine.images.inspect(`${name}:committed`))).toContain('A=b')
    await engine.images.remove(`${name}:committed`)
  })

  test('what cannot be loaded or pulled fails with a reason', async () => {
    const { engine } = await open()
    const text = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from('this is no archive')
    }
    expect((await failureOf(all(engine.streams.load(text(), signal)))).message).not.toBe('')
    const absent = await failureOf(all(engine.streams.pull('127.0.0.1:1/no/such:image', {}, signal)))
    expect(absent.message).not.toBe('')
  })

  test.skipIf(hosts.registry === undefined)(
    'logged in, pushed, pulled; a wrong password is told',
    async () => {
      const it = await open()
      const { engine } = it
      const { address, user, password } = hosts.registry!
      const right = { serverAddress: address, username: user, password: new Secret(password) }
      const wrong = { ...right, password: new Secret('wrong+/?') }
      // Podman checks certificates of a registry that has none.
      if (it.podman) {
        expect((await failureOf(engine.system.login(wrong))).message).not.toContain('wrong+/?')
        return
      }
      expect((await engine.system.login(right)).status).toContain('Succeeded')
      expect(await codeOf(engine.system.login(wrong))).toBe('unauthorized')

      const name = `${address}/${fresh('pushed')}`
      await engine.images.tag(it.image, name, '1')
      expect(await codeOf(all(engine.streams.push(`${name}:1`, {}, signal)))).toBe('unauthorized')
      expect(await codeOf(all(engine.streams.push(`${name}:1`, { auth: wrong }, signal)))).toBe(
        'unauthorized',
      )
      const pushed = await all(engine.streams.push(`${name}:1`, { auth: right }, signal))
      expect(JSON.stringify(pushed)).toContain('sha256:')
      const tags = (auth: RegistryAuth) =>
        registryTags(name, { credentials: () => Promise.resolve(auth), signal })
      expect(await tags(right)).toEqual(['1'])
      await expect(tags(wrong)).rejects.toThrow()
      await engine.images.remove(`${name}:1`)
      const failure = await failureOf(all(engine.streams.pull(`${name}:1`, { auth: wrong }, signal)))
      expect(failure.code).toBe('unauthorized')
      const pulled = await all(engine.streams.pull(`${name}:1`, { auth: right }, signal))
      expect(JSON.stringify(pulled)).toContain(`${name}:1`)
      await engine.images.remove(`${name}:1`)
      expect(JSON.stringify([pushed, pulled, failure])).not.toContain(password)
    },
  )
})

async function* each(chunks: readonly Buffer[]): AsyncGenerator<Buffer> {
  for (const chunk of chunks) yield await Promise.resolve(chunk)
}

function said(records: readonly ProgressRecord[]): string {
  return records.map(({ stream, status }) => stream ?? status ?? '').join('')
}
