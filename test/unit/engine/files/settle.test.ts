import { execFile, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, symlinkSync } from 'node:fs'
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import { settledInPart, settleScript } from '../../../../src/engine/files/settle-script.ts'
import { everyProgram } from '../../../support/every-program.ts'

const run = promisify(execFile)

/** Shells as they are called in containers, each by the name of `sh`; BusyBox brings the programs besides. */
const applets = mkdtempSync(join(tmpdir(), 'settle-applets-'))
afterAll(() => rm(applets, { recursive: true, force: true }))

interface Shell {
  readonly shell: string
  readonly command: string
  readonly path: string
}

const shells = (everyProgram ? ['sh', 'dash', 'bash', 'mksh', 'busybox'] : ['sh']).flatMap(
  (shell): readonly Shell[] => {
    const command = ['/bin', '/usr/bin'].map((bin) => join(bin, shell)).find((at) => existsSync(at))
    if (command === undefined) return []
    const own = join(applets, shell)
    const isBusyBox = shell === 'busybox'
    mkdirSync(own)
    for (const name of isBusyBox ? ['sh', 'mv', 'cp', 'rm', 'stat', 'chown', 'chmod', 'touch'] : ['sh'])
      symlinkSync(command, join(own, name))
    return [{ shell, command: join(own, 'sh'), path: isBusyBox ? own : (process.env['PATH'] ?? '') }]
  },
)

/** Whether tests may have mounts that nobody else sees. */
const ownMounts = process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'true']).status === 0

