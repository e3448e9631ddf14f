import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { argumentRange, hasOption } from '../facts/arguments.ts'
import { fixOf, insert } from '../facts/edits.ts'
import type { WordPart } from '../../shell/syntax.ts'

export default defineRule({
  id: 'shell-remove-root',
  aliases: ['SC2115'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: '`rm -r "$A/…"` that removes everything when the variable is empty',
  why: 'Without a value `"$DIR/"*` is `/*`. `${DIR:?}` stops instead.',
  examples: [
    { bad: 'FROM debian:12\nRUN rm -rf «"${DIR}/"*»\n', good: 'FROM debian:12\nRUN rm -rf "${DIR:?}/"*\n' },
    {
      bad: 'FROM debian:12\nRUN rm -r «$DIR/»\n',
      good: 'FROM debian:12\nRUN rm -rf "$DIR" "$DIR/sub" "${DIR:-/x}/"*\n',
      fixed: false,
    },
  ],
  *check(_doc, context) {
    for (const entry of context.commands('rm')) {
      if (!hasOption(entry.command, 'r', 'R', 'recursive')) continue
      for (const argument of entry.command.args) {
        const parts = argument.word.parts.flatMap((part): readonly WordPart[] =>
          part.kind === 'double' ? part.parts : [part],
        )
        const [first, ...rest] = parts
        if (first?.kind !== 'parameter' || first.operator !== '' || /^[@*?#]$/.test(first.name)) continue
        const tail = rest.map((part) => (part.kind === 'literal' ? part.value : 'x')).join('')
        if (!/^\/(\*|\.\*|(usr|var|etc|bin|lib|home|opt|root)?\/?\*?)$/.test(tail)) continue
        yield {
          range: argumentRange(entry, argument),
          message: t(
            'When `{0}` is empty this removes far too much; write `{1}`.',
            first.name,
            `\${${first.name}:?}`,
          ),
          ...(first.braced && {
            suggestions: [fixOf(t('Stop when it is empty'), insert(entry.run.range(first).end - 1, ':?'))],
          }),
        }
      }
    }
  },
})
