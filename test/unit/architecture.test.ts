import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rooms } from '../support/rooms.ts'

const src = 'src'
const files = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .map((name) => name.replaceAll('\\', '/'))
  .sort()

interface Import {
  readonly from: string
  readonly typeOnly: boolean
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '')
  const found: Import[] = []
  for (const match of text.matchAll(
    /^\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]/gm,
  ))
    found.push({ from: match[2]!, typeOnly: match[1] !== undefined })
  for (const match of text.matchAll(/\b(?:import|require)\(\s*['"]([^'"]+)['"]\s*\)/g))
    found.push({ from: match[1]!, typeOnly: false })
  return found
}

const roomOf = (file: string): string => (file.includes('/') ? file.slice(0, file.indexOf('/')) : file)
const inside = (file: string, target: string): string =>
  relative(src, join(src, dirname(file), target)).replaceAll('\\', '/')

describe('who may import whom', () => {
  test.each(files)('%s', (file) => {
    const rule = rooms[roomOf(file)]
    expect(rule, `${file} is in no room of test/support/rooms.ts`).toBeDefined()
    const wrong: string[] = []
    for (const { from, typeOnly } of importsOf(file)) {
      if (from.startsWith('.')) {
        const target = roomOf(inside(file, from))
        if (
          target !== roomOf(file) &&
          !rule!.rooms.includes(target) &&
          !(typeOnly && rule!.types?.includes(target))
        )
          wrong.push(`src/${file} must not import src/${inside(file, from)}`)
      } else if (!from.startsWith('node:')) {
        const name = from.startsWith('@') ? from.split('/').slice(0, 2).join('/') : from.split('/')[0]!
        const allowed =
          rule!.packages.includes(name) || (typeOnly && rule!.typePackages?.includes(name) === true)
        if (!allowed) wrong.push(`src/${file} must not import ${from}`)
      } else if (rule!.node === false) wrong.push(`src/${file} must not import ${from}`)
    }
    expect(wrong).toEqual([])
  })

  test('only one file imports dockerode', () => {
    expect(
      files.filter((file) => importsOf(file).some(({ from, typeOnly }) => from === 'dockerode' && !typeOnly)),
    ).toEqual(['engine/dockerode.ts'])
  })

  test('no shell of this machine is given what was put together', () => {
    const shells =
      /\bshell:\s*true\b|\bexec(?:Sync)?\(\s*[`'"]|\bnew\s+(?:vscode\.)?ShellExecution\b|\bshellPath\b|\.sendText\(/
    expect(files.filter((file) => shells.test(readFileSync(join(src, file), 'utf8')))).toEqual([])
    const processes = files.flatMap((file) =>
      [
        ...readFileSync(join(src, file), 'utf8').matchAll(/import \{([^}]*)\} from 'node:child_process'/g),
      ].flatMap(([, names = '']) => names.split(',').map((name) => name.trim())),
    )
    expect([...new Set(processes)].filter((name) => !name.startsWith('type ')).sort()).toEqual([
      'execFile',
      'spawn',
    ])
  })

  test('messages, lists and fields of the editor are asked for where names are kept from becoming icons and links', () => {
    const asks =
      /vscode\.window\.(?:show(?:\w+Message|QuickPick|InputBox)|createQuickPick|createInputBox|withProgress|setStatusBarMessage)\b/
    const asking = files.filter((file) => asks.test(readFileSync(join(src, file), 'utf8')))
    expect(asking).toEqual(['host/verbatim-window.ts'])
  })

  test('no file is part of a cycle of imports', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter((i) => i.from.startsWith('.') && !i.typeOnly)
          .map((i) => inside(file, i.from)),
      ]),
    )
    const state = new Map<string, 'open' | 'done'>()
    const cycles: string[] = []
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === 'done') return
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
        return
      }
      state.set(file, 'open')
      for (const next of graph.get(file) ?? []) visit(next, [...path, file])
      state.set(file, 'done')
    }
    for (const file of files) visit(file, [])
    expect(cycles).toEqual([])
  })
})
