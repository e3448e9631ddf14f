import { expect } from '@playwright/test'
import { request } from 'node:http'
import type { PrivateEngine } from '../../scripts/hosts/hosts.mjs'
import { median, ms } from './bench.ts'
import { frameTimes, watchFrames } from './logs-frames.ts'
import { percentile } from './logs-process.ts'
import { withWindow } from './logs-window.ts'

const ticks = 60
const places = 40

/** How soon a line that was written can be seen; and a million lines, at any place of them. */
export async function latency(print: (line: string) => void): Promise<void> {
  const settings = { 'quayside.logs.memory': 256, 'quayside.logs.tail': 1_000_000 }
  await withWindow(settings, async ({ engine, openLog }) => {
    const ticking = `while [ ! -e /go ]; do sleep 0.1; done; for i in $(seq 1 ${ticks}); do echo tick $i; sleep 0.13; done; exec sleep 600`
    await engine.docker('run', '-d', '--init', '--name', 'clock', 'busybox:latest', 'sh', '-c', ticking)
    const page = await openLog('clock')
    await expect(page.locator('.state')).toHaveText('Following')
    await page.evaluate(watchRows)
    const raw = rawFollow(engine, 'clock')
    await engine.docker('exec', 'clock', 'touch', '/go')
    await page.getByText(`tick ${ticks}`, { exact: true }).waitFor()
    raw.stop()
    const seen = new Map(await page.evaluate<[string, number][]>('[...seenAt]'))
    const written = (await engine.docker('logs', '--timestamps', 'clock'))
      .split('\n')
      .map((line) => /^(\S+) (tick \d+)/.exec(line))
      .flatMap((match) => (match === null ? [] : [[match[2]!, Date.parse(match[1]!)] as const]))
    const delays = written.flatMap(([text, at]) => (seen.has(text) ? [seen.get(text)! - at] : []))
    print(
      `line written to line seen, in a real window: median ${ms(median(delays))}, p95 ${ms(percentile(delays, 0.95))} of ${delays.length} lines (aim: under 100 ms)`,
    )
    print(
      `  the engine’s own follower, by raw node:http at the same time: median ${ms(median(raw.delays))}, p95 ${ms(percentile(raw.delays, 0.95))}`,
    )

    const many = `seq -f 'INFO request %06.0f took 12 ms for /api/items' 1 1000000 2>/dev/null || seq 1 1000000`
    await engine.docker('run', '-d', '--name', 'million', 'busybox:latest', 'sh', '-c', many)
    await engine.docker('wait', 'million')
    const log = await openLog('million')
    await expect(log.locator('footer')).toContainText('1,000,001 lines', { timeout: 120_000 })
    await watchFrames(log)
    const times = await log.evaluate<number[]>(scrollTimes)
    const { work } = await frameTimes(log)
    print(
      `1,000,000 lines in a real window, scrolled to ${places} places: seen after median ${ms(median(times))}, p95 ${ms(percentile(times, 0.95))}, ` +
        `with the way to the extension host and back; the viewer’s own work of a frame p95 ${ms(percentile(work, 0.95))}, at most ${ms(Math.max(...work))}`,
    )
    await log.getByRole('button', { name: 'Use Regular Expression' }).nth(1).click()
    const filtered = await log.evaluate<number>(filterTime)
    print(
      `  filtered by a regular expression, typed until all is seen: ${ms(filtered)}, of which 150 ms waits for more letters`,
    )
  })
}

/** How long after its own stamp each line comes to someone who does nothing but read what the engine sends. */
function rawFollow(engine: PrivateEngine, name: string): { readonly delays: number[]; stop(): void } {
  const delays: number[] = []
  const path = `/containers/${name}/logs?follow=1&stdout=1&timestamps=1&tail=0`
  const asking = request({ socketPath: engine.socketPath, path }, (response) => {
    response.setEncoding('latin1').on('data', (text: string) => {
      const now = performance.timeOrigin + performance.now()
      for (const [stamp] of text.matchAll(/\d{4}-\d\d-\d\dT\S+Z/g)) delays.push(now - Date.parse(stamp))
    })
  })
  // It ends by being cut.
  asking.on('error', () => undefined).end()
  return { delays, stop: () => asking.destroy() }
}

/** When the text of each row could be seen first, by the clock of the machine. */
const watchRows = `(() => {
  window.seenAt = new Map()
  const look = () => {
    const now = performance.timeOrigin + performance.now()
    for (const row of document.querySelectorAll('.row .text'))
      if (!seenAt.has(row.textContent)) seenAt.set(row.textContent, now)
  }
  new MutationObserver(() => requestAnimationFrame(look)).observe(document.querySelector('.rows'), { childList: true, subtree: true })
})()`

/** From the move of the scrollbar until the frame that shows the lines there. */
const scrollTimes = `(async () => {
  const bar = document.querySelector('.bar')
  const rows = document.querySelector('.rows')
  const way = bar.scrollHeight - bar.clientHeight
  const times = []
  for (let index = 0; index < ${places}; index += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200))
    const before = rows.querySelector('.row').id
    const begun = performance.now()
    bar.scrollTop = way * (((index * 7919) % 9973) / 9973)
    await new Promise((resolve) => {
      const frame = () => (rows.querySelector('.row').id === before ? requestAnimationFrame(frame) : resolve())
      requestAnimationFrame(frame)
    })
    times.push(performance.now() - begun)
  }
  return times
})()`

/** From a filter's last letter until the number of lines that match it stands. */
const filterTime = `(async () => {
  const field = document.querySelector('input[aria-label="Filter"]')
  const footer = document.querySelector('footer')
  const begun = performance.now()
  field.value = '99[0-9]{2}7'
  field.dispatchEvent(new Event('input', { bubbles: true }))
  let last = ''
  let changedAt = begun
  return new Promise((resolve) => {
    const frame = () => {
      const text = footer.textContent
      if (text !== last && text.includes(' of 1')) {
        last = text
        changedAt = performance.now()
      }
      if (last !== '' && performance.now() - changedAt > 1000) resolve(changedAt - begun)
      else requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
})()`
