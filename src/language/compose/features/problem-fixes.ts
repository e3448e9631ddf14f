import { t } from '../../../shared/l10n.ts'
import type { TextEdit } from '../../../shared/text-range.ts'
import type { Fix } from '../../rules/rule.ts'
import type { ComposeDoc } from '../doc.ts'
import { columnOf, endOfLine, indentStep, insertIntoSection } from '../insert.ts'
import { sourcePart } from '../project/mounts.ts'
import type { Problem } from '../project/problem.ts'
import type { MapEntry, ScalarNode, YamlNode } from '../yaml/nodes.ts'
import { spotAt, type Spot } from '../yaml/tree.ts'
import { untab } from './untab.ts'

/** Changes that mend a problem, best first. */
export function problemFixes(doc: ComposeDoc, problem: Problem): readonly Fix[] {
  const known = [...(problem.data?.fixes ?? []), ...untab(doc, problem)]
  const spot = spotAt(doc.yaml, problem.start)
  if (spot === undefined) return known
  return [
    ...known,
    ...declare(doc, problem, spot),
    ...meant(doc, problem, spot),
    ...byCode(doc, problem, spot),
  ]
}

/** The names that were perhaps meant. */
function meant(doc: ComposeDoc, problem: Problem, spot: Spot): readonly Fix[] {
  const { node } = spot
  if (node.kind !== 'scalar' || problem.data?.candidates === undefined) return []
  const range = partToReplace(doc, problem, node)
  return problem.data.candidates.slice(0, 10).map((candidate) => ({
    title: t('Use `{0}`', candidate),
    edits: [{ range, newText: candidate }],
  }))
}

/** The misspelt name alone, where more stands in the same scalar: `name:/path`, `service:name`. */
function partToReplace(doc: ComposeDoc, problem: Problem, node: ScalarNode): { start: number; end: number } {
  const name = problem.data?.missing?.name
  const raw = doc.text.slice(node.start, node.end)
  const at =
    name === undefined
      ? -1
      : raw.lastIndexOf(`service:${name}`) >= 0
        ? raw.lastIndexOf(name)
        : raw.indexOf(name)
  if (name !== undefined && at >= 0) return { start: node.start + at, end: node.start + at + name.length }
  const inner = raw.indexOf(node.text)
  if (inner >= 0) return { start: node.start + inner, end: node.start + inner + node.text.length }
  return { start: node.start, end: node.end }
}

const bodies: Readonly<Record<string, (name: string) => readonly string[]>> = {
  volumes: (name) => [`${name}:`],
  networks: (name) => [`${name}:`],
  secrets: (name) => [`${name}:`, `  file: ./${name}.txt`],
  configs: (name) => [`${name}:`, `  file: ./${name}`],
  models: (name) => [`${name}:`, '  model: ai/smollm2'],
}

/** Declares what a service names and the top level does not have. */
function declare(doc: ComposeDoc, problem: Problem, spot: Spot): readonly Fix[] {
  const missing = problem.data?.missing
  if (missing === undefined || !Object.hasOwn(bodies, missing.section)) return []
  const fixes: Fix[] = []
  if (missing.section === 'volumes' && /[/\\]/.test(missing.name) && spot.node.kind === 'scalar') {
    const part = sourcePart(spot.node.text)
    const at = doc.text.indexOf(missing.name, spot.node.start)
    if (part !== undefined && at >= 0 && at < spot.node.end)
      fixes.push({
        title: t('Mount the folder `./{0}`', missing.name),
        edits: [{ range: { start: at, end: at }, newText: './' }],
      })
  }
  if (!/^[a-zA-Z0-9._-]+$/.test(missing.name)) return fixes
  const lines = bodies[missing.section]?.(missing.name) ?? []
  const edit = insertIntoSection(doc.yaml, missing.section, indented(lines, doc))
  if (edit !== undefined)
    fixes.push({ title: t('Declare `{0}` under `{1}`', missing.name, missing.section), edits: [edit] })
  return fixes
}

function indented(lines: readonly string[], doc: ComposeDoc): readonly string[] {
  const step = ' '.repeat(indentStep(doc.yaml))
  return lines.map((line) => line.replace(/^ {2}/, step))
}

function byCode(doc: ComposeDoc, problem: Problem, spot: Spot): readonly Fix[] {
  const { node, entry } = spot
  switch (problem.code) {
    case 'wrong-type':
    case 'bad-port':
    case 'non-string-key':
      return node.kind === 'scalar' &&
        node.style === 'plain' &&
        node.text !== '' &&
        /quotes/.test(problem.message)
        ? [{ title: t('Put it in quotes'), edits: [{ range: nodeRange(node), newText: `"${node.text}"` }] }]
        : []
    case 'healthcheck-form':
      return node.kind === 'scalar'
        ? [{ title: t('Start the list with `CMD`'), edits: [insertBefore(doc, node, 'CMD', spot)] }]
        : []
    case 'interpolation':
      return [
        {
          title: t('Write `$$`'),
          edits: [{ range: { start: problem.start, end: problem.start }, newText: '$' }],
        },
      ]
    case 'duplicate-key':
    case 'inline-and-dockerfile':
    case 'external-with-others':
    case 'count-and-ids':
    case 'scale-conflict':
    case 'cpus-conflict':
    case 'memory-conflict':
    case 'reservation-conflict':
    case 'pids-conflict':
    case 'name-with-scale':
    case 'network-mode-and-networks':
      return entry === undefined || !spot.isKey ? [] : removeEntry(doc, entry)
    case 'required-variable':
    case 'unset-variable':
      return defaultFor(doc, problem)
    default:
      return []
  }
}

function nodeRange(node: YamlNode): { start: number; end: number } {
  return { start: node.start, end: node.end }
}

function insertBefore(doc: ComposeDoc, node: ScalarNode, word: string, spot: Spot): TextEdit {
  const parent = spot.chain.at(-2)
  const range = { start: node.start, end: node.start }
  if (parent?.kind === 'list' && !parent.flow) {
    const dash = doc.text.lastIndexOf('-', node.start)
    const indent = ' '.repeat(columnOf(doc.text, dash))
    return { range: { start: dash, end: dash }, newText: `- ${word}\n${indent}` }
  }
  return { range, newText: node.style === 'plain' ? `${word}, ` : `"${word}", ` }
}

/** Removes a key with what it holds, where it has its lines to itself. */
function removeEntry(doc: ComposeDoc, entry: MapEntry): readonly Fix[] {
  const { text } = doc
  const start = entry.key.start - columnOf(text, entry.key.start)
  if (text.slice(start, entry.key.start).trim() !== '') return []
  let end = endOfLine(text, Math.max(entry.value.end, entry.key.end))
  if (text[end] === '\r' && text[end + 1] === '\n') end += 2
  else if (end < text.length) end++
  const name = entry.key.kind === 'scalar' ? entry.key.text : ''
  return [{ title: t('Remove `{0}`', name), edits: [{ range: { start, end }, newText: '' }] }]
}

/** Gives a variable an empty default, which says that it may be missing. */
function defaultFor(doc: ComposeDoc, problem: Problem): readonly Fix[] {
  const place = doc.project.variables.find(
    (variable) =>
      variable.origin.source.uri === doc.uri &&
      variable.start <= problem.start &&
      problem.start < variable.end,
  )
  if (place === undefined) return []
  const written = doc.text.slice(place.start, place.end)
  if (!written.includes(place.name)) return []
  const newText = `\${${place.name}:-}`
  const range = { start: place.start, end: place.end }
  return [{ title: t('Give `{0}` an empty default', place.name), edits: [{ range, newText }] }]
}
