import { describe, expect, test } from 'vitest'
import { momentOf, settleContainer } from '../../../../src/engine/live/since.ts'
import { container, noon } from '../../../support/models.ts'

const s = 1_000
const min = 60 * s
const h = 60 * min
const d = 24 * h

/** How an engine words a duration. */
function worded(ms: number): string {
  const seconds = Math.floor(ms / s)
  if (seconds < 1) return 'Less than a second'
  if (seconds === 1) return '1 second'
  if (seconds < 60) return `${seconds} seconds`
  const minutes = Math.floor(ms / min)
  if (minutes === 1) return 'About a minute'
  if (minutes < 60) return `${minutes} minutes`
  const hours = Math.floor(ms / h + 0.5)
  if (hours === 1) return 'About an hour'
  if (hours < 48) return `${hours} hours`
  if (hours < 24 * 7 * 2) return `${Math.floor(hours / 24)} days`
  if (hours < 24 * 30 * 2) return `${Math.floor(hours / 24 / 7)} weeks`
  if (hours < 24 * 365 * 2) return `${Math.floor(hours / 24 / 30)} months`
  return `${Math.floor(ms / h / 24 / 365)} years`
}

describe('the moment that a status tells of', () => {
  test.each([
    ['Up 3 seconds', { at: noon - 3 * s, within: s }],
    ['Up Less than a second', { at: noon, within: s }],
    ['Up About a minute (healthy)', { at: noon - min, within: min }],
    ['Up 5 minutes (Paused)', { at: noon - 5 * min, within: min }],
    ['Up About an hour', { at: noon - h / 2, within: h }],
    ['Exited (137) 2 hours ago', { at: noon - 1.5 * h, within: h }],
    ['Restarting (1) 4 seconds ago', { at: noon - 4 * s, within: s }],
    ['Created', undefined],
    ['Dead', undefined],
    ['', undefined],
    ['Up forever', undefined],
  ])('%s', (status, moment) => {
    expect(momentOf(status, noon)).toEqual(moment)
  })

  test('always holds the true one, however it is worded', () => {
    for (let ms = 0; ms < 3 * 365 * d; ms = Math.floor(ms * 1.07) + 333) {
      const { at, within } = momentOf(`Up ${worded(ms)}`, noon)!
      expect(noon - ms, worded(ms)).toBeLessThanOrEqual(at)
      expect(noon - ms, worded(ms)).toBeGreaterThanOrEqual(at - within)
    }
  })
})

describe('a container that is listed again', () => {
  test('is the same for years when it just goes on', () => {
    let known = settleContainer(container('a', { status: 'Up 2 seconds' }), undefined, noon)
    const first = known
    for (let ms = 3 * s; ms < 3 * 365 * d; ms = Math.floor(ms * 1.05) + 100) {
      known = settleContainer(container('a', { status: `Up ${worded(ms + 2 * s)}` }), known, noon + ms)
      expect(known).toBe(first)
    }
  })

  test('is another when it was restarted in between', () => {
    const known = settleContainer(container('a', { status: 'Up 3 hours' }), undefined, noon)
    const fresh = settleContainer(container('a', { status: 'Up 4 seconds' }), known, noon + min)
    expect(fresh).not.toBe(known)
    expect(fresh.since).toEqual({ at: noon + min - 4 * s, within: s })
  })

  test('is another when anything else has changed', () => {
    const known = settleContainer(container('a'), undefined, noon)
    expect(settleContainer(container('a', { labels: { x: '1' } }), known, noon)).not.toBe(known)
    expect(settleContainer(container('a', { health: 'unhealthy' }), known, noon)).not.toBe(known)
  })
})
