import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkHere } from '../../../../src/commands/run/check-here.ts'
import { surroundings } from '../../../../src/commands/run/surroundings.ts'
import { parseRunLine } from '../../../../src/shared/docker-run/run-line.ts'
import { endpoint } from '../../../support/models.ts'

const folder = mkdtempSync(join(tmpdir(), 'quayside-check-'))
writeFileSync(join(folder, 'there.env'), 'A=1\n')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function hints(line: string, at = endpoint()) {
  const result = parseRunLine(`docker run ${line}`)
  if ('problem' in result) throw new Error(result.problem.code)
  return checkHere({ endpoint: at }, result.spec, [], surroundings(folder))
}

test('paths that are not there are told at their fields', async () => {
  expect(
    await hints(
      '-v ./gone:/a --mount type=bind,src=./lost,dst=/b --env-file missing.env --label-file none busybox',
    ),
  ).toEqual({
    volume: 'There is no ./gone yet; the engine makes an empty folder there.',
    mount: 'There is no ./lost on this machine.',
    'env-file': 'There is no missing.env on this machine.',
    'label-file': 'There is no none on this machine.',
  })
})

test('what is there, and volumes by name, need no word', async () => {
  expect(await hints(`-v ${folder}:/a -v data:/b --env-file there.env busybox`)).toEqual({})
})

test('a port that a program of this machine holds is told', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  try {
    expect((await hints(`-p 127.0.0.1:${port}:80 busybox`))['publish']).toMatch(
      new RegExp(`^Port ${port} is held by `),
    )
  } finally {
    server.close()
  }
})

test('nothing is said of the machine of an engine elsewhere', async () => {
  const elsewhere = endpoint({ address: { kind: 'tcp', host: 'far.example', port: 2376 } })
  expect(await hints('-v ./gone:/a -p 1:1 busybox', elsewhere)).toEqual({})
})
