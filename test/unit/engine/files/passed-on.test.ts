import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { passedOn } from '../../../../src/engine/files/passed-on.ts'
import { tarEntries } from '../../../../src/engine/files/tar-reader.ts'
import { recordsOf } from '../../../../src/engine/files/tar-writer.ts'
import { tarBytes } from '../../../support/image-archives.ts'

test('under another name programs keep their capabilities, and long names are those of the copy', async () => {
  const capability = { 'SCHILY.xattr.security.capability': 'cap' }
  const long = `${'long-'.repeat(40)}ü`
  const bytes = await tarBytes([
    { name: 'one/', type: 'directory' },
    { name: 'one/ping', pax: capability, mode: 0o755, text: 'program' },
    { name: `one/${long}`, pax: capability, text: 'x' },
    { name: 'one/link', type: 'link', linkname: 'one/ping', pax: capability },
    { name: 'one/plain', text: 'y' },
  ])
  const told: unknown[] = []
  const archive = passedOn(Readable.from([bytes]), 'one (2)', undefined)
  for await (const { header, raw, whole } of tarEntries(archive))
    told.push([
      header.name,
      header.linkname,
      recordsOf(raw).includes('SCHILY.xattr.security.capability=cap'),
      (await whole()).toString(),
    ])
  expect(told).toEqual([
    ['one (2)/', '', false, ''],
    ['one (2)/ping', '', true, 'program'],
    [`one (2)/${long}`, '', true, 'x'],
    ['one (2)/link', 'one (2)/ping', true, ''],
    ['one (2)/plain', '', false, 'y'],
  ])
})
