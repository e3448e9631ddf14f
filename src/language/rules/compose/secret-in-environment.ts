import { t } from '../../../shared/l10n.ts'
import { looksSecret } from '../../../shared/masking.ts'
import { defineComposeRule } from './define-rule.ts'
import { scalarsUnder } from './scalars.ts'

/** Switches, numbers and the words for how somebody logs in: no secrets, whatever the name says. */
const harmless = /^(?:true|false|yes|no|on|off|none|null|trust|peer|md5|scram-sha-256|\d{1,2})$/i

/** Names that say something about a secret: where it is, how long it holds, whether it is asked for. */
const about =
  /^(?:enable|disable|allow|use|require|show|hide)[-_]|public[-_.]?key|publishable|[-_.](?:url|uri|host|port|path|dir|file|location|header|name|prefix|issuer|audience|scope|expir\w*|ttl|minutes|seconds|hours|days|length|rounds|enabled|algorithm|method|mode|type|provider|converter|policy|domain)$/i

/** A path of a file, such as that of a key or a certificate. */
const filePath =
  /^(?:(?:~|\.{1,2})?(?:\/[\w.@-]+){2,}|[\w.@/-]*\.(?:key|pem|crt|cer|pub|p12|pfx|jks|json|txt))$/

/** Whether a variable of this name with this value gives a secret away. */
function givesAway(name: string, value: string): boolean {
  if (value === '' || value.includes('$') || harmless.test(value) || filePath.test(value)) return false
  return looksSecret(name) && (!about.test(name) || /webhook/i.test(name))
}

export default defineComposeRule({
  id: 'secret-in-environment',
  aliases: [],
  severity: 'information',
  fixable: 'suggestion',
  summary: 'A password, token or key written into the file.',
  why:
    'What stands in a compose file goes into version control and is shown by `docker inspect`. Take it from a variable of ' +
    'the surroundings, or mount a secret.',
  references: ['https://docs.docker.com/compose/how-tos/use-secrets/'],
  examples: [
    {
      bad: 'services:\n  db:\n    image: db:1\n    environment:\n      DB_PASSWORD: «hunter2»\n      DB_NAME: app\n',
      good: 'services:\n  db:\n    image: db:1\n    environment:\n      DB_PASSWORD: ${DB_PASSWORD}\n      DB_NAME: app\n',
    },
    {
      bad: 'services:\n  web:\n    image: web:1\n    environment:\n      SLACK_WEBHOOK_URL: «https://hooks.example.com/T1/x2»\n      TOKEN_URL: https://id.example.com/token\n      TOKEN_EXPIRE_MINUTES: 600\n      SSL_KEY: certs/web.key\n      AUTH_COOKIE: /run/auth/cookie\n',
      good: 'services:\n  web:\n    image: web:1\n    environment:\n      SLACK_WEBHOOK_URL: ${SLACK_WEBHOOK_URL}\n      TOKEN_URL: https://id.example.com/token\n      TOKEN_EXPIRE_MINUTES: 600\n      SSL_KEY: certs/web.key\n      AUTH_COOKIE: /run/auth/cookie\n',
    },
    {
      bad: 'services:\n  db:\n    image: db:1\n    environment:\n      - "API_TOKEN=«abc»"\n',
      good: 'services:\n  db:\n    image: db:1\n    environment:\n      - "API_TOKEN=${API_TOKEN}"\n      - DB_PASSWORD_FILE=/run/secrets/db\n',
    },
  ],
  *check(doc) {
    for (const { node, path } of scalarsUnder(doc, 'services')) {
      if (path.length !== 4 || path[2] !== 'environment') continue
      const key = path[3]
      const equals = typeof key === 'number' ? node.text.indexOf('=') : -1
      if (typeof key === 'number' && equals < 0) continue
      const name = typeof key === 'number' ? node.text.slice(0, equals) : String(key)
      const value = typeof key === 'number' ? node.text.slice(equals + 1) : node.text
      if (!givesAway(name, value)) continue
      const raw = doc.text.slice(node.start, node.end)
      const at = typeof key === 'number' ? raw.indexOf(value, raw.indexOf('=')) : 0
      if (at < 0) continue
      const length = typeof key === 'number' ? value.length : raw.length
      const range = { start: node.start + at, end: node.start + at + length }
      if (/[\r\n]/.test(doc.text.slice(range.start, range.end))) continue
      const edit = { range, newText: `\${${name}}` }
      yield {
        range,
        message: t('`{0}` looks like a secret: do not write its value into the file.', name),
        ...(/^[A-Za-z_]\w*$/.test(name)
          ? { suggestions: [{ title: t('Take it from the variable `{0}`', name), edits: [edit] }] }
          : {}),
      }
    }
  },
})