describe.runIf(process.platform === 'linux').each(shells)(
  'what was gathered takes its place, by $shell',
  ({ shell, command, path }) => {
    let folder: string
    let aside: string
    const settle = (...names: string[]) => settleIn({ PATH: path }, ...names)
    const settleIn = (env: Record<string, string>, ...names: string[]) =>
      run(command, ['-c', settleScript, 'sh', aside, folder, ...names], { env })

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

    test('and what could not be gathered is passed over', async () => {
      await writeFile(join(aside, 'file'), 'new')
      await settle('socket', 'file')
      expect(await readdir(folder)).toEqual(['file'])
    })

    test.each(['usr/lib', 'nowhere'])(
      'a folder is never put in the place of a link, to %s',
      async (target) => {
        await write(join(folder, 'usr', 'lib', 'libc'), 'old')
        await symlink(target, join(folder, 'lib'))
        await write(join(aside, 'lib', 'mine'), 'new')
        await expect(settle('lib')).rejects.toThrow('cannot overwrite non-directory')
        expect(await readlink(join(folder, 'lib'))).toBe(target)
        expect(await readdir(join(folder, 'usr', 'lib'))).toEqual(['libc'])
      },
    )

    test('links are put in their places as links, whatever they lead to', async () => {
      await write(join(folder, 'elsewhere', 'old'), 'old')
      await write(join(folder, 'app', 'file'), 'old')
      await symlink('../elsewhere', join(folder, 'app', 'link'))
      await mkdir(join(aside, 'app'))
      await symlink('../elsewhere', join(aside, 'app', 'file'))
      await symlink('/nowhere', join(aside, 'app', 'link'))
      await symlink('elsewhere', join(aside, 'top'))
      await settle('app', 'top')
      expect(await readlink(join(folder, 'app', 'file'))).toBe('../elsewhere')
      expect(await readlink(join(folder, 'app', 'link'))).toBe('/nowhere')
      expect(await readlink(join(folder, 'top'))).toBe('elsewhere')
      expect(await readdir(join(folder, 'elsewhere'))).toEqual(['old'])
    })

    test('whatever the names are', async () => {
      const names = [
        '-rf',
        '--',
        ' ',
        'a b',
        'new\nline',
        'end\n',
        '*',
        '[a]',
        '?',
        '$(x)',
        '`x`',
        '\\c',
        "'",
        '"',
        '~',
        '%s',
        '=',
        '.a',
        '..a',
        'é',
      ]
      for (const name of names) {
        await write(join(folder, 'app', name), 'old')
        await write(join(aside, 'app', name), 'new')
        await write(join(aside, `${name} top`), 'new')
        await write(join(folder, `${name} folder`, 'old'), 'old')
        await write(join(aside, `${name} folder`, name), 'new')
      }
      const tops = names.flatMap((name) => [`${name} top`, `${name} folder`])
      await settle('app', ...tops)
      expect((await readdir(folder)).sort()).toEqual(['app', ...tops].sort())
      expect((await readdir(join(folder, 'app'))).sort()).toEqual([...names].sort())
      for (const name of names) {
        expect(await readFile(join(folder, 'app', name), 'utf8')).toBe('new')
        expect((await readdir(join(folder, `${name} folder`))).sort()).toEqual([name, 'old'].sort())
      }
    })

    test('a name in a complaint is no command to the one who prints it', async () => {
      await write(join(folder, 'app', 'a\\c'), 'old')
      await write(join(aside, 'app', 'a\\c', 'file'), 'new')
      await expect(settle('app')).rejects.toMatchObject({
        stderr: `${join(folder, 'app', 'a\\c')}: cannot overwrite non-directory\n`,
      })
    })

    test.runIf(ownMounts)('through a mount, whatever it is called, in which nothing else stays', async () => {
      for (const name of ['plain', 'sp ace', 'a\nb', 'end\n', '\\134']) {
        await write(join(folder, 'app', name, 'under'), 'old')
        await write(join(aside, 'app', name, 'new'), 'new')
        const mounted = `mount -t tmpfs tmpfs "$3/app/$5" && echo old >"$3/app/$5/old" && PATH=$1 sh -c "$4" sh "$2" "$3" app && ls -A "$3/app/$5"`
        const args = ['-m', 'sh', '-c', mounted, command, path, aside, folder, settleScript, name]
        expect((await run('unshare', args)).stdout, name).toBe('new\nold\n')
        await mkdir(aside)
      }
    })

    test('nothing is said to be in its place when what was gathered is gone', async () => {
      await rm(aside, { recursive: true })
      await expect(settle('app')).rejects.toThrow('No such file')
    })

    test('of two at once each file is wholly of one of them', async () => {
      const other = join(folder, '.other')
      const names = Array.from({ length: 150 }, (_, at) => `f${at}`)
      for (const [from, text] of [
        [aside, 'one'],
        [other, 'two'],
        [folder, 'old'],
      ] as const)
        for (const name of names) await write(join(from, 'app', 'sub', name), text)
      const both = [aside, other].map((from) =>
        run(command, ['-c', settleScript, 'sh', from, folder, 'app'], { env: { PATH: path } }),
      )
      await Promise.allSettled(both)
      for (const name of names)
        expect(['one', 'two']).toContain(await readFile(join(folder, 'app', 'sub', name), 'utf8'))
      expect(await readdir(folder)).toEqual(['app'])
    })

    // A BusyBox asks for no programs but its own.
    if (shell === 'busybox') return

    /** A program of this name that does something else instead, or before. */
    async function instead(name: string, script: string): Promise<Record<string, string>> {
      const real = path
        .split(':')
        .map((bin) => join(bin, name))
        .find((at) => existsSync(at))
      await write(join(folder, 'bin', name), `#!/bin/sh\n${script}\nexec ${real} "$@"\n`, 0o755)
      return { PATH: `${join(folder, 'bin')}:${path}` }
    }

    test('and it is told where some have, when another cannot', async () => {
      const env = await instead('mv', 'case "$*" in */.aside/b*) exit 1 ;; esac')
      for (const name of ['a', 'b']) await write(join(aside, name), 'new')
      await expect(settleIn(env, 'a', 'b')).rejects.toMatchObject({ code: settledInPart })
      expect(await readFile(join(folder, 'a'), 'utf8')).toBe('new')
    })

    test('and it is told too where one program has moved some and not others', async () => {
      const env = await instead(
        'mv',
        'for last; do :; done; mv() { PATH=/bin:/usr/bin command mv "$@"; }; case "$*" in */one*) mv -f "$3" "$last"; exit 1 ;; esac',
      )
      await write(join(folder, 'app', 'old'), 'old')
      for (const name of ['one', 'two']) await write(join(aside, 'app', name), 'new')
      await expect(settleIn(env, 'app')).rejects.toMatchObject({ code: settledInPart })
      expect((await readdir(join(folder, 'app'))).sort()).toEqual(['old', 'one'])
      expect((await readdir(folder)).sort()).toEqual(['app', 'bin'])
    })

    test('but not where nothing has been moved', async () => {
      const env = await instead('mv', 'exit 1')
      for (const name of ['one', 'two']) await write(join(aside, 'app', name), 'new')
      await write(join(folder, 'app', 'one'), 'old')
      await expect(settleIn(env, 'app')).rejects.toMatchObject({ code: 1 })
      expect(await readFile(join(folder, 'app', 'one'), 'utf8')).toBe('old')
      expect((await readdir(folder)).sort()).toEqual(['app', 'bin'])
    })

    test('a link to a folder stays where the file cannot take its place', async () => {
      const env = await instead('mv', 'exit 1')
      await mkdir(join(folder, 'elsewhere'))
      await symlink('elsewhere', join(folder, 'name'))
      await write(join(aside, 'name'), 'new')
      await expect(settleIn(env, 'name')).rejects.toMatchObject({ code: 1 })
      expect(await readlink(join(folder, 'name'))).toBe('elsewhere')
    })

    test('nothing is done where programs are missing, and what was gathered stays for another way', async () => {
      await mkdir(join(folder, 'bin'))
      await write(join(folder, 'app', 'a'), 'old')
      await write(join(aside, 'app', 'a'), 'new')
      await expect(settleIn({ PATH: join(folder, 'bin') }, 'app')).rejects.toMatchObject({ code: 127 })
      expect(await readFile(join(folder, 'app', 'a'), 'utf8')).toBe('old')
      expect(await readFile(join(aside, 'app', 'a'), 'utf8')).toBe('new')
    })

    test('all files are in their places where a folder cannot be given its owner, and it is told', async () => {
      const env = await instead('chmod', 'echo "chmod: Operation not permitted" >&2; exit 1')
      for (const name of ['a', 'b']) {
        await write(join(folder, 'app', name, 'file'), 'old')
        await write(join(aside, 'app', name, 'file'), 'new')
        await chmod(join(aside, 'app', name), 0o700)
      }
      await expect(settleIn(env, 'app')).rejects.toMatchObject({ code: settledInPart })
      for (const name of ['a', 'b'])
        expect(await readFile(join(folder, 'app', name, 'file'), 'utf8')).toBe('new')
    })

    test('who ends it half-way leaves files that are whole, nothing beside them, and is told', async () => {
      const env = await instead('mv', 'case "$*" in *second*) kill -TERM $PPID ;; esac')
      for (const name of ['first', 'second', 'third']) {
        await write(join(folder, name), 'old')
        await write(join(aside, name), 'new')
      }
      await expect(settleIn(env, 'first', 'second', 'third')).rejects.toMatchObject({ code: settledInPart })
      expect(await readFile(join(folder, 'first'), 'utf8')).toBe('new')
      expect(await readFile(join(folder, 'third'), 'utf8')).toBe('old')
      expect((await readdir(folder)).sort()).toEqual(['bin', 'first', 'second', 'third'])
    })
  },
)
