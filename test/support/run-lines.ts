import { readFileSync } from 'node:fs'
import { parseRunLine, printRunLine } from '../../src/shared/docker-run/run-line.ts'

/** Lines as people paste them, each with what it is read as (`=`), what no shell of ours expands (`?`), or what is wrong (`!`). */
export const runLines: readonly { readonly line: string; readonly expected: string }[] = readFileSync(
  new URL('../unit/shared/run-lines.txt', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split(/\n\n/)
  .map((block) => {
    const at = block.search(/\n[=!] /)
    return { line: block.slice(0, at), expected: block.slice(at + 1) }
  })

/** What a shell in the folder of the lines would know. */
export const shellValues = {
  folder: '/home/ann/app',
  home: '/home/ann',
  user: 'ann',
  uid: '1000',
  gid: '1000',
}

/** In the words of the file. */
export function readLine(line: string): string {
  const result = parseRunLine(line, shellValues)
  if ('problem' in result) return `! ${result.problem.code} ${result.problem.subject}`
  const unknown = result.unexpanded.length === 0 ? '' : `\n? ${result.unexpanded.join(' ')}`
  return `= ${printRunLine(result.spec)}${unknown}`
}
