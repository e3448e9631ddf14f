import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { argumentRange } from '../facts/arguments.ts'

export default defineRule({
  id: 'chmod-everyone',
  aliases: [],
  severity: 'information',
  summary: 'Files made writable for everyone',
  why: 'With `777` any program of any user in the container can change the files. Give them to the user who needs them: `COPY --chown=…`.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN chmod -R «777» /app\nCOPY --chmod=«0777» a /a\n',
      good: 'FROM debian:12\nRUN chmod 755 /app && chmod 1777 /tmp\nCOPY --chmod=0755 a /a\n',
    },
  ],
  *check(_doc, context) {
    for (const entry of context.commands('chmod')) {
      const mode = entry.command.args.find(({ text }) => !text.startsWith('-'))
      if (mode && isOpen(mode.text))
        yield { range: argumentRange(entry, mode), message: t('Everyone may write to these files.') }
    }
    for (const { flags } of context.named('COPY', 'ADD'))
      for (const { name, value, valueRange } of flags)
        if (name === 'chmod' && valueRange && isOpen(value ?? ''))
          yield { range: valueRange, message: t('Everyone may write to these files.') }
  },
})

/** A sticky folder such as `/tmp` is meant to be open. */
const isOpen = (mode: string): boolean => /^0?[0-7]{2}[267]$/.test(mode) || /^(a|o|ugo)\+[rx]*w/.test(mode)
