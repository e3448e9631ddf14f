import { type Browser, type Page, chromium } from '@playwright/test'
import { build } from 'esbuild'
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { createConnection, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { type PrivateEngine, startEngine } from '../../scripts/hosts/hosts.mjs'
import { type RunningVscode, chromiumOptions, startVscode } from '../../scripts/hosts/vscode.mjs'
import { type Bench, median, ms } from './bench.ts'
import { emptyExtension } from './empty-extension.ts'
import { hollowExtension } from './hollow-extension.ts'
import { leastListExtension } from './least-list-extension.ts'
import type { Activation } from './probe.ts'

/** The measured list: Quayside beside an empty extension in the same VS Code. */
export const bench: Bench = {
  name: 'editor',
  async run(print) {
    const parent = mkdtempSync(join(tmpdir(), 'quayside-bench-'))
    const folder = join(parent, 'sample')
    cpSync('samples', folder, { recursive: true })
    const empty = emptyExtension(join(parent, 'empty'))
    const least = leastListExtension(join(parent, 'least-list'))
    const browser = await chromium.launch(await chromiumOptions())
    try {
      bundleSizes(print)
      await activation(print, browser, folder, empty, parent)
      const still = await idleHost(browser, folder, empty)
      await hollowViews(print, browser, folder, [empty, hollowExtension(join(parent, 'hollow'))])
      for (const count of [10, 200, 1000])
        await withContainers(print, browser, folder, [empty, least], count, still)
    } finally {
      await browser.close()
      rmSync(parent, { recursive: true, force: true })
    }
  },
}

type Print = (line: string) => void

function bundleSizes(print: Print): void {
  const size = (file: string) => statSync(file).size
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  print(`extension.cjs, loaded by activate(): ${kilobytes(size('dist/extension.cjs'))} (aim: under 150 kB)`)
  for (const entry of readdirSync('dist', { recursive: true, encoding: 'utf8' }))
    if (/\.(c?js|css)$/.test(entry) && entry !== 'extension.cjs')
      print(`  ${entry}: ${kilobytes(size(join('dist', entry)))}`)
}

async function activation(
  print: Print,
  browser: Browser,
  folder: string,
  empty: string,
  parent: string,
): Promise<void> {
  const tests = join(parent, 'probe.cjs')
  await build({
    entryPoints: ['test/bench/probe.ts'],
    outfile: tests,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  })
  const result = join(parent, 'costs.json')
  // The first extension of a window pays for what the host does once: like is compared with like.
  const costs = new Map<string, Activation[]>()
  for (let round = 0; round < 12; round++) {
    const order =
      round % 2 === 0 ? ['quayside.empty', 'quayside.quayside'] : ['quayside.quayside', 'quayside.empty']
    const env = {
      ...process.env,
      QUAYSIDE_BENCH_EXTENSIONS: order.join(','),
      QUAYSIDE_BENCH_RESULT: result,
      DOCKER_HOST: 'unix:///nonexistent',
    }
    const vscode = await startVscode({ env, extension: resolve('.'), driven: true })
    const page = await browser.newPage()
    try {
      const words: unknown[] = []
      const ended = new Promise<void>((done, failed) => {
        const exit = (code: number) => (code === 0 ? done() : failed(new Error(words.join('\n'))))
        void page.exposeFunction('codeAutomationExit', exit)
      })
      await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => words.push(...args))
      await page.goto(vscode.url(folder, { extension: empty, tests }))
      await ended
    } finally {
      await page.close()
      await vscode.stop()
    }
    const place = (cost: Activation, at: number) => `${cost.id} ${at}`
    for (const [at, cost] of (JSON.parse(readFileSync(result, 'utf8')) as Activation[]).entries())
      costs.set(place(cost, at), [...(costs.get(place(cost, at)) ?? []), cost])
  }
  const of = (id: string) => {
    const mean = (figure: (cost: Activation) => number) =>
      (median((costs.get(`${id} 0`) ?? []).map(figure)) + median((costs.get(`${id} 1`) ?? []).map(figure))) /
      2
    return { milliseconds: mean((cost) => cost.milliseconds), bytes: mean((cost) => cost.bytes) }
  }
  const [ours, none] = [of('quayside.quayside'), of('quayside.empty')]
  const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(2)} MiB`
  print(
    `activate(): ${ms(ours.milliseconds)}, empty extension ${ms(none.milliseconds)}; difference ${ms(ours.milliseconds - none.milliseconds)} (aim: 15 ms)`,
  )
  print(
    `heap added: ${mebibytes(ours.bytes)}, empty extension ${mebibytes(none.bytes)}; difference ${mebibytes(ours.bytes - none.bytes)} (aim: 3 MiB)`,
  )
}

async function withContainers(
  print: Print,
  browser: Browser,
  folder: string,
  others: readonly string[],
  count: number,
  still: number,
): Promise<void> {
  const engine = await startEngine()
  const proxy = await countingProxy(engine)
  const env = { ...engine.env, DOCKER_HOST: `unix://${proxy.path}` }
  try {
    for (let made = 0; made < count; made++)
      await post(engine, `/containers/create?name=c-${String(made).padStart(4, '0')}`, {
        Image: 'busybox:1.36',
        Cmd: ['top'],
      })
    const raw: number[] = []
    for (let round = 0; round < 9; round++) {
      const started = performance.now()
      await get(engine, '/containers/json?all=1')
      raw.push(performance.now() - started)
    }
    for (const [rest, when] of [
      [0, 'as soon as a window is open'],
      [restMs, 'in a window at rest'],
    ] as const) {
      const extensions = [resolve('.'), ...others]
      const lists = [ourList, emptyList, leastList]
      const [shown, bare, live] = (await clickToList(browser, env, folder, extensions, lists, rest)) as [
        number,
        number,
        number,
      ]
      const floor = median(raw) + bare
      print(
        `${count} containers, ${when}: click → list ${ms(shown)}; GET /containers/json ${ms(median(raw))} + empty view ${ms(bare)}; ratio ${(shown / floor).toFixed(2)} (aim: 1.3)`,
      )
      print(
        `  the least extension with a live list ${ms(live)}; ratio ${(shown / live).toFixed(2)}, its own to the floor ${(live / floor).toFixed(2)}`,
      )
    }
    if (count === 200) await liveAndIdle(print, browser, engine, proxy, env, folder, still)
  } finally {
    proxy.server.close()
    await engine.stop()
  }
}

