import { t } from '../../../../shared/l10n.ts'
import { composeService } from '../../../../shared/docker-run/compose-service.ts'
import { parseRunLine } from '../../../../shared/docker-run/run-line.ts'
import { applyEdits, type TextRange } from '../../../../shared/text-range.ts'
import type { CodeAction } from '../../../answers.ts'
import { insertIntoSection, lineBreakOf } from '../../insert.ts'
import { entryOf } from '../../yaml/nodes.ts'
import { readYaml } from '../../yaml/read.ts'
import { replacement } from '../diagnostics.ts'
import { keyIn } from '../completion/place.ts'
import { rewrite } from './place.ts'

const longest = 20_000

/** A `docker run …` that was pasted into the file becomes a service. */
export function convertRunLine(text: string, range: TextRange): readonly CodeAction[] {
  const lines = commandAt(text, range)
  if (lines === undefined) return []
  const parsed = parseRunLine(text.slice(lines.start, lines.end).trim())
  if ('problem' in parsed) return []
  const service = composeService(parsed.spec)
  const eol = lineBreakOf(text)
  const inServices = /(?:^|[\r\n])services:[ \t]*(?:#[^\r\n]*)?[\r\n](?:[ \t#][^\r\n]*[\r\n]|[\r\n])*$/.test(
    text.slice(0, lines.start),
  )
  const all = service.yaml.replace(/\n+$/, '').split('\n')
  const rest = all.findIndex((line, index) => index > 0 && /^\S/.test(line))
  const written = inServices ? all.slice(1, rest < 0 ? undefined : rest) : all
  const edit = { range: lines, newText: written.join(eol) }
  const after = applyEdits(text, [edit])
  const whole = inServices && rest >= 0 ? declared(after, all.slice(rest)) : after
  return [rewrite(t('Turn `docker run` into a service'), [whole === after ? edit : replacement(text, whole)])]
}

/** The text with what the sections behind the services declare, where it does not declare that yet. */
function declared(text: string, sections: readonly string[]): string {
  let result = text
  let section = ''
  let entry: string[] = []
  const finish = (): void => {
    const yaml = readYaml(result)
    const name = entry[0]?.replace(/:.*$/, '') ?? ''
    const known = entryOf(entryOf(yaml.documents[0], section)?.value, name) !== undefined
    const edit = name === '' || known ? undefined : insertIntoSection(yaml, section, entry)
    if (edit !== undefined) result = applyEdits(result, [edit])
    entry = []
  }
  for (const line of sections) {
    if (/^ {0,2}\S/.test(line)) finish()
    if (/^\S/.test(line)) section = line.replace(/:.*$/, '')
    else entry.push(line.slice(2))
  }
  finish()
  return result
}

/** The lines of a command, with those it is continued on. */
function commandAt(text: string, range: TextRange): TextRange | undefined {
  const lineStart = (offset: number): number => {
    let start = offset
    while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--
    return start
  }
  let start = lineStart(Math.min(range.start, text.length))
  for (let hops = 0; hops < 100; hops++) {
    const line = text.slice(start, endOf(text, start))
    if (/^\s*(?:[$#>]\s+)?(?:sudo\s+)?(?:docker|podman|nerdctl)\s/.test(line)) break
    const before = text.slice(0, start).replace(/(?:\r\n|\r|\n)$/, '')
    if (start === 0 || !before.endsWith('\\')) return undefined
    start = lineStart(before.length)
  }
  let end = endOf(text, start)
  while (text[end - 1] === '\\' && end < text.length && end - start < longest) {
    const next = text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1
    end = endOf(text, next)
  }
  return keyIn(text.slice(start, end).trim()) === undefined && end - start < longest
    ? { start, end }
    : undefined
}

function endOf(text: string, offset: number): number {
  let end = offset
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++
  return end
}
