import { t } from '../../../shared/l10n.ts'
import type { DockerfileDoc, KeyValue } from '../../dockerfile/model.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'

export default defineRule({
  id: 'legacy-key-value-format',
  aliases: ['LegacyKeyValueFormat'],
  severity: 'warning',
  fixable: 'safe',
  summary: '`ENV name value` instead of `ENV name=value`',
  why: 'The form without `=` takes the whole rest of the line as the value and allows only one name; it is kept for old files only.',
  examples: [
    { bad: 'FROM alpine\n«ENV A b»\n«LABEL c d e»\n', good: 'FROM alpine\nENV A=b\nLABEL c="d e"\n' },
    {
      bad: 'FROM alpine\n«LABEL a b \\"c\\" "d e" f»\n',
      good: 'FROM alpine\nLABEL a=b\\ \\"c\\"\\ "d e"\\ f\n',
    },
    {
      bad: 'FROM alpine\n«ENV A \\\n  b \\\n  # why\n  c»\n',
      good: 'FROM alpine\nENV A="b \\\n  # why\n  c"\n',
    },
    { bad: 'FROM alpine\n«ENV PATH $PATH:/x»\n', good: 'FROM alpine\nENV PATH=$PATH:/x\n' },
  ],
  *check(doc, context) {
    for (const instruction of context.named('ENV', 'LABEL'))
      for (const pair of instruction.pairs) {
        if (pair.separator !== ' ' || pair.value === undefined) continue
        yield {
          range: instruction.range,
          message: t('Write `{0}` with `=` between name and value.', instruction.name),
          fix: fixOf(t('Write with `=`'), replace(pair.range, `${pair.key}=${written(doc, pair)}`)),
        }
      }
  },
})

/** A value on several lines stays on them where quotes around it are enough. */
function written(doc: DockerfileDoc, { value, valueRange }: KeyValue): string {
  const raw = doc.text.slice(valueRange!.start, valueRange!.end)
  return /[\r\n]/.test(raw) && !/["'\\`]/.test(value!) ? `"${raw}"` : quote(value!, doc.escape)
}

/** The value as one word of the new form: the old one ends with the line, whatever spaces and quotes are in it. */
function quote(value: string, escape: string): string {
  if (!/\s/.test(value)) return value
  if (!/["'\\`]/.test(value)) return `"${value}"`
  let word = ''
  let open = ''
  for (let at = 0; at < value.length; at++) {
    const character = value[at]!
    if (character === escape && open !== "'") word += character + (value[++at] ?? '')
    else if (open === '' && /\s/.test(character)) word += escape + character
    else {
      if (character === open) open = ''
      else if (open === '' && (character === '"' || character === "'")) open = character
      word += character
    }
  }
  return word
}
