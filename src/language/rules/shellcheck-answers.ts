import type { ShellCheckRequest } from '../host.ts'

/** What ShellCheck said of late: an edit changes one script of a file, and what was said about the others still holds. */
let young = new Map<string, string>()
let old = new Map<string, string>()
const generation = 500

const keyOf = ({ script, shell, exclude }: ShellCheckRequest): string =>
  `${shell} ${exclude.length} ${script}`

export function keepShellCheckAnswer(request: ShellCheckRequest, output: string): void {
  if (young.size >= generation) {
    old = young
    young = new Map()
  }
  young.set(keyOf(request), output)
}

export function shellCheckAnswer(request: ShellCheckRequest): string | undefined {
  const key = keyOf(request)
  return young.get(key) ?? old.get(key)
}

/** Another program may say something else. */
export function forgetShellCheckAnswers(): void {
  young = new Map()
  old = new Map()
}

export const hasShellCheckAnswers = (): boolean => young.size > 0
