import type { AnyRule } from '../language/rules/rule.ts'
import { sections, type Json, type SectionId, type Setting } from './setting.ts'
import { settings } from './settings.ts'

const all = Object.entries(settings) as [string, Setting<Json>][]

const scopeNotes: Readonly<Record<Setting<Json>['scope'], string>> = {
  application: 'user',
  machine: 'user or machine',
  window: 'user or workspace',
  resource: 'user, workspace or folder',
}

/** `docs/settings.md`: every setting with its default, its values and where it may be set. */
export function settingsPage(rules: readonly AnyRule[]): string {
  const lines = [
    '# Settings',
    '',
    'Made by `npm run gen` from `src/manifest/settings.ts`. Settings marked † cannot be set by a workspace and are not',
    'read from an untrusted one: they reach an endpoint, a program or the network.',
    '',
  ]
  for (const section of Object.keys(sections) as SectionId[]) {
    const entries = all.filter(([, setting]) => setting.section === section)
    if (entries.length === 0) continue
    lines.push(`## ${sections[section]}`, '')
    for (const [id, setting] of entries) {
      lines.push(`### \`quayside.${id}\`${setting.reach === undefined ? '' : ' †'}`, '')
      lines.push(setting.description.replace(/`#(quayside\.[\w.]+)#`/g, '`$1`'), '')
      lines.push(`Default: \`${JSON.stringify(setting.default)}\`. Set by: ${scopeNotes[setting.scope]}.`, '')
      const words = (setting.schema['enum'] ?? []) as readonly string[]
      words.forEach((word, index) =>
        lines.push(`- \`${word}\`: ${setting.valueDescriptions?.[index] ?? ''}`.trimEnd()),
      )
      if (words.length > 0) lines.push('')
      if (id === 'lint.rules' && rules.length > 0)
        lines.push('The rules and their own levels are listed in [rules](rules/README.md).', '')
    }
  }
  return `${lines.join('\n').trimEnd()}\n`
}
