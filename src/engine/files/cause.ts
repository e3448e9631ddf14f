/** Why something could not be done with files, as programs and engines say it. */
export type Cause = 'absent' | 'denied' | 'inEachOthersWay' | 'inTheWay' | 'noSpace' | 'notEmpty' | 'readOnly'

/** What the C library, Go and shells call errors. Complaints end in it; before it they name files, whose names can be anything. */
const atEnd: readonly (readonly [RegExp, Cause])[] = [
  [/(no such file or directory|directory nonexistent|nonexistent directory)$/i, 'absent'],
  [/(read-?only file system|marked read-?only|read-?only)$/i, 'readOnly'],
  [/(permission denied|not permitted|resource busy|text file busy)$/i, 'denied'],
  [/directory not empty$/i, 'notEmpty'],
  [/cannot overwrite (non-)?directory$/i, 'inEachOthersWay'],
  [/(file exists|is a directory|not a directory)$/i, 'inTheWay'],
  [/(no space left( on device)?|quota exceeded)$/i, 'noSpace'],
]

/** What names no error at its end. */
const within = /(^|: )cannot overwrite (non-)?directory /i

/** The last line of a complaint that says why; lines before and behind it can be parts of names. */
export function causeOf(complaint: string): Cause | undefined {
  const lines = complaint.split('\n').reverse()
  for (const line of lines) {
    const cause = atEnd.find(([phrase]) => phrase.test(line.trimEnd()))?.[1]
    if (cause !== undefined) return cause
  }
  return lines.some((line) => within.test(line)) ? 'inEachOthersWay' : undefined
}

/**
 * What engines say when a program changes what they are just putting there: Podman finds a file made again that it has removed,
 * each of them finds one gone that it has made.
 */
const meanwhile =
  /copier: put: (error )?opening file .* for writing: open .*: file exists$|: (lchown|chown|chmod|open|utimensat|lsetxattr) \/.*: no such file or directory$/i

export const isMeanwhile = (complaint: string): boolean => meanwhile.test(complaint.trimEnd())
