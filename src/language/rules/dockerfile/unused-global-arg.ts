import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

export default defineRule({
  id: 'unused-global-arg',
  aliases: [],
  severity: 'hint',
  summary: 'ARG above the first FROM that no FROM uses and no stage takes up',
  why: 'An ARG above the first FROM is known in FROM lines only; a stage that needs it repeats `ARG name`.',
  examples: [
    {
      bad: 'ARG «A»=1\nARG B=2\nFROM alpine:$B\nRUN echo $A\n',
      good: 'ARG A=1\nARG B=2\nARG C=$A\nFROM alpine:$B\nARG C\nRUN echo $C\n',
    },
  ],
  *check(doc) {
    if (doc.stages.length === 0) return
    const used = new Set<string>(['SOURCE_DATE_EPOCH'])
    for (const { name, pairs, variables, stage } of doc.instructions) {
      if (name === 'FROM' || stage < 0) for (const variable of variables) used.add(variable.name)
      if (name === 'ARG' && stage >= 0) for (const { key } of pairs) used.add(key)
    }
    for (const { name, pairs } of doc.preamble)
      for (const { key, keyRange } of name === 'ARG' ? pairs : [])
        if (!used.has(key) && !key.startsWith('BUILDKIT_'))
          yield {
            range: keyRange,
            message: t('No `FROM` uses `{0}`; a stage that needs it must repeat `ARG {0}`.', key),
            tag: 'unnecessary',
          }
  },
})
