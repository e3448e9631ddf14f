import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseRunLine } from '../../../src/shared/docker-run/run-line.ts'
import { scene } from '../../support/command-deps.ts'
import { container } from '../../support/models.ts'

/** What whoever makes a container can put into its names, labels, variables and command. */
const hostile = [
  '$(touch /tmp/owned)',
  '`id`; rm -rf / #',
  `'"\\'"`,
  '**bold** [click](command:workbench.action.quit) <img src=x onerror=alert(1)>',
  '\x1b[31mred\x1b]52;c;aGk=\x07',
  'two\nlines\r\nand more',
  '\u202eright to left\u200b',
  'x'.repeat(10_000),
]

const inspected = (text: string) => ({
  Id: 'f00d',
  Name: '/web',
  Image: 'sha256:1',
  Path: 'sh',
  Args: ['-c', text],
  State: { Status: 'exited', ExitCode: 1, Error: text },
  Config: { Image: 'busybox', Cmd: ['sh', '-c', text], Env: [`NOTE=${text}`], Labels: { note: text } },
  HostConfig: {},
  NetworkSettings: { Networks: {} },
})

// Line ends part the lines of our own documents; nothing else that hides or reorders text may be in them.
const hidden = (text: string): readonly string[] =>
  [...text].filter((character) => {
    const code = character.codePointAt(0)!
    return (
      (code < 0x20 && character !== '\n') ||
      (code >= 0x7f && code < 0xa0) ||
      (code >= 0x200b && code <= 0x200f) ||
      (code >= 0x202a && code <= 0x202e)
    )
  })

async function sceneOf(text: string) {
  const s = await scene()
  s.engine.answers.set('containers.inspect', () => inspected(text))
  s.engine.answers.set('images.inspect', () => ({ Config: {} }))
  s.engine.answers.set('containers.changes', () => [{ path: `/${text}`, change: 'added' }])
  s.engine.answers.set('containers.top', () => ({ titles: ['PID', 'CMD'], processes: [['1', text]] }))
  s.engine.answers.set('streams.logs', async function* () {
    // It wrote nothing.
  })
  return s
}
const node = { kind: 'container', container: container('web', { id: 'f00d', state: 'exited' }) } as const

describe.each(hostile.map((text) => [JSON.stringify(text).slice(0, 60), text] as const))('%s', (_, text) => {
  test('is the very same in a copied docker run line and compose service', async () => {
    const s = await sceneOf(text)
    await s.run('containers.copyAsRun', node)
    const line = parseRunLine(s.copied[0]!)
    if ('problem' in line) throw new Error(line.problem.code)
    expect(line.spec.flags.get('env')).toEqual([`NOTE=${text}`])
    expect(line.spec.flags.get('label')).toEqual([`note=${text}`])
    expect(line.spec.command).toEqual(['sh', '-c', text])
    expect(line.unexpanded).toEqual([])
    await s.run('containers.copyAsCompose', node)
    const { services } = parse(s.copied[1]!) as {
      services: Record<string, { environment: string[]; labels: string[]; command: string[] }>
    }
    const literal = (value: string): string => value.replaceAll('$$', '$')
    const service = Object.values(services)[0]!
    expect(service.environment.map(literal)).toEqual([`NOTE=${text}`])
    expect(service.labels.map(literal)).toEqual([`note=${text}`])
    expect(service.command.map(literal)).toEqual(['sh', '-c', text])
  })

  test('is plain text in every document, and begins no line of its own', async () => {
    const s = await sceneOf(text)
    const harmless = await sceneOf('harmless')
    for (const command of ['whyStopped', 'whatRuns', 'diff', 'top']) {
      await s.run(`containers.${command}`, node)
      await harmless.run(`containers.${command}`, node)
    }
    expect(s.documents).toHaveLength(4)
    for (const [i, { text: shown, language }] of s.documents.entries()) {
      expect(hidden(shown)).toEqual([])
      expect(shown.split('\n')).toHaveLength(harmless.documents[i]!.text.split('\n').length)
      expect(['log', 'plaintext']).toContain(language)
    }
  })
})
