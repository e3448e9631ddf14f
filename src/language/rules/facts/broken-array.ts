import type { Instruction } from '../../dockerfile/model.ts'

/** Whether the arguments were meant as a JSON array and are none; `[ -f x ]` and `[[ … ]]` are tests of the shell. */
export function looksLikeArray({ json, args }: Instruction): boolean {
  return (
    json?.state === 'broken' &&
    /^\[\s*["']/.test(args.text) &&
    (/\]\s*$/.test(args.text) || /^\[\s*"[^"]*"\s*,/.test(args.text)) &&
    !/^\[\s*["'][^"']*["']\s+(=|!=|==|-)/.test(args.text)
  )
}
