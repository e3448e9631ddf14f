import { expect, test } from './fixtures.ts'

test.use({ files: { 'bad/Dockerfile': 'FROM busybox\nMAINTAINER Ann\nRUN cd /tmp && echo hi\n' } })

test('Finds what is wrong in a Dockerfile, says why, and mends it', async ({ workbench }) => {
  await workbench.openFile('bad/Dockerfile')
  await expect.poll(() => workbench.problems()).not.toEqual([])
  console.log(await workbench.problems())
  await workbench.screenshot('dockerfile-problems')
})
