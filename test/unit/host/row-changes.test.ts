import { describe, expect, test } from 'vitest'
import { RowChanges } from '../../../src/host/row-changes.ts'
import { deferred, type Deferred } from '../../../src/shared/deferred.ts'
import { settled } from '../../support/fake-clock.ts'

/** A VS Code that takes rows when the test says so, and what it was told. */
function harness() {
  const told: (string | undefined)[] = []
  const waiting: Deferred<void>[] = []
  const changes = new RowChanges<string>(
    (row) => told.push(row),
    () => {
      const taken = deferred<void>()
      waiting.push(taken)
      return taken.promise
    },
  )
  return { told, changes, waiting }
}

describe('changes of rows', () => {
  test('are told once while no rows are being given', () => {
    const { told, changes } = harness()
    changes.tell('web')
    changes.tell(undefined)
    expect(told).toEqual(['web', undefined])
  })

  test('that come while VS Code takes rows are told at once, and once more when it has taken them', async () => {
    const { told, changes, waiting } = harness()
    const list = deferred<string[]>()
    const given = changes.giving(list.promise)
    changes.tell('web')
    expect(told).toEqual(['web'])
    list.resolve(['web', 'db'])
    expect(await given).toEqual(['web', 'db'])
    // The rows are on their way.
    await settled()
    changes.tell('db')
    changes.tell('db')
    expect(told).toEqual(['web', 'db', 'db'])
    waiting[0]!.resolve()
    await settled()
    expect(told).toEqual(['web', 'db', 'db', 'web', 'db'])
    changes.tell('web')
    await settled()
    expect(told).toHaveLength(6)
  })

  test('are told once more after the last of several lists: they are sent on together', async () => {
    const { told, changes, waiting } = harness()
    const slow = deferred<string[]>()
    void changes.giving(Promise.resolve(['web']))
    void changes.giving(slow.promise)
    await settled()
    await settled()
    changes.tell('web')
    waiting[0]!.resolve()
    await settled()
    expect(told).toEqual(['web'])
    slow.resolve(['file'])
    await settled()
    await settled()
    waiting[1]!.resolve()
    await settled()
    expect(told).toEqual(['web', 'web'])
  })

  test('that are meant for afterwards are told when the rows have been taken, and not before', async () => {
    const { told, changes, waiting } = harness()
    void changes.giving(Promise.resolve(['web']))
    changes.tellAfterwards(undefined)
    await settled()
    await settled()
    expect(told).toEqual([])
    waiting[0]!.resolve()
    await settled()
    expect(told).toEqual([undefined])
  })

  test('are told once more too when a list fails and the window does not answer', async () => {
    const { told, changes, waiting } = harness()
    await expect(changes.giving(Promise.reject(new Error('gone')))).rejects.toThrow('gone')
    changes.tell('web')
    await settled()
    waiting[0]!.reject(new Error('closed'))
    await settled()
    expect(told).toEqual(['web', 'web'])
  })
})
