import type { AnyRule } from '../language/rules/rule.ts'
import { sections, type Json, type SectionId, type Setting } from './setting.ts'
import { settings } from './settings.ts'
import type { Texts } from './texts.ts'

type Properties = Record<string, Readonly<Record<string, unknown>>>

const all = Object.entries(settings) as [string, Setting<Json>][]

/** The `configuration` of the manifest: a section of the settings page each, the settings in the order of the table. */
export function configurationOf(texts: Texts, rules: readonly AnyRule[]): readonly unknown[] {
  return (Object.keys(sections) as SectionId[])
    .map((section, order) => ({
      title: texts.add(`sections.${section}`, sections[section]),
      order,
      properties: propertiesOf(section, texts, rules),
    }))
    .filter(({ properties }) => Object.keys(properties).length > 0)
}

function propertiesOf(section: SectionId, texts: Texts, rules: readonly AnyRule[]): Properties {
  const properties: Properties = {}
  for (const [id, setting] of all) {
    if (setting.section !== section) continue
    const words = setting.schema['enum'] as readonly string[] | undefined
    properties[`quayside.${id}`] = {
      ...(id === 'lint.rules' ? withRules(setting, texts, rules) : setting.schema),
      default: setting.default,
      scope: setting.scope,
      markdownDescription: texts.add(`settings.${id}`, setting.description),
      ...(words === undefined || setting.valueDescriptions === undefined
        ? {}
        : {
            markdownEnumDescriptions: setting.valueDescriptions.map((description, index) =>
              texts.add(`settings.${id}.${words[index]!}`, description),
            ),
          }),
      ...(setting.tags === undefined ? {} : { tags: setting.tags }),
      order: Object.keys(properties).length,
    }
  }
  return properties
}

/** The levels by rule, each rule with its summary and its own level, so that the settings file completes them. */
function withRules(setting: Setting<Json>, texts: Texts, rules: readonly AnyRule[]): object {
  const level = setting.schema['additionalProperties'] as object
  return {
    ...setting.schema,
    properties: Object.fromEntries(
      [...rules]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map((rule) => [
          rule.id,
          {
            ...level,
            default: rule.severity,
            markdownDescription: texts.add(`rules.${rule.id}`, rule.summary),
          },
        ]),
    ),
  }
}
