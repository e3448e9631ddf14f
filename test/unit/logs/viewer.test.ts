import { afterEach, describe, expect, test, vi } from 'vitest'
import { directSearcher } from '../../../src/logs/direct-searcher.ts'
import type { ViewState } from '../../../src/logs/messages.ts'
import { noPattern } from '../../../src/logs/pattern.ts'
import { at } from '../../support/log-bytes.ts'
import { LogEngine, type LogContainer } from '../../support/log-engine.ts'
import { LogScreen } from '../../support/log-screen.ts'

const screens: LogScreen[] = []
afterEach(() => {
  for (const screen of screens.splice(0)) {
    expect(screen.faults).toEqual([])
    screen.close()
  }
})

function open(
  engine: LogEngine,
  containers: readonly LogContainer[],
  options: ConstructorParameters<typeof LogScreen>[2] = {},
): LogScreen {
  const screen = new LogScreen(engine, containers, options)
  screens.push(screen)
  return screen
}

const look = (text: string, regex = false): ViewState['find'] => ({ ...noPattern, text, regex })

describe('reading', () => {
  test('the last lines, then what is written', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('one').write('INFO two', 'stderr')
    const screen = open(engine, [web], { view: { tail: '2' } })
    await screen.shows('one', 'info INFO two')
    expect(screen.rows.map(({ stream }) => stream)).toEqual(['stdout', 'stderr'])
    web.write('three')
    await screen.shows('one', 'info INFO two', 'three')
  })

  test('several containers are merged by time, each with its name; one can be switched off', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start()
    const db = engine.create('db').start()
    web.write('1')
    db.write('2')
    web.write('3')
    const screen = open(engine, [web, db])
    await screen.shows('web: 1', 'db: 2', 'web: 3')
    db.write('4')
    web.write('5')
    await screen.shows('web: 1', 'db: 2', 'web: 3', 'db: 4', 'web: 5')
    screen.change({ hidden: ['web'] })
    await screen.shows('db: 2', 'db: 4')
  })

  test('a project: the service is the name, and a container that comes later joins', async () => {
    const engine = new LogEngine()
    const web = engine.create('shop-web-1', { service: 'web' }).start().write('1')
    const screen = open(engine, [web], { project: 'shop' })
    await screen.shows('1')
    engine.create('shop-db-1', { service: 'db' }).start().write('2')
    await screen.until(() => screen.lines.includes('db: 2'))
    expect(screen.lines[0]).toBe('web: 1')
  })

  test('what happens to a container is told between the lines', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a')
    const screen = open(engine, [web])
    await screen.shows('a')
    web.exit(3)
    web.start().write('b')
    await screen.until(() => screen.lines.at(-1) === 'b')
    expect(screen.lines[0]).toBe('a')
    expect(screen.lines.slice(1, -1).join(' ')).toMatch(
      /^— web (was restarted|exited with code 3 — web was started)$/,
    )
  })

  test('a container with a terminal is told: its errors cannot be told from the rest', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a')
    const shell = engine.create('shell', { tty: true }).start().write('b')
    const screen = open(engine, [web, shell])
    await screen.shows('web: a', 'shell: b')
    expect(screen.state!.sources.map(({ label, tty }) => [label, tty])).toEqual([
      ['web', false],
      ['shell', true],
    ])
  })

  test('time: off, local, UTC, since the start, since the line above', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start()
    web.records.push({ stamp: at(1, 500_000_000), text: 'a\n' }, { stamp: at(3), text: 'b\n' })
    const screen = open(engine, [web], { view: { time: 'utc' } })
    await screen.shows('01-02 03:00:01.500Z a', '01-02 03:00:03.000Z b')
    screen.change({ time: 'sinceStart' })
    await screen.shows('+0:00:01.499 a', '+0:00:02.999 b')
    screen.change({ time: 'delta' })
    await screen.shows('a', '+1.500 s b')
    screen.change({ time: 'off' })
    await screen.shows('a', 'b')
    expect(screen.rows[0]!.fullTime).toBe('2026-01-02T03:00:01.500000000Z')
  })

  test('JSON and logfmt lines are message and fields, and fold out', async () => {
    const engine = new LogEngine()
    const web = engine
      .create('web')
      .start()
      .write('{"level":"warn","msg":"disk","free":3}')
      .write('level=info msg=up port=80')
    const screen = open(engine, [web])
    await screen.shows('warn disk  free=3', 'info up  port=80')
    screen.send({ type: 'toggle', seq: 0, what: 'line' })
    await screen.until(() => screen.rows[0]?.details !== undefined)
    expect(screen.rows[0]!.details).toEqual([
      { key: 'level', value: 'warn' },
      { key: 'msg', value: 'disk' },
      { key: 'free', value: '3' },
    ])
    screen.change({ fields: false })
    await screen.until(() => screen.lines[0] === 'warn {"level":"warn","msg":"disk","free":3}')
  })

  test('a stack trace is folded to its first line, and folds out', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start()
    web
      .write('TypeError: x')
      .write('    at a (/app/a.js:1:2)')
      .write('    at b (/app/b.js:3:4)')
      .write('next')
    const screen = open(engine, [web])
    await screen.shows('error TypeError: x (+2)', 'next')
    screen.send({ type: 'toggle', seq: 0, what: 'trace' })
    await screen.shows(
      'error TypeError: x (-2)',
      'error     at a (/app/a.js:1:2)',
      'error     at b (/app/b.js:3:4)',
      'next',
    )
    screen.send({ type: 'open', seq: 1, link: 0 })
    expect(screen.opened).toEqual([
      { kind: 'file', start: 10, end: 23, path: '/app/a.js', line: 1, column: 2 },
    ])
    screen.change({ fold: false })
    await screen.until(() => screen.lines.length === 4 && screen.lines[0] === 'error TypeError: x')
  })

  test('a very long line is cut until it is folded out', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('x'.repeat(20_000))
    const screen = open(engine, [web])
    await screen.until(() => screen.rows[0]?.cut === 12_000)
    screen.send({ type: 'toggle', seq: 0, what: 'line' })
    await screen.until(() => screen.rows[0]?.parts[0]?.text.length === 20_000)
  })
})

