import { expect, test } from 'vitest'
import type { ContainerNode } from '../../../src/tree/node.ts'
import { archiveEngine } from '../../support/archive-engine.ts'
import { sceneOn } from '../../support/command-deps.ts'
import { tarBytes } from '../../support/image-archives.ts'
import { chooses, types } from '../../support/scripted-ui.ts'

test('files that are too large to be searched are told, also where others hold the text', async () => {
  const { engine } = archiveEngine({})
  const bytes = await tarBytes([
    { name: 'srv/', type: 'directory' },
    { name: 'srv/big', text: 'x'.repeat(9 * 1024 * 1024) },
    { name: 'srv/small', text: 'listen 80\n' },
  ])
  engine.files.getArchive = async function* () {
    yield await Promise.resolve(bytes)
  }
  const scene = sceneOn(engine, [types('/srv'), types('listen'), chooses('/srv/small:1')])
  const placeholders: (string | undefined)[] = []
  const { pick } = scene.ui
  scene.ui.pick = (choices, options) => {
    placeholders.push(options.placeholder)
    return pick(choices, options)
  }
  const container = { id: 'c', name: 'web', engine: engine.id }
  await scene.run('files.search', { kind: 'container', container } as unknown as ContainerNode)
  expect(placeholders).toEqual(['1 line · 1 file is too large to be searched.'])
})