async function hollowViews(
  print: Print,
  browser: Browser,
  folder: string,
  extensions: readonly string[],
): Promise<void> {
  const lists = [hollowList, emptyList]
  const [hollow, bare] = await clickToList(browser, process.env, folder, extensions, lists, restMs)
  print(
    `views such as ours with nothing behind them, in a window at rest: click → list ${ms(hollow!)}; empty view ${ms(bare!)}; ratio ${(hollow! / bare!).toFixed(2)}`,
  )
}

const restMs = 4000
const ourList = { icon: 'Quayside', view: 'Containers', label: '^c-\\d+' }
const emptyList = { icon: 'EmptyOne', view: 'List', label: '^row' }
const hollowList = { icon: 'Hollow', view: 'Containers', label: '^row' }
const leastList = { icon: 'LeastList', view: 'List', label: '^c-\\d+' }

interface WatchedList {
  /** What the label of the icon in the activity bar begins with. */
  readonly icon: string
  /** What the label of the view begins with. */
  readonly view: string
  /** A pattern of the label of a row. */
  readonly label: string
}

/**
 * Milliseconds from the click on the icon in the activity bar to the first matching row, in the page's own clock: of each list in turn,
 * each in a window of its own of the same VS Code, after as long a rest; medians of nine windows.
 */
