import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { flagsOf, isOlder, syntaxVersion } from '../facts/flags.ts'

export default defineRule({
  id: 'flag-too-new',
  aliases: [],
  severity: 'error',
  fixable: 'suggestion',
  summary: 'Flag that the version in `# syntax=` does not have yet',
  why: 'The line `# syntax=docker/dockerfile:1.3` chooses the version of the language, which the builder then loads; a later flag stops the build.',
  references: ['https://docs.docker.com/build/buildkit/frontend/'],
  examples: [
    {
      bad: '# syntax=docker/dockerfile:1.3\nFROM alpine:3\nCOPY «--link» a /a\n',
      good: '# syntax=docker/dockerfile:1.4\nFROM alpine:3\nCOPY --link a /a\n',
    },
    {
      bad: '# syntax=docker/dockerfile:1.14\nFROM alpine:3\nRUN «--device=x» a\n',
      good: '# syntax=docker/dockerfile:1.14-labs\nFROM alpine:3\nRUN --device=x a\n',
    },
  ],
  *check(doc, context) {
    const directive = doc.directives.find(({ name }) => name === 'syntax')
    const syntax = directive && syntaxVersion(directive.value)
    if (!syntax || syntax.labs) return
    for (const { name, flags } of context.all)
      for (const flag of flags) {
        const allowed = flagsOf(name)
        const kind = allowed && Object.hasOwn(allowed, flag.name) ? allowed[flag.name] : undefined
        if (kind?.since === undefined || !(isOlder(syntax, kind.since) || kind.labs)) continue
        const wanted = `docker/dockerfile:${kind.since}${kind.labs ? '-labs' : ''}`
        yield {
          range: flag.range,
          message: t('`--{0}` needs at least `# syntax={1}`.', flag.name, wanted),
          suggestions: [fixOf(t('Change to `# syntax={0}`', wanted), replace(directive.valueRange, wanted))],
        }
      }
  },
})
