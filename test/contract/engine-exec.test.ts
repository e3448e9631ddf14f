import { describe, expect, test } from 'vitest'
import type { DuplexStream, Engine, ExecOptions } from '../../src/engine/engine.ts'
import { codeOf, textOf } from '../support/transports.ts'
import { bench, columns, unframed } from './under-test.ts'

const plain = { tty: false, stdin: false } as const

/** Runs a command to its end. */
async function run(engine: Engine, id: string, options: ExecOptions) {
  const { id: exec, stream } = await engine.streams.exec(id, options)
  const said = options.tty
    ? { stdout: await textOf(stream.output), stderr: '' }
    : await unframed(stream.output)
  return { ...said, exitCode: await exitCode(engine, exec) }
}

async function exitCode(engine: Engine, exec: string): Promise<number | undefined> {
  for (;;) {
    const state = await engine.streams.execState(exec)
    if (!state.running) return state.exitCode
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

/** Reads until what was said matches. */
async function heard(output: AsyncIterator<Buffer>, pattern: RegExp): Promise<string> {
  let said = ''
  while (!pattern.test(said)) {
    const { value, done } = await output.next()
    if (done === true) throw new Error(`it ended after ${JSON.stringify(said)}`)
    said += value.toString()
  }
  return said
}

describe.each(columns)('exec and attach on %s', (_name, host) => {
  const open = bench(host)

  test('both outputs and the exit code', async () => {
    const { engine, id } = await running()
    const command = ['sh', '-c', 'echo out; echo err >&2; exit 3']
    expect(await run(engine, id, { command, ...plain })).toEqual({
      stdout: 'out\n',
      stderr: 'err\n',
      exitCode: 3,
    })
  })

  test('as another user, elsewhere, with other variables', async () => {
    const { engine, id } = await running()
    const options = {
      command: ['sh', '-c', 'id -u; pwd; echo $WHO'],
      user: 'www',
      workingDir: '/www',
      env: ['WHO=me'],
    }
    expect((await run(engine, id, { ...options, ...plain })).stdout).toBe('1000\n/www\nme\n')
  })

  test('arguments are arguments, whatever is in them', async () => {
    const { engine, id } = await running()
    const odd = ['$(touch /pwned)', '`id`', '"; id', "'", '--help', 'a\nb', 'ü']
    const command = ['sh', '-c', 'printf "%s|" "$@"; ls /pwned 2>&1', 'sh', ...odd]
    const { stdout } = await run(engine, id, { command, ...plain })
    expect(stdout).toBe(`${odd.join('|')}|ls: /pwned: No such file or directory\n`)
  })

  test('input goes in, its end too', async () => {
    const { engine, id } = await running()
    const { id: exec, stream } = await engine.streams.exec(id, { command: ['cat'], tty: false, stdin: true })
    await stream.write(Buffer.from('one\n'))
    await stream.write(Buffer.from('two\n'))
    stream.endInput()
    expect(await unframed(stream.output)).toEqual({ stdout: 'one\ntwo\n', stderr: '' })
    expect(await exitCode(engine, exec)).toBe(0)
  })

  test('8 MB go through and come back, no faster than they are read', async () => {
    const { engine, id } = await running()
    const { stream } = await engine.streams.exec(id, { command: ['cat'], tty: false, stdin: true })
    const chunk = Buffer.alloc(256 * 1024, 'x')
    const write = async (): Promise<void> => {
      for (let turn = 0; turn < 32; turn += 1) await stream.write(chunk)
      stream.endInput()
    }
    const [, { stdout }] = await Promise.all([write(), unframed(stream.output)])
    expect(stdout.length).toBe(8 * 1024 * 1024)
  })

  test('a terminal has its size from the start and later', async () => {
    const { engine, id } = await running()
    const { id: exec, stream } = await engine.streams.exec(id, {
      command: ['sh'],
      tty: true,
      stdin: true,
      size: { columns: 100, rows: 30 },
    })
    const output = stream.output[Symbol.asyncIterator]()
    await stream.write(Buffer.from('until [ "$(stty size)" = "30 100" ]; do :; done; echo first-$((1+1))\n'))
    await heard(output, /first-2/)
    await engine.streams.resizeExec(exec, { columns: 120, rows: 40 })
    await stream.write(
      Buffer.from('until [ "$(stty size)" = "40 120" ]; do :; done; echo second-$((1+1)); exit 5\n'),
    )
    await heard(output, /second-2/)
    while ((await output.next()).done !== true);
    expect(await exitCode(engine, exec)).toBe(5)
    await engine.streams.resizeExec(exec, { columns: 1, rows: 1 })
  })

  test('a program that is not there is told by text and exit code, or refused', async () => {
    const { engine, id } = await running()
    const options = { command: ['/no/such'], ...plain }
    try {
      const { stdout, stderr, exitCode: code } = await run(engine, id, options)
      expect(stdout + stderr).toMatch(/no such file|not found/i)
      expect([126, 127]).toContain(code)
    } catch (fault) {
      expect(fault).toMatchObject({ message: expect.stringMatching(/no such file|not found/i) as string })
    }
  })

  test('an exec where nothing runs', async () => {
    const it = await open()
    const created = await it.create(['true'])
    expect(await codeOf(it.engine.streams.exec(created, { command: ['id'], ...plain }))).toBe('conflict')
    expect(await codeOf(it.engine.streams.exec('no-such', { command: ['id'], ...plain }))).toBe('notFound')
  })

  test('an abort ends a session that is under way', async () => {
    const { engine, id } = await running()
    const control = new AbortController()
    const { stream } = await engine.streams.exec(
      id,
      { command: ['sh', '-c', 'while :; do echo x; sleep 0.05; done'], ...plain },
      control.signal,
    )
    const output = stream.output[Symbol.asyncIterator]()
    await output.next()
    control.abort()
    expect(await codeOf(toEnd(output))).toBe('cancelled')
  })

  test('an abort ends an attach that is under way, and the program goes on', async () => {
    const it = await open()
    const id = await it.run(['sh', '-c', 'while :; do echo x; sleep 0.05; done'])
    const control = new AbortController()
    const stream = await it.engine.streams.attach(id, { stdin: false }, control.signal)
    const output = stream.output[Symbol.asyncIterator]()
    await output.next()
    control.abort()
    expect(await codeOf(toEnd(output))).toBe('cancelled')
    expect((await it.engine.containers.inspect(id))['State']).toMatchObject({ Running: true })
  })

  test('what is typed into an attached program, and nothing else, reaches it', async () => {
    const it = await open()
    const id = await it.create(['cat'], { OpenStdin: true, StdinOnce: true, AttachStdin: true })
    const stream = await attached(it.engine, id)
    await stream.write(Buffer.from('hello\n'))
    stream.endInput()
    expect(await unframed(stream.output)).toEqual({ stdout: 'hello\n', stderr: '' })
    expect((await it.engine.containers.wait(id, 'not-running')).exitCode).toBe(0)
  })

  test('an attached terminal is raw, and what was printed before can be asked for', async () => {
    const it = await open()
    const id = await it.create(['sh', '-c', 'echo before; read line; echo "got $line"'], {
      Tty: true,
      OpenStdin: true,
    })
    await it.engine.containers.start(id)
    const control = new AbortController()
    for await (const chunk of it.engine.streams.logs(
      id,
      { follow: true, stdout: true, stderr: true, timestamps: false },
      control.signal,
    ))
      if (chunk.includes('before')) break
    const stream = await it.engine.streams.attach(id, { stdin: true, logs: true })
    const output = stream.output[Symbol.asyncIterator]()
    const early = await heard(output, /before/)
    expect(early.startsWith('before\r\n')).toBe(true)
    await it.engine.streams.resizeContainer(id, { columns: 90, rows: 20 })
    await stream.write(Buffer.from('me\r'))
    await heard(output, /got me/)
    await toEnd(output)
  })

  test('attaching to what is not there', async () => {
    const { engine } = await open()
    expect(await codeOf(engine.streams.attach('no-such', { stdin: false }))).toBe('notFound')
  })

  async function attached(engine: Engine, id: string): Promise<DuplexStream> {
    const stream = await engine.streams.attach(id, { stdin: true })
    await engine.containers.start(id)
    return stream
  }

  async function running() {
    const it = await open()
    shared ??= it.idle()
    return { engine: it.engine, id: await shared }
  }
  let shared: Promise<string> | undefined
})

async function toEnd(output: AsyncIterator<unknown>): Promise<void> {
  while ((await output.next()).done !== true);
}
