import { t } from '../../../shared/l10n.ts'
import { firstForbidden, lineEnd, lineStart } from './characters.ts'
import type { YamlFile, YamlNode, YamlProblem } from './nodes.ts'
import { parse } from './parse.ts'
import { recover } from './recover.ts'
import { recoverAgain, rereadYaml } from './reread.ts'
import { scan } from './scan.ts'

/** Texts longer than this are not read: one million UTF-16 units, about 30,000 lines. */
export const lengthLimit = 1_000_000
/** Of longer texts with a fault only what stands before it is kept: to recover all of it takes longer than to read it. */
const recoveryLimit = 300_000

/**
 * Reads a YAML text as the engine does. Never throws. At a fault the nodes are what can be recovered, and `problems`
 * says where the engine stops. `before` is what the text was when it had no fault: what did not change is not read again.
 */
export function readYaml(text: string, before?: YamlFile): YamlFile {
  if (text.length > lengthLimit) {
    const message = t('Longer than {0} characters: this file is not checked.', lengthLimit)
    const end = Math.min(lineEnd(text, 0), lengthLimit)
    return { text, documents: [], comments: [], problems: [{ code: 'too-long', message, start: 0, end }] }
  }
  const again = before && rereadYaml(before, text)
  if (again !== undefined) return again
  const problems: YamlProblem[] = []
  const forbidden = firstForbidden(text)
  if (forbidden >= 0 && !(forbidden === 0 && text.charCodeAt(0) === 0xfeff)) {
    const code = text.charCodeAt(forbidden).toString(16).padStart(4, '0').toUpperCase()
    problems.push({
      code: 'yaml-syntax',
      message: t('The engine refuses the character U+{0}.', code),
      start: forbidden,
      end: forbidden + 1,
    })
  }
  const scanned = scan(text)
  const parsed = parse(text, scanned)
  if (parsed.problem === undefined)
    return { text, documents: parsed.documents, comments: scanned.comments, problems }
  problems.push(parsed.problem)
  return { text, documents: recovered(text, parsed.problem, before), comments: scanned.comments, problems }
}

function recovered(text: string, problem: YamlProblem, before: YamlFile | undefined): readonly YamlNode[] {
  if (problem.code === 'too-deep') return []
  const again = before && recoverAgain(before, text, problem)
  if (again !== undefined) return again
  return text.length > recoveryLimit ? beforeFault(text, problem) : recover(text)
}

function beforeFault(text: string, { start }: YamlProblem): readonly YamlNode[] {
  const sound = text.slice(0, lineStart(text, start))
  const { documents, problem } = parse(sound, scan(sound))
  return problem === undefined ? documents : []
}
