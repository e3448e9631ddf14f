import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { causeOf, isMeanwhile } from '../../../../src/engine/files/cause.ts'
import { createFolderScript, removeScript, renameScript } from '../../../../src/engine/files/scripts.ts'
import { everyProgram } from '../../../support/every-program.ts'
import { programFolder, programsBy } from '../../../support/program-folders.ts'

const scratch = mkdtempSync(join(tmpdir(), 'cause-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const names = ['rm', 'rmdir', 'mkdir', 'mv', 'cp', 'cat', 'stat', 'chown']
const kinds = [
  ...programFolder(scratch, 'GNU', { sh: 'sh', ...programsBy(names) }),
  ...(everyProgram
    ? [
        ...programFolder(scratch, 'BusyBox', programsBy(['sh', ...names], 'busybox')),
        ...programFolder(scratch, 'Toybox', { sh: 'sh', ...programsBy(names, 'toybox') }),
      ]
    : []),
]

/** Files that are called as errors are. */
const misleading = [
  'No space left on device',
  'Permission denied',
  'x: Read-only file system',
  'No such file or directory',
  'cannot overwrite directory',
  'line\nx: Permission denied\nmore',
]

describe.runIf(process.platform === 'linux').each(kinds)(
  'what %s says of files called as errors are',
  (_, path) => {
    const folder = join(path, 'folder')
    beforeAll(() => {
      for (const name of misleading) {
        mkdirSync(join(folder, 'full', name), { recursive: true })
        writeFileSync(join(folder, 'full', name, name), 'some')
        writeFileSync(join(folder, `${name} file`), 'some')
      }
    })

    const saidBy = (script: string, ...args: string[]): string => {
      const { status, stderr } = spawnSync(join(path, 'sh'), ['-c', script, 'sh', ...args], {
        env: { PATH: path, LC_ALL: 'C' },
        encoding: 'utf8',
      })
      expect(status).not.toBe(0)
      return stderr
    }

    test.each(misleading)('%j', (name) => {
      const full = join(folder, 'full', name)
      const file = join(folder, `${name} file`)
      expect(causeOf(saidBy(removeScript, full, ''))).toBe('notEmpty')
      expect(causeOf(saidBy(createFolderScript, full, folder))).toBe('inTheWay')
      expect(causeOf(saidBy(createFolderScript, join(file, name), folder))).toBe('inTheWay')
      expect(causeOf(saidBy(createFolderScript, join(folder, 'none', name), folder))).toBe('absent')
      expect(causeOf(saidBy(renameScript, join(folder, `${name} none`), join(folder, 'new'), ''))).toBe(
        'absent',
      )
      expect(causeOf(saidBy(renameScript, file, full, 'o'))).toBe('notEmpty')
      expect(causeOf(saidBy('cat -- "$1" >/dev/full', join(full, name)))).toBe('noSpace')
      expect(causeOf(saidBy('cat "$1" >"$2"', file, full))).toBe('inTheWay')
      expect(causeOf(saidBy('cat "$1" >"$2"', file, join(folder, 'none', name)))).toBe('absent')
    })
  },
)

test('what engines say names the error behind the files', () => {
  const write = (error: string): string =>
    `Error processing tar file(exit status 1): write /srv/no space left on device/x: permission denied/a: ${error}`
  expect(causeOf(write('no space left on device'))).toBe('noSpace')
  expect(causeOf(write('read-only file system'))).toBe('readOnly')
  expect(causeOf(write('input/output error'))).toBeUndefined()
  expect(causeOf('container rootfs is marked read-only')).toBe('readOnly')
  expect(causeOf('cannot overwrite directory "/srv/a" with non-directory "/srv/permission denied"')).toBe(
    'inEachOthersWay',
  )
  expect(causeOf('unlinkat /srv/not a directory: device or resource busy\n')).toBe('denied')
})

test('what engines say of a file that a program made or removed meanwhile is told from a folder in the way', () => {
  const put = 'error during bulk transfer for copier.request{}: copier: put: '
  expect(
    isMeanwhile(
      `${put}error creating "/d/a": copier: put: error opening file "/d/a" for writing: open /d/a: file exists`,
    ),
  ).toBe(true)
  expect(
    isMeanwhile(`${put}error setting ownership of "/d/a" to 0:0: lchown /d/a: no such file or directory`),
  ).toBe(true)
  expect(
    isMeanwhile(
      `${put}error creating "/d/a": copier: put: error creating file at "/d/a": open /d/a: file exists`,
    ),
  ).toBe(false)
  expect(isMeanwhile(`${put}error creating "/d": mkdir /d: file exists`)).toBe(false)
  expect(isMeanwhile('Error processing tar file(exit status 1): link /a /b: no such file or directory')).toBe(
    false,
  )
})
