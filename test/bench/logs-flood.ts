import { expect } from '@playwright/test'
import { ms } from './bench.ts'
import { frameTimes, watchFrames } from './logs-frames.ts'
import { MiB } from './logs-held.ts'
import { percentile } from './logs-process.ts'
import { withWindow } from './logs-window.ts'

const lines = Number(process.env['QUAYSIDE_BENCH_FLOOD'] ?? 6_000_000)
const memory = 64
/** So long the window is watched at rest: what the machine alone costs. */
const restMs = 5_000

/** As many lines as the engine takes, for a minute, in a viewer that follows them: what is lost, and what it costs the editor. */
export async function flood(print: (line: string) => void): Promise<void> {
  await withWindow(
    { 'quayside.logs.memory': memory },
    async ({ engine, openLog, measure, figures, workbench }) => {
      const flooding = `while [ ! -e /go ]; do sleep 0.1; done; seq 1 ${lines}; exec sleep 600`
      await engine.docker('run', '-d', '--init', '--name', 'flood', 'busybox:latest', 'sh', '-c', flooding)
      const page = await openLog('flood')
      await expect(page.locator('.state')).toHaveText('Following')
      await measure()
      await new Promise((resolve) => setTimeout(resolve, restMs))
      const before = await figures()
      await measure()
      await watchFrames(page)
      await engine.docker('exec', 'flood', 'touch', '/go')
      const begun = performance.now()
      await page.getByText(String(lines), { exact: true }).waitFor({ timeout: 900_000 })
      const took = performance.now() - begun
      const after = await figures()
      const { work, between } = await frameTimes(page)
      const counts = (await page.locator('footer').innerText()).replace(/(?<=\d),(?=\d)/g, '')
      const held = Number(/(\d+) lines/.exec(counts)?.[1])
      const left = Number(/(\d+) older lines/.exec(counts)?.[1] ?? 0)
      const missing = lines - held - left
      print(
        `${lines.toLocaleString('en')} lines in ${(took / 1000).toFixed(1)} s (${Math.round(lines / (took / 1000)).toLocaleString('en')} a second) in a real window: ` +
          `${missing} lost, ${left} oldest left the buffer, ${held} held`,
      )
      print(
        `  extension host: event loop delay p50 ${ms(after.delayP50)}, p99 ${ms(after.delayP99)}, longest ${ms(after.delayMax)}, at rest p99 ${ms(before.delayP99)}; ` +
          `memory +${((after.rssMax - before.rss) / MiB).toFixed(0)} MiB, of which ${((after.buffers - before.buffers) / MiB).toFixed(0)} MiB are what is held and ${((after.heapMax - before.heapMax) / MiB).toFixed(0)} MiB the heap of V8, for a buffer of ${memory} MiB; ${(after.cpu - before.cpu).toFixed(1)} s of a processor`,
      )
      print(
        `  viewer: work of a frame p50 ${ms(percentile(work, 0.5))}, p95 ${ms(percentile(work, 0.95))}; ` +
          `between frames p50 ${ms(percentile(between, 0.5))}, p95 ${ms(percentile(between, 0.95))}, ${between.length} frames`,
      )
      await workbench.screenshot('logs-flood')
    },
  )
}
