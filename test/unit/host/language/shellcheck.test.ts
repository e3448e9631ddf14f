import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shellCheckRunner } from '../../../../src/host/language/shellcheck.ts'

const request = { script: 'echo $A\n', shell: 'dash', exclude: ['SC2148', 'SC1091'] } as const

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'quayside-shellcheck-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function program(name: string, body: string): string {
  const file = join(folder, name)
  writeFileSync(file, `#!/bin/sh\n${body}\n`)
  chmodSync(file, 0o755)
  return file
}

function asking(path: string, patienceMs?: number) {
  let now = 0
  let named = path
  const failures: string[] = []
  const ask = shellCheckRunner(
    {
      program: () => named,
      failed: (which, { kind, detail }) =>
        void failures.push(`${which.slice(folder.length)} ${kind} ${detail}`),
    },
    () => now,
    patienceMs,
  )
  return {
    ask,
    failures,
    later: (ms: number) => void (now += ms),
    name: (other: string) => void (named = other),
  }
}

describe('the program that checks scripts', () => {
  test('gets dialect and exclusions as arguments, and the script on its input', async () => {
    const file = program('echoes', `printf '{"args":"%s","script":"%s"}' "$*" "$(cat)"`)
    const { ask, failures } = asking(file)
    expect(JSON.parse((await ask(request)) ?? '')).toEqual({
      args: '--format=json1 --shell=dash --exclude=SC2148,SC1091 -',
      script: 'echo $A',
    })
    expect(failures).toEqual([])
  })

  test('answers with findings although it then ends with 1', async () => {
    const file = program('finds', `cat >/dev/null; echo '{"comments":[]}'; exit 1`)
    expect(await asking(file).ask(request)).toBe('{"comments":[]}\n')
  })

  test('is not asked for a while when it is missing, which is told once; another one is asked at once', async () => {
    const { ask, failures, later, name } = asking(join(folder, 'nowhere'))
    expect(await ask(request)).toBeUndefined()
    expect(await ask(request)).toBeUndefined()
    later(60_000)
    expect(await ask(request)).toBeUndefined()
    expect(failures).toHaveLength(1)
    expect(failures[0]).toMatch(/^\/nowhere missing .*ENOENT/)
    name(program('works', `cat >/dev/null; echo '{}'`))
    expect(await ask(request)).toBe('{}\n')
  })

  test('is ended when it is slow, whatever it has started', async () => {
    const { ask, failures, later } = asking(program('slow', 'sleep 15'), 200)
    expect(await ask(request)).toBeUndefined()
    expect(failures).toEqual(['/slow slow '])
    // Left alone, so that nobody waits for it again.
    expect(await ask(request)).toBeUndefined()
    later(600_000)
    expect(await ask(request)).toBeUndefined()
    expect(failures).toHaveLength(1)
  })

  test('that says something else is told with its last words', async () => {
    const { ask, failures } = asking(program('older', 'echo "unknown format json1" >&2; exit 4'))
    expect(await ask(request)).toBeUndefined()
    expect(failures).toEqual(['/older broken unknown format json1'])
  })

  test('is told as broken where the named path cannot be started at all', async () => {
    const { ask, failures } = asking(join(program('file', 'exit 0'), 'below'))
    expect(await ask(request)).toBeUndefined()
    expect(await ask(request)).toBeUndefined()
    expect(failures).toHaveLength(1)
    expect(failures[0]).toMatch(/^\/file\/below broken .*ENOTDIR/)
  })

  test('is ended for who gives up, and no failure is told', async () => {
    const { ask, failures } = asking(program('waits', 'sleep 15'))
    const controller = new AbortController()
    const answer = ask(request, controller.signal)
    controller.abort()
    expect(await answer).toBeUndefined()
    expect(await ask(request, controller.signal)).toBeUndefined()
    expect(failures).toEqual([])
  })
})
