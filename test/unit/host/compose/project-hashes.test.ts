import { describe, expect, it } from 'vitest'
import { ProjectHashes } from '../../../../src/host/compose/project-hashes.ts'
import type { WorkspaceProject } from '../../../../src/tree/stacks.ts'

const shop: WorkspaceProject = { name: 'shop', files: ['/shop/compose.yaml'], services: [] }
const [written, resolved, other] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)]
const web = (configHash: string) => ({ service: 'web', configHash })
const answered = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function asking() {
  const asked: string[] = []
  const state = { trusted: true, able: true }
  const known = new ProjectHashes(
    (files, of) => {
      asked.push(`${files.join()} ${of}`)
      const hash = of === 'written' ? written : resolved
      return Promise.resolve(state.able ? new Map([['web', hash]]) : undefined)
    },
    () => state.trusted,
  )
  return { asked, state, known }
}

describe('what compose makes of the services', () => {
  it('is asked once, only for projects with containers and only in a trusted workspace', async () => {
    const { asked, state, known } = asking()
    state.trusted = false
    expect(known.add(shop, [web(written)])).toBe(shop)
    state.trusted = true
    known.add(shop, [])
    expect(asked).toEqual([])
    known.add(shop, [web(written)])
    known.add(shop, [web(written)])
    await answered()
    expect(known.add(shop, [web(written)]).hashes).toEqual(new Map([['web', new Set([written])]]))
    expect(asked).toEqual(['/shop/compose.yaml written'])
    known.forget()
    expect(known.add(shop, [web(written)]).hashes).toBeUndefined()
    expect(asked).toHaveLength(2)
  })

  it('is asked of the resolved project once a container is not as the files are written', async () => {
    const { asked, known } = asking()
    known.add(shop, [web(written), { service: 'gone', configHash: other }])
    await answered()
    known.add(shop, [web(written), { service: 'gone', configHash: other }])
    expect(asked).toEqual(['/shop/compose.yaml written'])
    expect(known.add(shop, [web(resolved)]).hashes).toBeUndefined()
    known.add(shop, [web(resolved)])
    await answered()
    const both = new Map([['web', new Set([written, resolved])]])
    expect(known.add(shop, [web(resolved)]).hashes).toEqual(both)
    expect(known.add(shop, [web(other)]).hashes).toEqual(both)
    expect(asked).toEqual(['/shop/compose.yaml written', '/shop/compose.yaml resolved'])
  })

  it('is asked again when compose could not tell and something changed since', async () => {
    const { asked, state, known } = asking()
    state.able = false
    known.add(shop, [web(written)])
    await answered()
    known.add(shop, [web(written)])
    expect(asked).toHaveLength(1)
    known.retry()
    state.able = true
    known.add(shop, [web(written)])
    await answered()
    known.retry()
    expect(known.add(shop, [web(written)]).hashes?.get('web')).toEqual(new Set([written]))
    expect(asked).toHaveLength(2)
  })
})
