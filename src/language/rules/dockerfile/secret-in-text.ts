import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'

/** Forms that nothing but a secret has. */
const secrets = new RegExp(
  [
    '\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b',
    '\\bgh[pousr]_[A-Za-z0-9]{36}\\b',
    '\\bgithub_pat_[A-Za-z0-9_]{60,100}\\b',
    '\\bglpat-[A-Za-z0-9_-]{20}\\b',
    '\\bxox[abprs]-[0-9A-Za-z-]{10,100}\\b',
    '\\bnpm_[A-Za-z0-9]{36}\\b',
    '\\bsk_live_[0-9A-Za-z]{24,64}\\b',
    '\\bAIza[0-9A-Za-z_-]{35}\\b',
    '\\bdckr_pat_[A-Za-z0-9_-]{20,40}\\b',
    '-----BEGIN (?:[A-Z]{2,10} )?PRIVATE KEY-----',
    '(?<=\\bhttps?:\\/\\/)[A-Za-z0-9._~-]{1,100}:[^\\s:@/$"\'{}<>]{3,100}(?=@)',
  ].join('|'),
  'g',
)

export default defineRule({
  id: 'secret-in-text',
  aliases: [],
  severity: 'warning',
  summary: 'Text that is a secret: a key, a token, a password in an address',
  why: 'It is in the repository, in the history of the image and in the build log. Take it back where it was issued, then hand the new one over with `RUN --mount=type=secret`.',
  references: ['https://docs.docker.com/build/building/secrets/'],
  examples: [
    {
      // Put together here, so that nothing that looks for secrets finds one.
      bad: `FROM alpine:3\nENV A=«${'AKIA'}ABCDEFGHIJKLMNOP»\nRUN git clone https://«ann:pass»@example.com/a\n`,
      good: 'FROM alpine:3\nENV A=AKIAEXAMPLE\nRUN git clone https://$USER:$PASS@example.com/a\nRUN curl https://example.com:80/a@b\n',
    },
  ],
  *check(doc) {
    for (const match of doc.text.matchAll(secrets))
      yield {
        range: { start: match.index, end: match.index + match[0].length },
        message: t('This looks like a secret; whoever has the file or the image can read it.'),
      }
  },
})
