import { describe, expect, it } from 'vitest'
import { ProjectHashes } from '../../../../src/host/compose/project-hashes.ts'
import type { WorkspaceProject } from '../../../../src/tree/stacks.ts'

const shop: WorkspaceProject = { name: 'shop', files: ['/shop/compose.yaml'], services: [] }
const hashes = new Map([['web', new Set(['a'.repeat(64)])]])
const answered = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('what compose makes of the services', () => {
  it('is asked once, only for projects with containers and only in a trusted workspace', async () => {
    const asked: (readonly string[])[] = []
    let trusted = false
    const known = new ProjectHashes(
      (files) => {
        asked.push(files)
        return Promise.resolve(hashes)
      },
      () => trusted,
    )
    expect(known.add(shop, true)).toBe(shop)
    trusted = true
    known.add(shop, false)
    expect(asked).toEqual([])
    known.add(shop, true)
    known.add(shop, true)
    await answered()
    expect(known.add(shop, true).hashes).toBe(hashes)
    expect(asked).toEqual([shop.files])
    known.forget()
    expect(known.add(shop, true).hashes).toBeUndefined()
    expect(asked).toHaveLength(2)
  })

  it('is asked again when compose could not tell and something changed since', async () => {
    let times = 0
    const known = new ProjectHashes(
      () => Promise.resolve(times++ === 0 ? undefined : hashes),
      () => true,
    )
    known.add(shop, true)
    await answered()
    known.add(shop, true)
    expect(times).toBe(1)
    known.retry()
    known.add(shop, true)
    await answered()
    expect(known.add(shop, true).hashes).toBe(hashes)
    known.retry()
    expect(known.add(shop, true).hashes).toBe(hashes)
    expect(times).toBe(2)
  })
})
