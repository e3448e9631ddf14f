import type { Frame } from '@playwright/test'

/** What frames of a page cost, in milliseconds. */
export interface FrameTimes {
  /** Of the page's own work: messages taken in, rows made, style, layout. */
  readonly work: readonly number[]
  /** Between one frame and the next. */
  readonly between: readonly number[]
}

// Captured first and heard last: the work of the page's own listener lies between. A frame's next task comes after style, layout
// and paint.
const watching = `
  const measuring = { work: [], between: [], going: true }
  window.frameTimes = measuring
  let messages = 0
  let begun = 0
  window.addEventListener('message', () => (begun = performance.now()), { capture: true })
  window.addEventListener('message', () => (messages += performance.now() - begun))
  const channel = new MessageChannel()
  let frameBegun = 0
  channel.port1.onmessage = () => {
    measuring.work.push(messages + performance.now() - frameBegun)
    messages = 0
  }
  let last = performance.now()
  const frame = (now) => {
    measuring.between.push(now - last)
    last = now
    frameBegun = performance.now()
    channel.port2.postMessage(null)
    if (measuring.going) requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
`

/** Begins to measure the frames of a page: from the message that changes it until the frame with the change has been laid out. */
export async function watchFrames(page: Frame): Promise<void> {
  await page.evaluate(`(() => {${watching}})()`)
}

export async function frameTimes(page: Frame): Promise<FrameTimes> {
  return page.evaluate<FrameTimes>('((frameTimes.going = false), frameTimes)')
}
