import { afterEach } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { systemClock } from '../../src/engine/live/clock.ts'
import type { LiveStore } from '../../src/engine/live/state.ts'
import { createLiveStore } from '../../src/engine/live/store.ts'

type Keep = <T extends { dispose(): unknown }>(item: T) => T

/** Keeps what a test of this file opens, and disposes of it after the test, the last first. */
export function keeping(): Keep {
  const open: { dispose(): unknown }[] = []
  afterEach(async () => {
    for (const item of open.splice(0).reverse()) await item.dispose()
  })
  return (item) => {
    open.push(item)
    return item
  }
}

/** The live picture of an engine, as the extension has it; a fault in it fails the test. */
export const livePicture = (engine: Engine): LiveStore =>
  createLiveStore(engine, {
    clock: systemClock,
    random: Math.random,
    fault(thrown) {
      throw thrown
    },
  })
