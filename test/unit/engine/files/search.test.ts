import { expect, test } from 'vitest'
import { searchTar, type SearchReport } from '../../../../src/engine/files/search.ts'
import { tarBytes, type TarPart } from '../../../support/image-archives.ts'

async function search(wanted: string, parts: readonly TarPart[], most = 100): Promise<string[]> {
  const bytes = await tarBytes(parts)
  const archive = (async function* () {
    for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000)
  })()
  const lines: string[] = []
  let last: SearchReport = { files: 0, tooLarge: 0 }
  for await (const { path, line, column, text } of searchTar(
    archive,
    '/srv',
    wanted,
    most,
    (step) => (last = step),
  ))
    lines.push(`${path}:${line}:${column} ${text}`)
  return [...lines, `${last.files} files, ${last.tooLarge} too large`]
}

const parts: readonly TarPart[] = [
  { name: 'srv/', type: 'directory' },
  { name: 'srv/a.conf', text: 'listen 80\n  # Listen again, listen\nend' },
  { name: 'srv/sub/b', text: 'nothing\n' },
  { name: 'srv/binary', text: 'listen\0' },
  { name: 'srv/link', type: 'symlink', linkname: 'listen' },
]

test('lines are told with their places; no case is any case, programs and links are passed over', async () => {
  expect(await search('listen', parts)).toEqual([
    '/srv/a.conf:1:1 listen 80',
    '/srv/a.conf:2:5 # Listen again, listen',
    '3 files, 0 too large',
  ])
  expect(await search('Listen', parts)).toEqual([
    '/srv/a.conf:2:5 # Listen again, listen',
    '3 files, 0 too large',
  ])
  expect(await search('nowhere', parts)).toEqual(['3 files, 0 too large'])
})

test('one file alone, the root of a place, and an end when there is enough', async () => {
  expect(await search('x', [{ name: 'srv', text: 'x\nx' }])).toEqual([
    '/srv:1:1 x',
    '/srv:2:1 x',
    '1 files, 0 too large',
  ])
  expect(
    await search('x', [
      { name: './', type: 'directory' },
      { name: './a', text: 'x' },
    ]),
  ).toEqual(['/srv/a:1:1 x', '1 files, 0 too large'])
  const many = Array.from({ length: 9 }, (_, i): TarPart => ({ name: `srv/${i}`, text: 'x' }))
  expect(await search('x', many, 4)).toHaveLength(5)
})
