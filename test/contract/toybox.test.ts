import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { renameScript } from '../../src/engine/files/scripts.ts'
import { settleScript } from '../../src/engine/files/settle-script.ts'
import { ensurePackages } from '../../scripts/hosts/hosts.mjs'
import { programFolder, programsBy } from '../support/program-folders.ts'

await ensurePackages('the tests of Toybox', { toybox: '/usr/bin/toybox' })
const scratch = mkdtempSync(join(tmpdir(), 'toybox-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const programs = ['mv', 'cp', 'rm', 'rmdir', 'stat', 'chown', 'chmod', 'touch']
const [toybox] = programFolder(scratch, 'toybox', { sh: 'sh', ...programsBy(programs, 'toybox') })
const memory = '/dev/shm'

/** `mv` and `cp` of Toybox answer that all went well when they have filled a disk. */
describe('files of containers with Toybox', () => {
  const run = (script: string, ...args: string[]) =>
    spawnSync(join(toybox![1], 'sh'), ['-c', script, 'sh', ...args], {
      env: { PATH: toybox![1] },
      encoding: 'utf8',
    })

  test('are not moved to another disk, but within one', () => {
    const file = join(scratch, 'file')
    writeFileSync(file, 'content')
    const { status, stderr } = run(renameScript, file, join(memory, 'toybox-test'), '')
    expect([status, stderr.trim()]).toEqual([97, 'Toybox cannot be trusted to move files to another disk'])
    expect(readFileSync(file, 'utf8')).toBe('content')
    expect(run(renameScript, file, join(scratch, 'renamed'), '').status).toBe(0)
    expect(readFileSync(join(scratch, 'renamed'), 'utf8')).toBe('content')
    expect(run(renameScript, file, join(scratch, 'other'), '').stderr).toContain('No such file')
  })

  test('take their places by other means where a mount is below, and wait where they were gathered', () => {
    const aside = mkdtempSync('/dev/.quayside-test-')
    try {
      mkdirSync(join(aside, 'shm'))
      writeFileSync(join(aside, 'shm', 'toybox-test'), 'content')
      expect(run(settleScript, aside, '/dev', 'shm').status).toBe(127)
      expect(readFileSync(join(aside, 'shm', 'toybox-test'), 'utf8')).toBe('content')
      expect(readdirSync(memory)).not.toContain('toybox-test')
    } finally {
      rmSync(aside, { recursive: true })
      rmSync(join(memory, 'toybox-test'), { force: true })
    }
  })
})