describe('finding', () => {
  const fruit = (): { engine: LogEngine; web: LogContainer } => {
    const engine = new LogEngine()
    const web = engine.create('web').start()
    for (const text of ['apple', 'ERROR pear', 'apple pie', 'WARN fig', 'plum', '\u001b[31map\u001b[0mple'])
      web.write(text)
    return { engine, web }
  }

  test('a filter shows what matches, live, in the visible text; and what is around it', async () => {
    const { engine, web } = fruit()
    const screen = open(engine, [web], { view: { include: look('apple') } })
    await screen.shows('apple', 'apple pie', 'apple')
    web.write('grape').write('apple tart')
    await screen.shows('apple', 'apple pie', 'apple', 'apple tart')
    screen.change({ include: look('fig'), context: 1 })
    await screen.shows('apple pie ~', 'warn WARN fig', 'plum ~')
    screen.change({ include: noPattern, exclude: look('^(apple|p)', true), context: 0 })
    await screen.shows('error ERROR pear', 'warn WARN fig', 'grape')
    screen.change({ exclude: noPattern })
    await screen.until(() => screen.lines.length === 8)
  })

  test('a minimum level, with counts of each level', async () => {
    const { engine, web } = fruit()
    const screen = open(engine, [web], { view: { minLevel: 4 } })
    await screen.shows('error ERROR pear', 'warn WARN fig')
    expect(screen.state!.levels).toEqual([4, 0, 0, 0, 1, 1, 0])
    expect([screen.state!.shown, screen.state!.held]).toEqual([2, 6])
  })

  test('a wrong expression says what is wrong, and all lines are shown', async () => {
    const { engine, web } = fruit()
    const screen = open(engine, [web], { view: { include: look('(', true), find: look('[', true) } })
    await screen.until(() => screen.lines.length === 6)
    expect(screen.state!.filterError).toBe('Unterminated group')
    expect(screen.state!.findError).not.toBe('')
    screen.change({ include: look('(pear|plum)', true) })
    await screen.shows('error ERROR pear', 'plum')
    expect(screen.state!.filterError).toBe('')
  })

  test('search goes to the next and previous match, round and round, and marks all', async () => {
    const { engine, web } = fruit()
    const screen = open(engine, [web], { view: { find: look('APPLE') } })
    await screen.until(() => screen.lines[0] === 'apple [0:apple]' && screen.state?.matches === 3)
    const visited: number[] = []
    for (const direction of [1, 1, 1, -1] as const) {
      screen.send({ type: 'step', direction, from: null })
      const before = screen.revealed
      await screen.until(() => screen.revealed !== before)
      visited.push(screen.revealed!)
    }
    expect(visited).toEqual([0, 2, 5, 2])
    await screen.until(() => screen.state?.match === 2)
    screen.change({ find: { ...look('APPLE'), matchCase: true } })
    await screen.until(() => screen.state?.matches === 0)
    screen.change({ find: { ...look('ap.le'), regex: true } })
    screen.look({ index: 0 })
    await screen.until(() => screen.lines[0] === 'apple [0:apple]' && screen.lines[5] === 'apple [0:apple]')
  })

  test('a match in a folded stack trace is folded out when one goes there', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start()
    web.write('TypeError: x').write('    at needle (/app/a.js:1:2)').write('next')
    const screen = open(engine, [web], { view: { find: look('needle') } })
    await screen.shows('error TypeError: x (+1)', 'next')
    screen.send({ type: 'step', direction: 1, from: null })
    await screen.until(() => screen.lines.includes('error     at needle (/app/a.js:1:2) [0:needle]'))
  })

  test('a match that is not visible in the fields marks its line', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('{"level":"info","msg":"up"}')
    const screen = open(engine, [web], { view: { find: look('"level"') } })
    await screen.shows('info up [hit]')
  })

  test('highlights are marked and kept', async () => {
    const { engine, web } = fruit()
    const screen = open(engine, [web], { highlights: ['pear'], view: { find: look('apple') } })
    await screen.until(() => screen.lines[1] === 'error ERROR pear [1:pear]')
    screen.send({ type: 'highlights', terms: ['pie', 'apple'] })
    await screen.until(() => screen.lines[2] === 'apple pie [0:apple 1:pie]')
    expect(screen.highlights).toEqual(['pie', 'apple'])
  })

  test('an expression that takes too long is given up, and says so', async () => {
    const { engine, web } = fruit()
    const searcher = {
      prepare: () => undefined,
      scan: () => Promise.resolve('tooSlow' as const),
      ranges: () => Promise.resolve('tooSlow' as const),
      dispose: () => undefined,
    }
    const screen = open(engine, [web], { searcher, view: { include: look('(a+)+$', true) } })
    await screen.until(
      () => screen.state !== undefined && screen.state.filterError !== '' && screen.lines.length === 6,
    )
    expect(screen.state!.filterError).toMatch(/too long/)
  })

  test('what searches is started when the user comes to a field for it', () => {
    const { engine, web } = fruit()
    const prepare = vi.fn()
    const screen = open(engine, [web], { searcher: { ...directSearcher(), prepare } })
    expect(prepare).not.toHaveBeenCalled()
    screen.send({ type: 'searchNear' })
    expect(prepare).toHaveBeenCalledOnce()
  })
})

