import { expect, test } from 'vitest'
import type { Sample } from '../../../src/engine/stats/sample.ts'
import type { TreeNode } from '../../../src/tree/node.ts'
import { rowOf } from '../../../src/tree/kinds.ts'
import { runningIn, useText, withUse } from '../../../src/tree/use.ts'
import { container, noon } from '../../support/models.ts'

const sample = (cpu: number | undefined, memory: number): Sample => ({
  time: noon,
  cpu,
  cpus: 4,
  memory,
  memoryLimit: 0,
  received: 0,
  sent: 0,
  read: 0,
  written: 0,
  pids: 1,
  pidsLimit: undefined,
})
const MiB = 1024 ** 2
const web = container('web')
const db = container('db')
const old = container('old', { state: 'exited' })
const project: TreeNode = { kind: 'project', engine: web.engine, name: 'shop', containers: [web, db, old] }
const known = new Map([
  ['web', sample(1.24, 35.1 * MiB)],
  ['db', sample(120.7, 200 * MiB)],
  ['old', sample(50, 1)],
])
const latest = ({ id }: { readonly id: string }) => known.get(id)

test('a container tells its own, a project the sum of what runs in it', () => {
  expect(useText({ kind: 'container', container: web }, latest)).toBe('1.2 % · 35.1 MiB')
  expect(useText({ kind: 'container', container: old }, latest)).toBe('')
  expect(useText(project, latest)).toBe('122 % · 235 MiB')
})

test('CPU is left out until there is a moment to compare with', () =>
  expect(useText({ kind: 'container', container: web }, () => sample(undefined, 5 * MiB))).toBe('5.0 MiB'))

test('nothing is said of what is not known', () => expect(useText(project, () => undefined)).toBe(''))

test('a container that is in two networks is followed once', () => {
  const group = (value: string): TreeNode => ({
    kind: 'group',
    engine: web.engine,
    by: 'network',
    value,
    children: [{ kind: 'container', container: web, within: value }],
  })
  expect(runningIn([group('front'), group('back'), project])).toEqual([web, db])
})

test('the text comes first in the row, and a screen reader hears the row as before', () => {
  const row = rowOf({ kind: 'container', container: web }, { now: noon, locale: 'en', offset: () => 0 })
  const told = withUse(row, '1.2 % · 35.1 MiB')
  expect(told.description).toBe(`1.2 % · 35.1 MiB · ${row.description}`)
  expect(told.accessibilityLabel).toBe(row.accessibilityLabel)
  expect(withUse(row, '')).toBe(row)
})
