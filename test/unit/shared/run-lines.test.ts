import { expect, test } from 'vitest'
import { flags } from '../../../src/shared/docker-run/flags.ts'
import { parseRunLine } from '../../../src/shared/docker-run/run-line.ts'
import { readLine, runLines, shellValues } from '../../support/run-lines.ts'

test.each(runLines)('$line', ({ line, expected }) => expect(readLine(line)).toBe(expected))

test('every flag of docker run is in one of the lines', () => {
  const used = new Set(
    runLines.flatMap(({ line }) => {
      const result = parseRunLine(line, shellValues)
      return 'spec' in result ? [...result.spec.flags.keys()] : []
    }),
  )
  expect(flags.map(({ name }) => name).filter((name) => !used.has(name))).toEqual([])
})
