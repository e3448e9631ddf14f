import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import type { Engine, Raw } from '../../src/engine/engine.ts'
import type { EngineError } from '../../src/engine/errors.ts'
import { containerFiles } from '../../src/engine/files/container-files.ts'
import { packTar, packedAs } from '../../src/engine/files/pack.ts'
import { standInLabel } from '../../src/engine/files/place.ts'
import { runInContainer } from '../../src/engine/terminal/run.ts'
import type { ContainerNode, TreeNode, VolumeNode } from '../../src/tree/node.ts'
import { sceneOn, type Scene } from '../support/command-deps.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { chooses, types, type Answer } from '../support/scripted-ui.ts'
import { codeOf } from '../support/transports.ts'
import { containerPlace } from '../../src/tree/places.ts'
import { bench, columns, engineBehind, fresh } from './under-test.ts'

const scratch = mkdtempSync(join(tmpdir(), 'quayside-copies-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

function folder(): string {
  const path = join(scratch, fresh('local'))
  mkdirSync(path)
  return path
}

/** A file that takes a while to send and no room on the disk. */
function large(path: string): string {
  writeFileSync(path, '')
  truncateSync(path, 3_000_000_000)
  return path
}

describe.each(columns)('copies into and out of %s', (_name, host) => {
  const open = bench(host)

  async function box(body: Raw = {}) {
    const it = await open()
    const id = await it.idle(body)
    const [container] = await it.engine.containers.list({ ids: [id] })
    const node: ContainerNode = { kind: 'container', container: container! }
    const sh = async (script: string): Promise<string> => {
      const { stdout, stderr } = await runInContainer(it.engine, id, { command: ['sh', '-c', script] })
      return stdout + stderr
    }
    return { engine: it.engine, id, node, sh }
  }

  async function volume(options: Readonly<Record<string, string>> = {}) {
    const { engine } = await open()
    const made = await engine.volumes.create({ name: fresh('copies'), options })
    const node: VolumeNode = { kind: 'volume', volume: made, usedBy: [] }
    const scene = sceneOn(engine)
    const places = await scene.deps.places()
    const files = places.files({ kind: 'volume', engine: engine.id, id: made.name, name: made.name })
    const gone = async (): Promise<void> => {
      await places.close()
      await engine.volumes.remove(made.name, { force: true })
    }
    return { engine, node, files, places, gone }
  }

  async function run(
    engine: Engine,
    id: string,
    node: TreeNode,
    ...answers: Answer[]
  ): Promise<Scene<Engine>> {
    const scene = sceneOn(engine, answers)
    await scene.run(id, node)
    expect(scene.unused).toEqual([])
    await (await scene.deps.places()).close()
    return scene
  }

  async function cancelled(engine: Engine, node: TreeNode, ...answers: Answer[]): Promise<void> {
    const scene = sceneOn(engine, answers)
    const running = scene.run('files.upload', node)
    await expect
      .poll(() => scene.transcript.some((line) => /^ {2}\d/.test(line)), { interval: 1, timeout: 30_000 })
      .toBe(true)
    scene.cancel()
    expect(await codeOf(running)).toBe('cancelled')
    await (await scene.deps.places()).close()
  }

  test('an upload that is cancelled leaves no half file, and the old one as it was', async () => {
    const { engine, node, sh } = await box()
    const local = large(join(folder(), 'big'))
    await sh('mkdir /up && echo old >/up/big')
    await cancelled(engine, node, chooses(local), types('/up'), chooses('Overwrite'))
    await expect.poll(() => sh('ls -A /up; cat /up/big')).toBe('big\nold\n')
  })

  test('cancelled when it takes its place already, an upload is done, and says before that it will be', async () => {
    const { engine, node, sh } = await box()
    await sh('mkdir -p /up/site && echo old >/up/site/a')
    const local = site({ a: 'new\n', 'sub/b': 'new\n' })
    const scene = sceneOn(engine, [chooses(local), types('/up'), chooses('Overwrite')])
    await scene.run('files.uploadFolder', node)
    expect(scene.transcript.filter((line) => line.includes('cannot be cancelled'))).toHaveLength(1)
    const control = new AbortController()
    const files = containerFiles(engine, node.container.id)
    await files.unpackWhole(
      '/up',
      ['site'],
      (onEntry) => packTar([packedAs(local)], { uid: 7, gid: 7, signal: control.signal, onEntry }),
      control.signal,
      () => control.abort(),
    )
    expect(await sh('cd /up/site && cat a sub/b && stat -c %u a; ls -A /up')).toBe('new\nnew\n7\nsite\n')
  })

  test('nor does one into a container that nothing runs in', async () => {
    const { engine, id, node, sh } = await box()
    await sh('mkdir /up && echo old >/up/big')
    await engine.containers.kill(id)
    await engine.containers.wait(id, 'not-running', new AbortController().signal)
    const local = large(join(folder(), 'big'))
    await cancelled(engine, node, chooses(local), types('/up'), chooses('Overwrite'))
    const files = containerFiles(engine, id)
    expect((await files.list('/up')).map(({ name }) => name)).toEqual(['big'])
    expect((await files.read('/up/big', 100)).toString()).toBe('old\n')
  })

  test('files of one name are asked about; what is mounted below is filled through its mount', async () => {
    const { node: shared, gone, places } = await volume()
    // In a container that does not run Podman shows its mounts by themselves only, not from the folders around them.
    const data = host.version === 'podman' ? '/elsewhere' : '/up/site/data'
    const { engine, id, node, sh } = await box({ HostConfig: { Binds: [`${shared.volume.name}:${data}`] } })
    try {
      await sh('mkdir -p /up/site')
      await engine.containers.kill(id)
      await engine.containers.wait(id, 'not-running', new AbortController().signal)
      const [one, two] = [folder(), folder()]
      for (const local of [one, two]) {
        mkdirSync(join(local, 'site', 'data'), { recursive: true })
        writeFileSync(join(local, 'site', 'data', 'x'), local)
      }
      const sites = [join(one, 'site'), join(two, 'site')]
      const answers = [chooses(...sites), types('/up'), chooses('Overwrite'), chooses('Keep Both')]
      await run(engine, 'files.uploadFolder', node, ...answers)
      const files = containerFiles(engine, id)
      expect((await files.list('/up')).map(({ name }) => name).sort()).toEqual(['site', 'site (2)'])
      expect((await files.read('/up/site/data/x', 1000)).toString()).toBe(one)
      expect((await files.read('/up/site (2)/data/x', 1000)).toString()).toBe(two)
      expect(await codeOf(files.remove(data, { recursive: true }))).toBe('denied')
    } finally {
      await places.close()
      await engine.containers.remove(id, { force: true })
      await gone()
    }
  })

  test('files are pasted into other containers, and beside themselves under another name', async () => {
    const from = await box()
    const into = await box()
    await from.sh('mkdir -p /a/sub && echo x >/a/sub/x && ln -s sub/x /a/link && ln /a/sub/x /a/hard')
    await into.engine.containers.kill(into.id)
    await into.engine.containers.wait(into.id, 'not-running', new AbortController().signal)
    const scene = sceneOn(from.engine, [types('/'), chooses('Keep Both')])
    const place = containerPlace(from.node.container)
    scene.clipboard = { local: [], ours: ['/a', '/a/sub/x'].map((path) => ({ place, path })) }
    await scene.run('files.pasteInto', from.node)
    expect(await from.sh('cd "/a (2)" && find . | sort && cat link hard')).toBe(
      '.\n./hard\n./link\n./sub\n./sub/x\nx\nx\n',
    )
    const other = sceneOn(from.engine, [types('/')])
    other.clipboard = scene.clipboard
    await other.run('files.pasteInto', into.node)
    const files = containerFiles(into.engine, into.id)
    expect((await files.list('/a')).map(({ name }) => name).sort()).toEqual(['hard', 'link', 'sub'])
    expect((await files.read('/a/hard', 10)).toString()).toBe('x\n')
    expect((await files.list('/')).filter(({ name }) => name.includes('quayside'))).toEqual([])
    const empty = sceneOn(from.engine)
    expect(await codeOf(empty.run('files.pasteInto', into.node))).toBe('notFound')
  })

  test('nor is there one in a volume that nothing runs with', async () => {
    const { engine, node, files, gone } = await volume()
    try {
      await cancelled(engine, node, chooses(large(join(folder(), 'big'))), types('/'))
      await expect.poll(async () => (await files.list('/')).map(({ name }) => name)).toEqual([])
    } finally {
      await gone()
    }
  })

  test('a folder goes into the one that is there, beside what is in it', async () => {
    const { engine, node, sh } = await box()
    const local = folder()
    mkdirSync(join(local, 'site', 'sub'), { recursive: true })
    writeFileSync(join(local, 'site', 'sub', 'a'), 'new')
    await sh('mkdir -p /up/site/sub && cd /up/site && echo kept >other && echo old >sub/a')
    await run(
      engine,
      'files.uploadFolder',
      node,
      chooses(join(local, 'site')),
      types('/up'),
      chooses('Overwrite'),
    )
    expect(await sh('cd /up && find . -type f | sort; cat site/sub/a; ls -A')).toBe(
      './site/other\n./site/sub/a\nnewsite\n',
    )
  })

  function site(files: Readonly<Record<string, string | Uint8Array>>): string {
    const local = join(folder(), 'site')
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(local, name)), { recursive: true })
      writeFileSync(join(local, name), content)
    }
    return local
  }

  test('a folder goes above mounts of a running container through them; where one refuses, nothing is replaced', async () => {
    const [data, fixed] = [await volume(), await volume()]
    const { engine, id, node, sh } = await box({
      HostConfig: {
        Binds: [`${data.node.volume.name}:/up/site/data`, `${fixed.node.volume.name}:/up/site/ro:ro`],
      },
    })
    try {
      await sh('cd /up/site && echo old >a && echo old >data/x && echo kept >data/kept')
      const answers = (local: string) => [chooses(local), types('/up'), chooses('Overwrite')]
      await run(
        engine,
        'files.uploadFolder',
        node,
        ...answers(site({ a: 'new\n', 'data/x': 'new\n', 'data/sub/y': 'y\n' })),
      )
      expect(await sh('cd /up/site && cat a data/x data/kept data/sub/y; ls -A /up . data')).toBe(
        'new\nnew\nkept\ny\n.:\na\ndata\nro\n\n/up:\nsite\n\ndata:\nkept\nsub\nx\n',
      )
      expect((await data.files.read('/x', 10)).toString()).toBe('new\n')
      const refused = sceneOn(engine, answers(site({ a: 'newer', 'data/x': 'newer', 'ro/z': 'newer' })))
      expect(await codeOf(refused.run('files.uploadFolder', node))).toBe('denied')
      expect(await sh('cd /up/site && cat a data/x; ls -A /up data ro')).toBe(
        'new\nnew\n/up:\nsite\n\ndata:\nkept\nsub\nx\n\nro:\n',
      )
      // While it does not run Podman would put it beneath the mount.
      await engine.containers.kill(id)
      await engine.containers.wait(id, 'not-running', new AbortController().signal)
      const stopped = sceneOn(engine, answers(site({ a: 'last', 'data/x': 'last' })))
      const end = await stopped.run('files.uploadFolder', node).catch((fault: EngineError) => fault.code)
      const isPodman = host.version === 'podman'
      expect(end).toBe(isPodman ? 'denied' : undefined)
      await engine.containers.start(id)
      expect(await sh('cd /up/site && cat a data/x')).toBe(isPodman ? 'new\nnew\n' : 'lastlast')
    } finally {
      await data.places.close()
      await fixed.places.close()
      await engine.containers.remove(id, { force: true })
      await data.gone()
      await fixed.gone()
    }
  })

  test.each(host.version === 'podman' ? [] : ['a full disk'])(
    '%s below a folder that is uploaded again leaves all as it was; one that has room for the new files takes them',
    async () => {
      const { engine, node, gone, places } = await volume({ type: 'tmpfs', device: 'tmpfs', o: 'size=1m' })
      const inside = await box({ HostConfig: { Binds: [`${node.volume.name}:/up/site/data`] } })
      const upload = async (local: string, into: string): Promise<string> => {
        const scene = sceneOn(engine, [chooses(local), types(into), chooses('Overwrite')])
        return scene.run('files.uploadFolder', inside.node).then(
          () => 'done',
          (fault: unknown) => String(fault),
        )
      }
      try {
        await inside.sh(
          'cd /up/site && echo old >a && echo old >data/x && mkdir data/site && head -c 300000 /dev/zero >data/site/b',
        )
        const larger = site({ a: 'new', 'data/x': Buffer.alloc(2_000_000, 'x') })
        expect(await upload(larger, '/up')).toContain('There is no space left for /up')
        expect(await inside.sh('cd /up/site; cat a data/x; ls -A /up data')).toBe(
          'old\nold\n/up:\nsite\n\ndata:\nsite\nx\n',
        )
        // Not twice the space.
        expect(await upload(site({ b: Buffer.alloc(500_000, 'x') }), '/up/site/data')).toBe('done')
        expect(await inside.sh('cd /up/site/data; wc -c <site/b; ls -A')).toBe('500000\nsite\nx\n')
      } finally {
        await places.close()
        await engine.containers.remove(inside.id, { force: true })
        await gone()
      }
    },
  )

  test('owners stay when asked, links are followed when asked', async () => {
    const { engine, node, sh } = await box()
    const local = folder()
    writeFileSync(join(local, 'real'), 'content')
    chmodSync(join(local, 'real'), 0o4750)
    symlinkSync('real', join(local, 'link'))
    await sh('mkdir /up && chown 7:8 /up && echo x >/up/owned && chown 1000:1001 /up/owned')
    await run(engine, 'files.upload', node, chooses(join(local, 'link')), types('/up'))
    expect(await sh('readlink /up/link; stat -c %u:%g /up/link; rm /up/link')).toBe('real\n7:8\n')
    const scene = await run(
      engine,
      'files.uploadWith',
      node,
      chooses('Keep owner and group', 'Follow links'),
      chooses(join(local, 'link')),
      types('/up'),
    )
    const { uid, gid } = lstatSync(join(local, 'real'))
    expect(await sh('cat /up/link; stat -c " %F %u:%g %a" /up/link')).toBe(
      `content regular file ${uid}:${gid} 4750\n`,
    )
    expect(scene.equivalents[0]).toContain('cp -a -L ')
    const down = folder()
    const answers = [types('/up/owned'), chooses('Keep owner and group'), chooses(down)]
    if (process.getuid?.() === 0) {
      await run(engine, 'files.downloadWith', node, ...answers)
      // Podman tells root for every file.
      const owner = host.version === 'podman' ? { uid: 0, gid: 0 } : { uid: 1000, gid: 1001 }
      expect(lstatSync(join(down, 'owned'))).toMatchObject(owner)
    } else {
      const told = await run(
        engine,
        'files.downloadWith',
        node,
        ...answers,
        chooses('Show What Was Left Out'),
      )
      expect(told.documents[0]?.text).toContain('belongs to this account now')
    }
  })

  // Podman has no small disks to give.
  const full = host.version === 'podman' ? [] : ['a full disk']
  test.each(full)('%s is told, and nothing of the copy stays', async () => {
    const { engine, node, gone, places } = await volume({ type: 'tmpfs', device: 'tmpfs', o: 'size=1m' })
    const inside = await box({ HostConfig: { Binds: [`${node.volume.name}:/small`] } })
    try {
      const local = join(folder(), 'four')
      writeFileSync(local, Buffer.alloc(4_000_000, 'x'))
      await inside.sh('echo old >/small/four')
      const scene = sceneOn(engine, [chooses(local), types('/small'), chooses('Overwrite')])
      const told = await scene.run('files.upload', inside.node).catch((fault: unknown) => String(fault))
      expect(told).toContain('There is no space left for /small')
      expect(await inside.sh('ls -A /small; cat /small/four')).toBe('four\nold\n')
    } finally {
      await places.close()
      await engine.containers.remove(inside.id, { force: true })
      await gone()
    }
  })

  test('a full disk here is told, nothing of the download stays, and the file that was there does', async () => {
    const { engine, node, sh } = await box()
    await sh('mkdir /out && head -c 4000000 /dev/zero >/out/four && cp /out/four /out/copy')
    const small = folder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small])
    try {
      writeFileSync(join(small, 'four'), 'old')
      for (const answers of [
        [types('/out/four'), chooses(small), chooses('Overwrite')],
        [types('/out'), chooses(small)],
      ]) {
        const scene = sceneOn(engine, answers)
        const fault = await scene.run('files.download', node).catch((told: unknown) => told)
        expect(scene.unused).toEqual([])
        await (await scene.deps.places()).close()
        expect(String(fault)).toContain('There is no space left for')
        expect(readdirSync(small)).toEqual(['four'])
        expect(readFileSync(join(small, 'four'), 'utf8')).toBe('old')
      }
    } finally {
      execFileSync('umount', [small])
    }
  })

  test('a folder here that cannot be written, or is gone, is told as that; so is a file that is gone or none', async () => {
    const { engine, node, sh } = await box()
    await sh('mkdir -p /out/sub && echo x >/out/sub/file')
    const local = folder()
    const told = async (command: string, ...answers: Answer[]): Promise<string> => {
      const scene = sceneOn(engine, answers)
      const fault = await scene.run(command, node).catch((reason: unknown) => String(reason))
      expect(scene.unused).toEqual([])
      await (await scene.deps.places()).close()
      return String(fault)
    }
    const readOnly = folder()
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro,size=1m', 'tmpfs', readOnly])
    try {
      expect(await told('files.download', types('/out'), chooses(readOnly))).toContain(
        `${join(readOnly, 'out')} is on a read-only file system.`,
      )
    } finally {
      execFileSync('umount', [readOnly])
    }
    const gone = join(local, 'gone')
    expect(await told('files.download', types('/out'), chooses(gone))).toContain(
      `${join(gone, 'out')} is not there.`,
    )
    expect(await told('files.upload', chooses(gone), types('/out'))).toContain(`${gone} is not there.`)
    const pipe = join(local, 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(await told('files.upload', chooses(pipe), types('/out'))).toContain(
      `${pipe} is nothing that can be uploaded.`,
    )
    expect(await sh('ls -A /out')).toBe('sub\n')
  })

  // The answer that Podman gives to half an archive takes it as long as it likes.
  const cuts = host.version === 'podman' ? [] : ['a save whose connection is cut']
  test.each(cuts)('%s leaves the old file or the new one, never a piece', async () => {
    const { engine, id, sh } = await box()
    await sh('echo old >/kept && chown 7:8 /kept && chmod 640 /kept')
    const direct = containerFiles(engine, id)
    const content = Buffer.alloc(3_000_000, 'new ')
    const over = { create: false, overwrite: true }
    const cut = async (after: number): Promise<void> => {
      const proxy = await startFaultProxy(engine.endpoint.address)
      const behind = engineBehind(proxy.address, proxy.url)
      try {
        await behind.connect()
        proxy.faults = { up: { cutAfter: after } }
        expect(await codeOf(containerFiles(behind, id).write('/kept', content, over))).toMatch(
          /lost|unreachable|internal/,
        )
      } finally {
        behind.dispose()
        await proxy.close()
      }
      const left = await direct.read('/kept', 10_000_000)
      expect(left.equals(content) ? 'new' : left.toString()).toMatch(/^(old\n|new)$/)
    }
    await cut(200_000)
    await cut(2_900_000)
    // The script in the container tidies up by itself, a moment later.
    await expect.poll(() => sh('ls -A / | grep -c quayside; stat -c "%u:%g %a" /kept')).toBe('0\n7:8 640\n')
    await direct.write('/kept', Buffer.from('old\n'), over)
    await engine.containers.kill(id)
    await engine.containers.wait(id, 'not-running', new AbortController().signal)
    await cut(200_000)
    await cut(2_900_000)
  })

  test('a container that vanishes meanwhile is told', async () => {
    const { engine, id, node } = await box()
    const local = join(folder(), 'a')
    writeFileSync(local, 'x')
    await engine.containers.remove(id, { force: true })
    const scene = sceneOn(engine, [chooses(local), types('/')])
    expect(await codeOf(scene.run('files.upload', node))).toBe('notFound')
    expect(readFileSync(local, 'utf8')).toBe('x')
  })

  test('one that is removed while files go into it is told as that, whatever the engine says', async () => {
    const { engine, id } = await box()
    const local = join(folder(), 'a')
    writeFileSync(local, Buffer.alloc(100_000_000))
    const { signal } = new AbortController()
    let removed: Promise<void> | undefined
    async function* removing(archive: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      let pieces = 0
      for await (const piece of archive) {
        yield piece
        if (++pieces === 20) removed = engine.containers.remove(id, { force: true })
      }
    }
    const upload = containerFiles(engine, id).unpackWhole(
      '/',
      ['a'],
      (onEntry) => removing(packTar([packedAs(local)], { uid: 0, gid: 0, signal, onEntry })),
      signal,
    )
    expect(await codeOf(upload)).toMatch(/^(notFound|lost|unreachable)$/)
    await removed
  })

  test('files of a volume are renamed and deleted, and nothing stays behind', async () => {
    const { engine, node, files, gone } = await volume()
    try {
      const both = { create: true, overwrite: true }
      await files.createFolder('/sub')
      await files.write('/sub/a', Buffer.from('a'), both)
      await files.rename('/sub/a', '/b', { overwrite: false })
      expect(await codeOf(files.rename('/none', '/c', { overwrite: false }))).toBe('notFound')
      expect(await codeOf(files.rename('/b', '/sub', { overwrite: false }))).toBe('conflict')
      expect((await files.read('/b', 10)).toString()).toBe('a')
      await files.remove('/sub', { recursive: true })
      await files.remove('/b', { recursive: false })
      expect(await files.list('/')).toEqual([])
    } finally {
      await gone()
    }
    const left = (await engine.containers.list()).filter(({ labels }) => standInLabel in labels)
    expect(left).toEqual([])
    expect((await engine.volumes.list()).map(({ name }) => name)).not.toContain(node.volume.name)
  })

  test('a file that changes its size while a volume is read leaves no backup and no clone that lacks something', async () => {
    const { engine, node, gone, places } = await volume()
    const inside = await box({ HostConfig: { Binds: [`${node.volume.name}:/v`] } })
    // Docker ends the archive in such a file; Podman ends it behind one that grows, as if it were whole.
    const change = host.version === 'podman' ? 'echo more >>/v/a' : 'truncate -s 1000 /v/a'
    const local = folder()
    const clone = fresh('clone')
    try {
      for (const [command, ...answers] of [
        ['volumes.backUp', types(join(local, 'backup.tar'))],
        ['volumes.clone', types(clone)],
        ['files.download', types('/'), chooses(local)],
      ] as const) {
        await inside.sh('echo z >/v/z; rm -f /v/a; truncate -s 400M /v/a')
        const scene = sceneOn(engine, answers)
        const running = scene.run(command, node).catch((fault: unknown) => fault as EngineError)
        await expect
          .poll(() => scene.transcript.some((line) => /^ {2}\d/.test(line)), { interval: 1, timeout: 30_000 })
          .toBe(true)
        expect(await inside.sh(change)).toBe('')
        expect(await running, command).toMatchObject({ code: 'lost' })
        await (await scene.deps.places()).close()
        expect(readdirSync(local), command).toEqual([])
      }
      expect((await engine.volumes.list()).map(({ name }) => name)).not.toContain(clone)
    } finally {
      await places.close()
      await engine.containers.remove(inside.id, { force: true })
      await gone()
    }
  })

  // Docker opens the file that is there.
  const refused = host.version === 'podman' ? ['a restore into a volume that is being written to'] : []
  test.each(refused)('%s says so, and what to do', async () => {
    const { engine, node, gone } = await volume()
    const inside = await box({ HostConfig: { Binds: [`${node.volume.name}:/v`] } })
    try {
      const tar = join(folder(), 'backup.tar')
      await inside.sh('mkdir /v/d && for i in $(seq 100); do echo x >/v/d/$i; done')
      await run(engine, 'volumes.backUp', node, types(tar))
      await inside.sh('while :; do for i in 10 50 90; do echo y >>/v/d/$i; done; done >/dev/null 2>&1 &')
      const fault = async (): Promise<unknown> => {
        const scene = sceneOn(engine, [chooses(tar), chooses('Restore')])
        const told = await scene.run('volumes.restore', node).catch((reason: unknown) => reason)
        await (await scene.deps.places()).close()
        return told
      }
      await expect.poll(fault, { timeout: 30_000 }).toMatchObject({
        code: 'conflict',
        message: 'A program has changed files of / while others were put there.',
        nextStep: 'Stop what writes there, then try again.',
      })
    } finally {
      await engine.containers.remove(inside.id, { force: true })
      await gone()
    }
  })

  test('a compressed backup is restored; a damaged one is told', async () => {
    const { engine, node, files, gone } = await volume()
    try {
      const local = folder()
      const tar = join(local, 'backup.tar')
      const content = Buffer.alloc(300_000, 'some text, ')
      await files.write('/a', content, { create: true, overwrite: true })
      await run(engine, 'volumes.backUp', node, types(tar))
      await files.remove('/a', { recursive: false })
      writeFileSync(`${tar}.gz`, gzipSync(readFileSync(tar)))
      await run(engine, 'volumes.restore', node, chooses(`${tar}.gz`), chooses('Restore'))
      const sum = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
      expect(sum(await files.read('/a', 1_000_000))).toBe(sum(content))
      writeFileSync(`${tar}.bad.gz`, readFileSync(`${tar}.gz`).subarray(0, 300))
      const scene = sceneOn(engine, [chooses(`${tar}.bad.gz`), chooses('Restore')])
      expect(await codeOf(scene.run('volumes.restore', node))).toBe('invalid')
      await (await scene.deps.places()).close()
      expect(readdirSync(local).sort()).toEqual(['backup.tar', 'backup.tar.bad.gz', 'backup.tar.gz'])
    } finally {
      await gone()
    }
  })
})
