import { describe, expect, it } from 'vitest'
import { ProjectHashes, type AskedProject } from '../../../../src/host/compose/project-hashes.ts'
import type { EngineId } from '../../../../src/engine/model/refs.ts'

const shop: AskedProject = { engine: 'one' as EngineId, files: ['/shop/compose.yaml'] }
const [written, resolved, other] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)]
const web = (configHash: string) => ({ service: 'web', configHash })
const answered = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function asking() {
  const asked: string[] = []
  const state = { trusted: true, able: true }
  const known = new ProjectHashes(
    ({ engine, files, project = '' }, of) => {
      asked.push([engine, project, files.join(), of].filter((word) => word !== '').join(' '))
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
    expect(known.of(shop, [web(written)])).toBeUndefined()
    state.trusted = true
    known.of(shop, [])
    expect(asked).toEqual([])
    known.of(shop, [web(written)])
    known.of(shop, [web(written)])
    await answered()
    expect(known.of(shop, [web(written)])).toEqual(new Map([['web', new Set([written])]]))
    expect(asked).toEqual(['one /shop/compose.yaml written'])
    known.forget()
    expect(known.of(shop, [web(written)])).toBeUndefined()
    expect(asked).toHaveLength(2)
  })

  it('is asked of the resolved project once a container is not as the files are written', async () => {
    const { asked, known } = asking()
    known.of(shop, [web(written), { service: 'gone', configHash: other }])
    await answered()
    known.of(shop, [web(written), { service: 'gone', configHash: other }])
    expect(asked).toEqual(['one /shop/compose.yaml written'])
    expect(known.of(shop, [web(resolved)])).toBeUndefined()
    known.of(shop, [web(resolved)])
    await answered()
    const both = new Map([['web', new Set([written, resolved])]])
    expect(known.of(shop, [web(resolved)])).toEqual(both)
    expect(known.of(shop, [web(other)])).toEqual(both)
    expect(asked).toEqual(['one /shop/compose.yaml written', 'one /shop/compose.yaml resolved'])
  })

  it('is asked again when compose could not tell and something changed since', async () => {
    const { asked, state, known } = asking()
    state.able = false
    known.of(shop, [web(written)])
    await answered()
    known.of(shop, [web(written)])
    expect(asked).toHaveLength(1)
    known.retry()
    state.able = true
    known.of(shop, [web(written)])
    await answered()
    known.retry()
    expect(known.of(shop, [web(written)])?.get('web')).toEqual(new Set([written]))
    expect(asked).toHaveLength(2)
  })

  it('is asked for each engine and each name of the project by itself', async () => {
    const { asked, known } = asking()
    const others = [
      { ...shop, engine: 'two' as EngineId },
      { ...shop, project: 'live' },
    ]
    known.of(shop, [web(written)])
    for (const other of others) known.of(other, [web(written)])
    await answered()
    expect(asked).toEqual([
      'one /shop/compose.yaml written',
      'two /shop/compose.yaml written',
      'one live /shop/compose.yaml written',
    ])
    known.of(others[0]!, [web(resolved)])
    await answered()
    expect(known.of(others[0]!, [web(resolved)])?.get('web')).toContain(resolved)
    expect(known.of(shop, [web(written)])?.get('web')).toEqual(new Set([written]))
  })
})
