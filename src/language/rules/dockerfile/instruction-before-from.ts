import { t } from '../../../shared/l10n.ts'
import { instructionNames } from '../../dockerfile/instruction.ts'
import { defineRule } from '../define-rule.ts'
import { nearest } from '../facts/near.ts'

export default defineRule({
  id: 'instruction-before-from',
  aliases: ['DL3061'],
  severity: 'error',
  summary: 'Something else than ARG before the first FROM',
  why: 'Only `ARG` may stand above the first `FROM`: there is no image yet to do anything to. The build stops.',
  examples: [
    { bad: '«RUN» a\nFROM alpine:3\n', good: 'ARG A\nFROM alpine:3\nRUN a\n' },
    { bad: '«RUN» a\nFORM alpine:3\nRUN b\n', good: 'FROOM alpine:3\nRUN a\n' },
    { bad: '«ONBUILD» RUN a\n«RUN» b\n', good: '# nothing\nFROM scratch\n' },
  ],
  *check(doc) {
    for (const { name, known, keyword, keywordRange } of doc.preamble) {
      // What is below a FROM that is misspelt is in its place.
      if (!known && nearest(keyword, instructionNames) === 'FROM') return
      if (known && name !== 'ARG' && name !== 'FROM')
        yield { range: keywordRange, message: t('`{0}` needs a `FROM` above it.', name) }
    }
  },
})
