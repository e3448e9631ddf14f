import { isWord } from '../project.ts'

/** Scripts that projects have beside one that starts them for developing. */
const forProduction = ['start:prod', 'start:production']

/** Options of Node for who develops; the variables of a file are for whoever starts the container. */
const developing = /^--(?:watch|inspect|env-file)\b/

/** The script that starts a project where it is used. */
export function startScript(scripts: Readonly<Record<string, unknown>>): string {
  const named = forProduction.find((name) => {
    const script = scripts[name]
    return typeof script === 'string' && script.trim() !== '' && !script.includes('&&')
  })
  return named ?? 'start'
}

/** The words after `node` of a script that does nothing else, or whose program only watches what Node is to run. */
export function nodeWords(script: string): readonly string[] | undefined {
  const [, program, rest = ''] =
    /^(?:(?:npx|cross-env)\s+)?(?:NODE_ENV=\w+\s+)?(node|nodemon)\s+(\S.*)$/.exec(script) ?? []
  if (program === undefined) return undefined
  const words = rest.split(/\s+/)
  if (program === 'nodemon')
    return words.length === 1 && /^[\w./@-]+$/.test(rest) && !/\.[cm]?tsx?$/.test(rest) && isWord(rest)
      ? words
      : undefined
  const kept = words.filter(
    (word, at) => !developing.test(word) && !/^--env-file(?:-if-exists)?$/.test(words[at - 1] ?? ''),
  )
  return kept.length > 0 && kept.every((word) => /^[\w./@=:-]+$/.test(word)) ? kept : undefined
}
