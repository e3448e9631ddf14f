import { request } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { pack } from 'tar-stream'
import { startEngine } from '../../scripts/hosts/hosts.mjs'
import { createEngine } from '../../src/engine/create.ts'
import { changesOf } from '../../src/engine/layers/changes.ts'
import { indexArchive } from '../../src/engine/layers/index-archive.ts'
import { type Bench, median, ms } from './bench.ts'

const MB = 1_000_000
const { signal } = new AbortController()

const dockerfile = `FROM busybox:1.36
RUN dd if=/dev/urandom of=/large bs=1000000 count=100
RUN mkdir /many && cd /many && for d in $(seq 100); do mkdir $d && for f in $(seq 200); do head -c 2000 /large >$d/$f; done; done
RUN cp /large /larger && rm -r /many/1 && echo more >>/many/2/1
`

/** An image of 240 MB with 20,000 small files, read by layers, beside reading the same stream and doing nothing with it. */
export const bench: Bench = {
  name: 'images',
  async run(print) {
    const host = await startEngine({ version: '28' })
    const endpoint = {
      id: 'bench',
      name: 'bench',
      description: host.dockerHost,
      url: host.dockerHost,
      address: { kind: 'unix', path: host.socketPath },
      origin: { from: 'setting' },
    } as const
    const engine = createEngine(endpoint, { env: host.env })
    try {
      await engine.connect()
      const context = pack()
      context.entry({ name: 'Dockerfile' }, dockerfile)
      context.finalize()
      const records = engine.streams.build(
        context as unknown as AsyncIterable<Uint8Array>,
        { t: 'bench:1' },
        {},
        signal,
      )
      for await (const record of records) void record
      const image = (await engine.images.list()).find(({ tags }) => tags.includes('bench:1'))!
      const raw: number[] = []
      const indexed: number[] = []
      const digested: number[] = []
      let bytes = 0
      for (let round = 0; round < 5; round++) {
        raw.push(await timed(async () => (bytes = await drained(host.socketPath, image.id))))
        indexed.push(await timed(() => indexArchive(engine.streams.save([image.id], signal), { signal })))
        digested.push(
          await timed(() => indexArchive(engine.streams.save([image.id], signal), { signal, digests: true })),
        )
      }
      print(`raw save of ${Math.round(bytes / MB)} MB: ${ms(median(raw))}`)
      print(`indexed by layers: ${ms(median(indexed))}, ${(median(indexed) / median(raw)).toFixed(2)} × raw`)
      print(
        `with digests of all contents: ${ms(median(digested))}, ${(median(digested) / median(raw)).toFixed(2)} × raw`,
      )
      await memory(print, () => engine.streams.save([image.id], signal))
    } finally {
      engine.dispose()
      await host.stop()
    }
  },
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await task()
  return performance.now() - begun
}

const drained = (socketPath: string, image: string): Promise<number> =>
  new Promise((resolve, reject) => {
    let bytes = 0
    request({ socketPath, path: `/images/${image}/get` }, (answer) => {
      answer.on('data', (chunk: Buffer) => (bytes += chunk.length))
      answer.on('end', () => resolve(bytes))
      answer.on('error', reject)
    })
      .on('error', reject)
      .end()
  })

/** The most that is in use at any chunk, and what the index holds afterwards. */
async function memory(print: (line: string) => void, save: () => AsyncIterable<Buffer>): Promise<void> {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  // Buffers are let go of only some turns after what held them.
  const collect = async (): Promise<void> => {
    for (let turn = 0; turn < 4; turn++) {
      gc()
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await collect()
  const used = (): number => {
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  const before = used()
  let most = 0
  const archive = await indexArchive(save(), {
    signal,
    progress: () => (most = Math.max(most, used())),
  })
  await collect()
  const held = used() - before
  const begun = performance.now()
  const { layers } = changesOf(archive.layers)
  print(
    `at most ${((most - before) / MB).toFixed(0)} MB more in use; the index of ${archive.entries} entries holds ${(held / MB).toFixed(1)} MB`,
  )
  print(`changes of ${layers.length} layers told in ${ms(performance.now() - begun)}`)
}