describe('keeping up', () => {
  test('the oldest lines leave the buffer, are counted, and come back from the engine', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start()
    const filler = 'x'.repeat(200)
    for (let line = 0; line < 20_000; line += 1) web.write(`${line} ${filler}`)
    const screen = open(engine, [web], { limit: 1024 * 1024, view: { tail: '' } })
    await screen.until(() => screen.lines.at(-1) === `19999 ${filler}`)
    const { state } = screen
    expect(state!.dropped).toBe(20_000 - state!.held)
    expect(state!.dropped).toBeGreaterThan(10_000)
    expect(state!.bytes).toBeLessThanOrEqual(1024 * 1024)
    const oldest = state!.dropped
    screen.look({ index: 0, count: 1 })
    await screen.shows(`${oldest} ${filler}`)
    screen.send({ type: 'older' })
    await screen.until(() => screen.state!.live === false && !screen.state!.loadingOlder)
    screen.look({ index: 0, count: 2 })
    const first = Math.max(0, oldest - 5_000)
    await screen.shows(`${first} ${filler}`, `${first + 1} ${filler}`)
    // And on to the very beginning, although what is held is by now far from the end.
    for (let from = first; from > 0; from = Math.max(0, from - 5_000)) {
      screen.send({ type: 'older' })
      screen.look({ index: 0, count: 1 })
      await screen.shows(`${Math.max(0, from - 5_000)} ${filler}`)
    }
    await screen.until(() => !screen.state!.loadingOlder)
    web.write('new')
    screen.send({ type: 'live' })
    screen.look({})
    await screen.until(() => screen.lines.at(-1) === 'new')
    expect(screen.state!.live).toBe(true)
  })

  test('paging back to the beginning of two logs, with lines of the same stamp', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start()
    const db = engine.create('db').start()
    for (let line = 0; line < 30; line += 1) {
      for (const container of [web, db]) {
        const text = `${line}\n`
        container.records.push({ stamp: at(10 + Math.floor(line / 4)), text })
      }
    }
    const screen = open(engine, [web, db], { view: { tail: '5' } })
    await screen.until(() => screen.lines.length === 10)
    expect(screen.state!.atBeginning).toBe(false)
    screen.look({ index: 0, count: 100 })
    screen.send({ type: 'older' })
    await screen.until(() => screen.state!.atBeginning)
    await screen.until(() => screen.lines.length === 60)
    for (const name of ['web', 'db'])
      expect(screen.lines.filter((line) => line.startsWith(name))).toEqual(
        Array.from({ length: 30 }, (_, line) => `${name}: ${line}`),
      )
  })

  test('what has been read is let go of: only what still reads is stopped at the end', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start()
    for (let line = 0; line < 30; line += 1) web.write(`${line}`)
    const screen = open(engine, [web], { view: { tail: '5' } })
    await screen.until(() => screen.lines.length === 5)
    const following = engine.signals.length
    screen.look({ index: 0, count: 100 })
    screen.send({ type: 'older' })
    await screen.until(() => screen.lines.length === 30)
    screen.close()
    const paging = engine.signals.filter(
      (_, at) => at >= following && engine.asked[at]!.follow !== true && engine.asked[at]!.tail !== undefined,
    )
    expect(engine.signals.slice(0, following).some(({ aborted }) => aborted)).toBe(true)
    expect(paging.length).toBeGreaterThan(0)
    expect(paging.filter(({ aborted }) => aborted)).toEqual([])
  })

  test('no frame is sent before the last one has been drawn', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a')
    const screen = open(engine, [web])
    await screen.shows('a')
    await screen.until(() => !screen.state!.reading)
    screen.draws = false
    web.write('b')
    await screen.shows('a', 'b')
    const { frames } = screen
    for (let line = 0; line < 1000; line += 1) web.write(`${line}`)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(screen.frames).toBe(frames)
    screen.draws = true
    screen.send({ type: 'drawn', frame: 1_000_000 })
    await screen.until(() => screen.lines.at(-1) === '999')
  })

  test('scrolled away, the lines stay where they are and the new ones are counted', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start()
    for (let line = 0; line < 100; line += 1) web.write(`${line}`)
    const screen = open(engine, [web])
    await screen.until(() => screen.lines.at(-1) === '99')
    screen.look({ top: 10, count: 2, seen: 99 })
    await screen.shows('10', '11')
    for (let line = 100; line < 107; line += 1) web.write(`${line}`)
    await screen.until(() => screen.state!.unseen === 7)
    expect(screen.lines).toEqual(['10', '11'])
    expect(screen.top).toBe(10)
  })

  test('new lines are told to a screen reader on request, a few at a time', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('old')
    const screen = open(engine, [web])
    await screen.shows('old')
    screen.change({ announce: true })
    for (let line = 0; line < 8; line += 1) web.write(`${line}`)
    await screen.until(() => screen.announced.length > 0)
    expect(screen.announced).toEqual(['3', '4', '5', '6', '7', '+3'])
  })

  test('clearing empties the buffer; what is written from then on is shown', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('a')
    const screen = open(engine, [web])
    await screen.shows('a')
    screen.send({ type: 'clear' })
    await screen.shows()
    web.write('b')
    await screen.shows('b')
  })

  test('the strip over time counts lines, warnings and errors; a click goes to the line of that time', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start()
    for (const [second, text] of [
      [0, 'a'],
      [0, 'WARN b'],
      [120, 'ERROR c'],
      [239, 'd'],
    ] as const)
      web.records.push({ stamp: at(second), text: `${text}\n` })
    const screen = open(engine, [web])
    await screen.until(() => screen.density !== null)
    const { lines, warnings, errors, from, to } = screen.density!
    const filled = (counts: readonly number[]): string =>
      counts.flatMap((count, index) => (count > 0 ? [`${index}:${count}`] : [])).join(' ')
    expect(to - from).toBe(240)
    expect([filled(lines), filled(warnings), filled(errors)]).toEqual(['0:2 120:1 239:1', '0:1', '120:1'])
    screen.send({ type: 'atTime', seconds: from + 100 })
    await screen.until(() => screen.revealed === 2)
  })
})

