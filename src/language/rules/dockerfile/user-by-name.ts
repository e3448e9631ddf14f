import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { unquote } from '../facts/copy.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { windowsImage } from '../facts/shells.ts'
import { baseImage, stageChain } from '../facts/stages.ts'

export default defineRule({
  id: 'user-by-name',
  aliases: ['DL3066'],
  severity: 'hint',
  fixable: 'suggestion',
  summary: 'USER by name instead of number',
  why: 'Kubernetes checks `runAsNonRoot` by the number alone; a name is known only inside the image.',
  examples: [
    {
      bad: 'FROM alpine:3\nRUN adduser -u 1001 ann\nUSER «ann»\n',
      good: 'FROM alpine:3\nRUN adduser -u 1001 ann\nUSER 1001\n',
    },
    {
      bad: 'FROM alpine:3\nUSER «ann»:users\n',
      good: 'FROM alpine:3\nUSER 1000:users\nUSER $UID\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nUSER ContainerUser\n',
      fixed: false,
    },
  ],
  *check(doc, context) {
    const ids = new Map([['root', '0']])
    for (const { command } of context.commands('useradd', 'adduser')) {
      const at = command.args.findIndex(({ text }) => text === '-u' || text === '--uid')
      const id = command.args[at + 1]?.text ?? ''
      const name = command.args.at(-1)?.text
      if (at >= 0 && /^\d+$/.test(id) && name !== undefined) ids.set(name, id)
    }
    for (const { args, stage } of context.named('USER')) {
      // Windows knows users by name only.
      const root = doc.stages[stage] && stageChain(doc, doc.stages[stage]).at(-1)
      if (root && windowsImage.test(baseImage(doc, root))) continue
      const name = unquote(args.text).split(':')[0]!
      if (name === '' || name.includes('$') || /^\d+$/.test(name)) continue
      const start = args.range.start + Math.max(0, args.text.indexOf(name))
      const range = { start, end: start + name.length }
      const id = ids.get(name)
      yield {
        range,
        message:
          name === 'root'
            ? t('The number of `root`, `0`, is known everywhere.')
            : t('`{0}` is known only inside the image; a number is known everywhere.', name),
        ...(id !== undefined && { suggestions: [fixOf(t('Write `{0}`', id), replace(range, id))] }),
      }
    }
  },
})
