import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { hasOption, nameRange, optionsOf } from '../facts/arguments.ts'
import { fixOf, insert } from '../facts/edits.ts'

export default defineRule({
  id: 'useradd-no-log-init',
  aliases: ['DL3046'],
  severity: 'warning',
  fixable: 'safe',
  summary: '`useradd` with a high id and without `-l`',
  why: '`useradd` writes the log of last logins, a sparse file with a place for every id up to this one. In a layer it takes its full size: gigabytes for a long id.',
  references: ['https://github.com/moby/moby/issues/5419'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN «useradd» -u 123456 ann\n',
      good: 'FROM debian:12\nRUN useradd -l -u 123456 ann\n',
    },
    {
      bad: 'FROM debian:12\nRUN «useradd» --uid=1000000 ann\n',
      good: 'FROM debian:12\nRUN useradd -l --uid=1000000 ann\n',
    },
  ],
  *check(_doc, context) {
    for (const entry of context.commands('useradd')) {
      const { command, run } = entry
      if (hasOption(command, 'l', 'no-log-init')) continue
      const id = optionsOf(command).find(({ name }) => name === 'u' || name === 'uid')
      if (!id) continue
      const next = command.args[command.args.indexOf(id.argument) + 1]?.text
      const value = id.value ?? /^-u(\d+)$/.exec(id.argument.text)?.[1] ?? next ?? ''
      if (!/^\d{6,}$/.test(value)) continue
      const range = nameRange(entry)
      yield {
        range,
        message: t('With an id as high as {0} `useradd` writes a huge log file; add `-l`.', value),
        fix: fixOf(t('Add `-l`'), insert(run.after(command.node.words[0]!), ' -l')),
      }
    }
  },
})