describe('taking away', () => {
  test('lines are copied with or without their times, without colours, with their source', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start()
    const database = engine.create('database').start()
    web.write('\u001b[31mred\u001b[0m')
    database.write('10%\r100%')
    const screen = open(engine, [web, database])
    await screen.shows('web: red', 'database: 100%')
    screen.send({ type: 'copy', from: 0, to: 1, times: false })
    screen.send({ type: 'copy', from: 1, to: 1, times: true })
    expect(screen.copied).toEqual([
      'web      | red\ndatabase | 100%\n',
      '2026-01-02T03:00:00.000000004Z database | 100%\n',
    ])
  })

  test('what is no message of ours is not heard', async () => {
    const engine = new LogEngine()
    const web = engine.create('web').start().write('https://a.example/x')
    const screen = open(engine, [web])
    await screen.shows('https://a.example/x')
    for (const message of [
      null,
      'copy',
      { type: 'nothing' },
      { type: 'copy', from: 0, to: 0 },
      { type: 'copy', from: '0', to: 0, times: false },
      { type: 'open', seq: 0, link: 0, url: 'command:evil' },
      { type: 'action', name: 'shell' },
      { type: 'constructor' },
      { type: '__proto__' },
      { type: 'window', id: 1, top: null, index: -1, before: 0, count: 1, follow: false, seen: null },
    ])
      screen.viewer.receive(message)
    expect([screen.copied, screen.opened, screen.acted]).toEqual([[], [], []])
    screen.send({ type: 'open', seq: 0, link: 0 })
    expect(screen.opened).toHaveLength(1)
  })
})