async function clickToList(
  browser: Browser,
  env: Record<string, string | undefined>,
  folder: string,
  extension: readonly string[],
  lists: readonly WatchedList[],
  restMs: number,
): Promise<readonly number[]> {
  const vscode = await startVscode({ env, extension })
  const times: number[][] = lists.map(() => [])
  try {
    for (let round = 0; round < 9; round++)
      for (const [at, list] of lists.entries()) {
        const page = await openWindow(browser, vscode.url(folder), list.icon)
        await page.waitForTimeout(restMs)
        times[at]!.push(await inPage(page, clickAndWatch, list))
        await page.close()
      }
  } finally {
    await vscode.stop()
  }
  return times.map(median)
}

async function openWindow(browser: Browser, url: string, icon: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
  await page.goto(url)
  await page.locator(`.activitybar .action-label[aria-label^="${icon}"]`).waitFor()
  // The window is ready when its extension host has answered once: the explorer of files shows its rows.
  await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor()
  return page
}

/** Calls a function, given as its text, in the page; it answers a number. */
const inPage = async (page: Page, source: string, argument: unknown) =>
  await page.evaluate<number>(`(${source})(${JSON.stringify(argument)})`)

/** In the page: clicks, and answers the time until a row of the view has a matching label. */
const clickAndWatch = `({ icon, view, label }) => new Promise((done) => {
  const pattern = new RegExp(label)
  const started = performance.now()
  const there = () => [...document.querySelectorAll('.pane')].some((pane) =>
    pane.querySelector('.pane-header')?.getAttribute('aria-label')?.startsWith(view) &&
    [...pane.querySelectorAll('.monaco-list-row .label-name')].some((row) => pattern.test(row.textContent)))
  const observer = new MutationObserver(() => {
    if (!there()) return
    observer.disconnect()
    done(performance.now() - started)
  })
  observer.observe(document.body, { childList: true, subtree: true, characterData: true })
  document.querySelector('.activitybar .action-label[aria-label^="' + icon + '"]').click()
})`

async function liveAndIdle(
  print: Print,
  browser: Browser,
  engine: PrivateEngine,
  proxy: CountingProxy,
  env: Record<string, string>,
  folder: string,
  still: number,
): Promise<void> {
  const vscode = await startVscode({ env, extension: resolve('.') })
  try {
    const page = await openWindow(browser, vscode.url(folder), 'Quayside')
    await inPage(page, clickAndWatch, ourList)
    const row = page
      .locator('.pane .monaco-list-row')
      .filter({ has: page.locator('.label-name', { hasText: /^c-0000$/ }) })
    await row.waitFor()
    const events = await eventTimes(engine)
    const delays: number[] = []
    // As a person does it, a while after the last one; a program that does so all the time is held to fewer lists.
    const calm = async () => await new Promise((passed) => setTimeout(passed, 3000))
    for (let round = 0; round < 15; round++) {
      await calm()
      const event = events.next(round % 2 === 0 ? 'start' : 'die')
      await inPage(page, watchRow, { name: 'c-0000' })
      await post(engine, `/containers/c-0000/${round % 2 === 0 ? 'start' : 'kill'}`)
      delays.push((await inPage(page, changedAt, {})) - (await event))
    }
    events.close()
    print(
      `docker start or kill outside → row changed: ${ms(median(delays))} after the engine's event (aim: 30 ms)`,
    )
    await new Promise((rested) => setTimeout(rested, 3000))
    const before = { requests: proxy.requests(), cpu: hostCpu(vscode) }
    await new Promise((rested) => setTimeout(rested, 60_000))
    const cpu = hostCpu(vscode) - before.cpu
    print(
      `idle 60 s with 200 containers in view: ${proxy.requests() - before.requests} requests (aim: 0), extension host ${ms(cpu)} CPU; with the empty extension ${ms(still)}`,
    )
    await page.close()
  } finally {
    await vscode.stop()
  }
}

