import { expect, test } from 'vitest'
import { processSession } from '../../../../src/commands/program/process-session.ts'

/** Runs a program of Node that prints its arguments, one JSON string a line. */
async function argumentsThatArrive(args: readonly string[]): Promise<unknown[]> {
  const lines: string[] = []
  await new Promise<void>((resolve) => {
    processSession({
      name: 'recorder',
      program: process.execPath,
      args: [
        '-e',
        'for (const arg of process.argv.slice(1)) console.log(JSON.stringify(arg))',
        '--',
        ...args,
      ],
      shown: 'recorder',
      cwd: process.cwd(),
      env: process.env,
      onLine: (line) => lines.push(line),
      onEnd: () => resolve(),
    }).open(
      {
        write: () => undefined,
        rename: () => undefined,
        show: () => undefined,
        remember: () => undefined,
        end: () => undefined,
      },
      undefined,
    )
  })
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as unknown)
}

test('arguments arrive as they are, whatever is in them', async () => {
  const odd = [
    'x;id',
    '$(touch pwned)',
    '`id`',
    '%PATH%',
    '"quoted"',
    "it's",
    'a\nb',
    '&& id',
    '| id',
    '> file',
    '-rf',
    '--help',
    '',
    '漢字 *',
  ]
  expect(await argumentsThatArrive(odd)).toEqual(odd)
})
