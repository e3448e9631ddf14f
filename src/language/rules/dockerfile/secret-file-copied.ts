import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { copySources, unquote } from '../facts/copy.ts'

const files =
  /(^|\/)(id_(rsa|dsa|ecdsa|ed25519)|\.env|\.env\.(local|production|prod)|\.npmrc|\.pypirc|\.netrc|\.git-credentials|\.aws(\/.*)?|\.ssh(\/.*)?|\.docker\/config\.json|\.kube(\/.*)?|[^/]*\.(pfx|p12|keystore)|[^/]*(private|server|secret)[^/]*\.(key|pem))\/?$/

export default defineRule({
  id: 'secret-file-copied',
  aliases: [],
  severity: 'warning',
  summary: 'COPY or ADD of a file that holds secrets',
  why: 'The file stays in its layer, also when a later instruction removes it. `RUN --mount=type=secret,id=…` shows a file to one command and leaves nothing behind.',
  references: ['https://docs.docker.com/build/building/secrets/'],
  examples: [
    {
      bad: 'FROM alpine:3\nCOPY «.npmrc» «~/.ssh/id_rsa» /root/\n',
      good: 'FROM alpine:3\nCOPY .env.example id_rsa.pub /root/\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n',
    },
  ],
  *check(_doc, context) {
    for (const instruction of context.named('COPY', 'ADD')) {
      if (instruction.flags.some(({ name }) => name === 'from')) continue
      for (const { text, range, remote } of copySources(instruction))
        if (!remote && text.length < 1000 && files.test(unquote(text)))
          yield { range, message: t('`{0}` may hold secrets, and stays in the image.', text) }
    }
  },
})
