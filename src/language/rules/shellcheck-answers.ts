import type { ShellCheckRequest } from '../host.ts'

/** What ShellCheck said of late: an edit changes one script of a file, and what was said about the others still holds. */
let young = new Map<string, string>()
let old = new Map<string, string>()
let youngSize = 0
/** In UTF-16 units, scripts and answers together; two generations bound the memory. */
const generationSize = 1_000_000

const keyOf = ({ script, shell, exclude }: ShellCheckRequest): string =>
  `${shell} ${exclude.length} ${script}`

export function keepShellCheckAnswer(request: ShellCheckRequest, output: string): void {
  const key = keyOf(request)
  if (!young.has(key)) youngSize += key.length + output.length
  if (youngSize > generationSize) {
    old = young
    young = new Map()
    youngSize = key.length + output.length
  }
  young.set(key, output)
}

export function shellCheckAnswer(request: ShellCheckRequest): string | undefined {
  const key = keyOf(request)
  return young.get(key) ?? old.get(key)
}

/** Another program may say something else. */
export function forgetShellCheckAnswers(): void {
  young = new Map()
  old = new Map()
  youngSize = 0
}

export const hasShellCheckAnswers = (): boolean => young.size > 0
