import { isMap, isScalar, isSeq, parseDocument } from 'yaml'
import { defaultHadolintConfig, type HadolintConfig, type LabelType } from './hadolint-config.ts'
import type { Severity } from './rule.ts'

const severities: Readonly<Record<string, Severity>> = {
  error: 'error',
  warning: 'warning',
  info: 'information',
  style: 'hint',
}

const labelTypes: readonly string[] = [
  'text',
  'rawtext',
  'url',
  'rfc3339',
  'spdx',
  'hash',
  'semver',
  'email',
  '',
]

let last: { readonly text: string; readonly config: HadolintConfig } | undefined

/** Reads a `.hadolint.yaml`. What cannot be read keeps its default. The same text as last time gives the same object. */
export function parseHadolintConfig(text: string): HadolintConfig {
  if (last?.text !== text) last = { text, config: readHadolintConfig(text) }
  return last.config
}

function readHadolintConfig(text: string): HadolintConfig {
  if (text.length > 100_000 || isTooDeep(text)) return defaultHadolintConfig
  const root = parseDocument(text, { logLevel: 'silent', uniqueKeys: false, merge: false }).contents
  const get = (name: string): unknown => (isMap(root) ? root.get(name, true) : undefined)
  const flag = (name: string): boolean => {
    const node = get(name)
    return isScalar(node) && node.value === true
  }
  const override: Record<string, Severity> = Object.create(null) as Record<string, Severity>
  const overrideNode = get('override')
  if (isMap(overrideNode))
    for (const [name, severity] of Object.entries(severities))
      for (const code of strings(overrideNode.get(name, true))) override[code] = severity
  const labelSchema: Record<string, LabelType> = Object.create(null) as Record<string, LabelType>
  const schemaNode = get('label-schema')
  if (isMap(schemaNode))
    for (const { key, value } of schemaNode.items)
      if (isScalar(key) && isScalar(value)) {
        const type = String(value.value ?? '').toLowerCase()
        if (labelTypes.includes(type)) labelSchema[String(key.value)] = (type || 'rawtext') as LabelType
      }
  return {
    ignored: strings(get('ignored')),
    override,
    trustedRegistries: strings(get('trustedRegistries')),
    labelSchema,
    strictLabels: flag('strict-labels'),
    disableIgnorePragma: flag('disable-ignore-pragma'),
  }
}

function strings(node: unknown): string[] {
  if (isScalar(node)) return typeof node.value === 'string' ? [node.value] : []
  return isSeq(node) ? node.items.flatMap(strings) : []
}

/** A thousand open brackets end the YAML parser's process, not its call. */
function isTooDeep(text: string): boolean {
  let open = 0
  for (const character of text) {
    if (character === '[' || character === '{') open++
    else if (character === ']' || character === '}') open--
    if (open > 20) return true
  }
  return /^[ \t]{100}|(?:[-?:] ){30}/m.test(text)
}
