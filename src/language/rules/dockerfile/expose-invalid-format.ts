import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { exposed } from '../facts/exposed.ts'

export default defineRule({
  id: 'expose-invalid-format',
  aliases: ['ExposeInvalidFormat'],
  severity: 'warning',
  fixable: 'safe',
  summary: 'Address or host port in EXPOSE',
  why: '`EXPOSE` names ports of the container only. Addresses and ports of the host belong to `docker run --publish`; here they are dropped.',
  examples: [
    {
      bad: 'FROM alpine\nEXPOSE «80:8080» «127.0.0.1:81:8081/tcp» 82\n',
      good: 'FROM alpine\nEXPOSE 8080 8081/tcp 82\n',
    },
  ],
  *check(_doc, context) {
    for (const instruction of context.named('EXPOSE'))
      for (const { text, range } of exposed(instruction).ports) {
        const colon = text.replace(/\$\{[^}]*\}/g, (all) => ' '.repeat(all.length)).lastIndexOf(':')
        if (colon < 0) continue
        const port = text.slice(colon + 1)
        yield {
          range,
          message: t('`EXPOSE` takes a port of the container, no address and no port of the host.'),
          ...(/^\d/.test(port) && { fix: fixOf(t('Write `{0}`', port), replace(range, port)) }),
        }
      }
  },
})
