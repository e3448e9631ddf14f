import { t } from '../../../shared/l10n.ts'
import { firstForbidden, lineEnd } from './characters.ts'
import type { YamlFile, YamlProblem } from './nodes.ts'
import { parse } from './parse.ts'
import { recover } from './recover.ts'
import { scan } from './scan.ts'

/** Texts longer than this are not read: one million UTF-16 units, about 30,000 lines. */
export const lengthLimit = 1_000_000

/**
 * Reads a YAML text as the engine does. Never throws. At a fault the nodes are what can be recovered, and `problems`
 * says where the engine stops.
 */
export function readYaml(text: string): YamlFile {
  if (text.length > lengthLimit) {
    const message = t('Longer than {0} characters: this file is not checked.', lengthLimit)
    const end = Math.min(lineEnd(text, 0), lengthLimit)
    return { text, documents: [], comments: [], problems: [{ code: 'too-long', message, start: 0, end }] }
  }
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
  const documents = parsed.problem.code === 'too-deep' ? [] : recover(text)
  return { text, documents, comments: scanned.comments, problems }
}
