import { describe, expect, test } from 'vitest'
import { FrameSender } from '../../../src/logs/frame-sender.ts'
import type { PageState } from '../../../src/logs/messages.ts'
import { FakeClock } from '../../support/fake-clock.ts'

/** A sender of frames whose state differs each time, and the moments at which they were sent. */
function start() {
  const clock = new FakeClock(0)
  const sentAt: number[] = []
  let count = 0
  const sender = new FrameSender(
    clock,
    () => ({ state: { count: count++ } as unknown as PageState, rows: { rows: [] } as never }),
    () => sentAt.push(clock.now()),
  )
  sender.begin()
  return { clock, sentAt, sender }
}

describe('frames', () => {
  test('at most twenty a second', async () => {
    const { clock, sentAt, sender } = start()
    for (let frame = 1; frame <= 3; frame += 1) {
      sender.schedule()
      await clock.advance(40)
      sender.drawn(frame)
    }
    sender.schedule()
    await clock.advance(50)
    expect(sentAt).toEqual([0, 50, 100, 150])
  })

  test('the one of a place that the user looks at goes at once, also while another waits for its time', async () => {
    const { clock, sentAt, sender } = start()
    sender.schedule()
    await clock.advance(1)
    sender.drawn(1)
    sender.schedule()
    await clock.advance(4)
    sender.hurry()
    sender.schedule()
    await clock.advance(0)
    expect(sentAt).toEqual([0, 5])
    expect(clock.timers).toBe(0)
  })

  test('none before the last one has been drawn, whatever the hurry', async () => {
    const { clock, sentAt, sender } = start()
    sender.schedule()
    await clock.advance(1)
    sender.hurry()
    sender.schedule()
    await clock.advance(1_000)
    expect(sentAt).toEqual([0])
  })
})
