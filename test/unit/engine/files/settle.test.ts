import { execFile } from 'node:child_process'
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { settledInPart, settleScript } from '../../../../src/engine/files/scripts.ts'

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

  async function write(path: string, text: string, mode = 0o644): Promise<void> {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, text)
    await chmod(path, mode)
  }

  test('file by file in a folder that is there, with the mode of each, and folders with theirs', async () => {
    const names = Array.from({ length: 250 }, (_, at) => `-${at}\n*`)
    for (const name of names) {
      await write(join(folder, 'app', 'sub', name), 'old')
      await write(join(aside, 'app', 'sub', name), 'new', 0o600)
    }
    await write(join(folder, 'app', 'sub', 'stays'), 'old')
    await write(join(aside, 'app', '.hidden', 'deep'), 'new')
    await write(join(aside, 'app', '..both'), 'new')
    await chmod(join(aside, 'app', 'sub'), 0o750)
    await settle('app')
    expect((await readdir(join(folder, 'app'))).sort()).toEqual(['..both', '.hidden', 'sub'])
    expect(await readdir(join(folder, 'app', 'sub'))).toHaveLength(names.length + 1)
    for (const name of names) expect(await readFile(join(folder, 'app', 'sub', name), 'utf8')).toBe('new')
    expect((await lstat(join(folder, 'app', 'sub', names[7]!))).mode & 0o777).toBe(0o600)
    expect((await lstat(join(folder, 'app', 'sub'))).mode & 0o777).toBe(0o750)
    expect(await readdir(folder)).toEqual(['app'])
  })

  test.each([
    ['a folder', async (path: string) => void (await mkdir(path))],
    ['a file', (path: string) => write(path, 'new')],
  ])('not at all where %s is in the way deep down', async (_, make) => {
    await write(join(folder, 'app', 'a'), 'old')
    await write(join(aside, 'app', 'a'), 'new')
    await write(join(aside, 'first'), 'new')
    await make(join(aside, 'app', 'z'))
    await ((await lstat(join(aside, 'app', 'z'))).isDirectory()
      ? write(join(folder, 'app', 'z'), 'old')
      : mkdir(join(folder, 'app', 'z')))
    await expect(settle('first', 'app')).rejects.toThrow('cannot overwrite')
    expect(await readFile(join(folder, 'app', 'a'), 'utf8')).toBe('old')
    expect(await readdir(folder)).toEqual(['app'])
  })

  test('and it is told where some have, when another cannot', async () => {
    const failing = '#!/bin/sh\ncase "$*" in */.aside/b*) exit 1 ;; esac\nexec /bin/mv "$@"\n'
    await write(join(folder, 'bin', 'mv'), failing, 0o755)
    for (const name of ['a', 'b']) await write(join(aside, name), 'new')
    const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}` }
    const settling = run('sh', ['-c', settleScript, 'sh', aside, folder, 'a', 'b'], { env })
    await expect(settling).rejects.toMatchObject({ code: settledInPart })
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('new')
  })

  test('and what could not be gathered is passed over', async () => {
    await writeFile(join(aside, 'file'), 'new')
    await settle('socket', 'file')
    expect(await readdir(folder)).toEqual(['file'])
  })
})
