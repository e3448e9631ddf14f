import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listScript, parseListing } from '../../../../src/engine/files/listing.ts'
import { decodeName } from '../../../../src/engine/files/raw-name.ts'
import { everyProgram } from '../../../support/every-program.ts'
import { programFolder, programsBy } from '../../../support/program-folders.ts'

const scratch = mkdtempSync(join(tmpdir(), 'list-script-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const kinds = [
  ...programFolder(scratch, 'GNU', { sh: 'sh', find: 'find', stat: 'stat' }),
  ...(everyProgram
    ? [
        ...programFolder(scratch, 'GNU without find', { sh: 'sh', stat: 'stat' }),
        ...programFolder(scratch, 'bash without find', { sh: 'bash', stat: 'stat' }),
        ...programFolder(scratch, 'BusyBox', programsBy(['sh', 'find', 'stat'], 'busybox')),
        ...programFolder(scratch, 'BusyBox without find', programsBy(['sh', 'stat'], 'busybox')),
        ...programFolder(scratch, 'Toybox', { sh: 'sh', find: 'toybox', stat: 'toybox' }),
        ...programFolder(scratch, 'Toybox without find', { sh: 'sh', stat: 'toybox' }),
      ]
    : []),
]

const word = 'c0ffee'
const run = (programs: string, folder: string): string =>
  decodeName(
    execFileSync(join(programs, 'sh'), ['-c', listScript, 'sh', folder, word], {
      env: { PATH: programs },
      maxBuffer: 1e9,
    }),
  )

describe.runIf(process.platform === 'linux')('the script that lists a folder', () => {
  const folder = join(scratch, 'folder')
  const names = [
    'plain',
    '.hidden',
    '..odd',
    '...',
    '-n',
    ' lead',
    'trail ',
    'new\nline\n',
    '漢字😀',
    '*',
    '[a]',
    '\\',
    `c0ffe\ne`,
    'x'.repeat(255),
  ]
  beforeAll(() => {
    mkdirSync(join(folder, 'sub'), { recursive: true })
    for (const name of names) writeFileSync(join(folder, name), 'four')
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x81, 0xff, 0x88])]), '')
    symlinkSync('plain', join(folder, 'to -> file'))
    symlinkSync('sub', join(folder, "it's"))
    symlinkSync('/none\n', join(folder, 'broken\n'))
    symlinkSync('loop', join(folder, 'loop'))
    symlinkSync("'quoted'", join(folder, 'to quotes'))
    mkdirSync(join(scratch, 'many'))
    for (let at = 0; at < 450; at++) {
      writeFileSync(join(scratch, 'many', `f${at}`), '')
      symlinkSync(`f${at}`, join(scratch, 'many', `l${at}`))
    }
    mkdirSync(join(scratch, 'empty'))
  })

  test.each(kinds)('tells all names, links and what they lead to, by %s', (_, programs) => {
    const entries = parseListing(run(programs, folder), word)!
    const by = new Map(entries.map((entry) => [entry.name, entry]))
    const links = ['to -> file', "it's", 'broken\n', 'loop', 'to quotes']
    expect([...by.keys()].sort()).toEqual([...names, ...links, 'sub', '\uef81\uefff\uef88'].sort())
    for (const name of names) expect(by.get(name)).toMatchObject({ type: 'file', size: 4 })
    expect(by.get('sub')).toMatchObject({ type: 'directory' })
    expect(by.get('to -> file')).toMatchObject({ type: 'symlink', target: 'file', link: 'plain' })
    expect(by.get("it's")).toMatchObject({ type: 'symlink', target: 'directory', link: 'sub' })
    expect(by.get('broken\n')).toMatchObject({ type: 'symlink', link: '/none\n' })
    expect(by.get('to quotes')).toMatchObject({ link: "'quoted'" })
    expect([by.get('broken\n')!.target, by.get('loop')!.target]).toEqual([undefined, undefined])
  })

  test.each(kinds)('tells large and empty folders, by %s', (_, programs) => {
    const many = parseListing(run(programs, join(scratch, 'many')), word)!
    expect(many).toHaveLength(900)
    expect(many.filter(({ target }) => target === 'file')).toHaveLength(450)
    expect(
      many.every(({ name, link }) => link === (name.startsWith('l') ? name.replace('l', 'f') : undefined)),
    ).toBe(true)
    expect(parseListing(run(programs, join(scratch, 'empty')), word)).toEqual([])
  })

  test('tells nothing where there is no program that can, rather than an empty folder', () => {
    for (const [, programs] of [
      ...programFolder(scratch, 'no stat', { sh: 'sh', find: 'find' }),
      ...programFolder(scratch, 'only a shell', { sh: 'sh' }),
    ])
      expect(() => run(programs, folder)).toThrow()
  })
})
