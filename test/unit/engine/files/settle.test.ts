import { execFile } from 'node:child_process'
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { settleScript } from '../../../../src/engine/files/scripts.ts'

const run = promisify(execFile)

describe.runIf(process.platform === 'linux')('what was gathered takes its place', () => {
  let folder: string
  let aside: string
  const settle = (...names: string[]) => run('sh', ['-c', settleScript, 'sh', aside, folder, ...names])

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'settle-'))
    aside = join(folder, '.aside')
    await mkdir(aside)
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  test('beside other files of a folder that is there', async () => {
    await mkdir(join(folder, 'conf'))
    await writeFile(join(folder, 'conf', 'old'), 'old')
    await mkdir(join(aside, 'conf'))
    await writeFile(join(aside, 'conf', 'new'), 'new')
    await settle('conf')
    expect((await readdir(join(folder, 'conf'))).sort()).toEqual(['new', 'old'])
    expect(await readdir(folder)).toEqual(['conf'])
  })

  test('in place of a link to a folder, not in that folder', async () => {
    await mkdir(join(folder, 'elsewhere'))
    await symlink('elsewhere', join(folder, 'name'))
    await writeFile(join(aside, 'name'), 'new')
    await settle('name')
    expect((await lstat(join(folder, 'name'))).isFile()).toBe(true)
    expect(await readFile(join(folder, 'name'), 'utf8')).toBe('new')
    expect(await readdir(join(folder, 'elsewhere'))).toEqual([])
  })

  test('never in a folder of its name', async () => {
    await mkdir(join(folder, 'name'))
    await writeFile(join(aside, 'name'), 'new')
    await expect(settle('name')).rejects.toThrow('cannot overwrite directory')
    expect(await readdir(join(folder, 'name'))).toEqual([])
    expect(await readdir(folder)).toEqual(['name'])
  })

  test('and what could not be gathered is passed over', async () => {
    await writeFile(join(aside, 'file'), 'new')
    await settle('socket', 'file')
    expect(await readdir(folder)).toEqual(['file'])
  })
})
