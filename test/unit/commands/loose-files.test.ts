import { lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withPaths } from '../../../src/commands/loose-files.ts'

let parent: string
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'quayside-loose-'))
})
afterEach(() => rmSync(parent, { recursive: true, force: true }))

const loose = (name: string, text: string) => ({ name, data: () => Promise.resolve(Buffer.from(text)) })

test('files without a path lie in a new folder of this account alone while they are needed, whatever they are called', async () => {
  const names = ['note', 'note', '../../outside', '..', 'a\\..\\b', '']
  await withPaths(
    names.map((name, at) => loose(name, String(at))),
    parent,
    (paths) => {
      expect(paths.map((path) => basename(path))).toEqual(['note', 'note', 'outside', 'file', 'b', 'file'])
      expect(paths.map((path) => readFileSync(path, 'utf8'))).toEqual(['0', '1', '2', '3', '4', '5'])
      const [own] = readdirSync(parent)
      expect(new Set(paths.map((path) => dirname(dirname(path))))).toEqual(new Set([join(parent, own!)]))
      if (process.platform !== 'win32') expect(lstatSync(join(parent, own!)).mode & 0o777).toBe(0o700)
      return Promise.resolve()
    },
  )
  expect(readdirSync(parent)).toEqual([])
})

test('and go when the task fails', async () => {
  const failing = withPaths([loose('a', 'x')], parent, () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(readdirSync(parent)).toEqual([])
})