async function idleHost(browser: Browser, folder: string, empty: string): Promise<number> {
  const vscode = await startVscode({ extension: empty })
  try {
    const page = await openWindow(browser, vscode.url(folder), 'EmptyOne')
    await inPage(page, clickAndWatch, emptyList)
    await new Promise((rested) => setTimeout(rested, 3000))
    const before = hostCpu(vscode)
    await new Promise((rested) => setTimeout(rested, 60_000))
    const used = hostCpu(vscode) - before
    await page.close()
    return used
  } finally {
    await vscode.stop()
  }
}

/** In the page: begins to wait for the row of a container to say something else; `changedAt` answers when it did. */
const watchRow = `({ name }) => {
  const look = () => [...document.querySelectorAll('.pane .monaco-list-row')]
    .find((row) => row.querySelector('.label-name')?.textContent === name)?.getAttribute('aria-label')
  const before = look()
  window.quaysideChange = new Promise((done, failed) => {
    const observer = new MutationObserver(() => {
      const now = look()
      if (now === undefined || now === before) return
      observer.disconnect()
      done(performance.timeOrigin + performance.now())
    })
    observer.observe(document.body, { childList: true, subtree: true, characterData: true, attributes: true })
    setTimeout(() => failed(new Error('the row of ' + name + ' did not change: ' + before)), 20000)
  })
  return 0
}`

const changedAt = `() => window.quaysideChange`

/** CPU that the extension host of a server has used so far, in milliseconds. */
function hostCpu(vscode: RunningVscode): number {
  let total = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      if (!command.includes('--type=extensionHost')) continue
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`TMPDIR=${vscode.folder}`)) continue
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      total += (Number(fields[11]) + Number(fields[12])) * 10
    } catch {
      // It ended between the listing and the look.
    }
  }
  return total
}

interface CountingProxy {
  readonly path: string
  readonly server: Server
  requests(): number
}

async function countingProxy(engine: PrivateEngine): Promise<CountingProxy> {
  let count = 0
  const server = createServer((client) => {
    const upstream = createConnection(engine.socketPath)
    client.on(
      'data',
      (chunk) =>
        (count +=
          chunk.toString('latin1').match(/(GET|POST|HEAD|DELETE|PUT) \S+ HTTP\/1\.1\r\n/g)?.length ?? 0),
    )
    client.pipe(upstream).pipe(client)
    client.on('error', () => upstream.destroy())
    upstream.on('error', () => client.destroy())
  })
  const path = join(engine.folder, 'counted.sock')
  await new Promise<void>((listening) => server.listen(path, listening))
  return { path, server, requests: () => count }
}

async function call(engine: PrivateEngine, method: string, path: string, body?: unknown): Promise<string> {
  return await new Promise((done, failed) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' }
    const sent = request({ socketPath: engine.socketPath, method, path, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () =>
        (answer.statusCode ?? 500) < 400 ? done(text) : failed(new Error(`${method} ${path}: ${text}`)),
      )
    })
    sent.on('error', failed)
    sent.end(body === undefined ? undefined : JSON.stringify(body))
  })
}

const get = async (engine: PrivateEngine, path: string) => await call(engine, 'GET', path)
const post = async (engine: PrivateEngine, path: string, body?: unknown) =>
  await call(engine, 'POST', path, body)

/** The engine's own times of coming events of a container, in milliseconds of the wall clock. */
async function eventTimes(
  engine: PrivateEngine,
): Promise<{ next(action: string): Promise<number>; close(): void }> {
  const waiting = new Map<string, (time: number) => void>()
  const stream = request({ socketPath: engine.socketPath, path: '/events' })
  stream.on('error', () => waiting.clear())
  stream.end()
  const begun = new Promise<void>((open) =>
    stream.once('response', (answer) => {
      open()
      let rest = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => {
        const lines = `${rest}${chunk}`.split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) {
          const event = JSON.parse(line) as { Action: string; timeNano: number }
          waiting.get(event.Action)?.(event.timeNano / 1e6)
          waiting.delete(event.Action)
        }
      })
    }),
  )
  await begun
  return {
    next: async (action) => await new Promise((done) => waiting.set(action, done)),
    close: () => stream.destroy(),
  }
}
