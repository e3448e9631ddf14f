import { defineRule } from '../define-rule.ts'
import { apk, installsOf, unpinned } from '../facts/installs.ts'

export default defineRule({
  id: 'pin-apk-packages',
  aliases: ['DL3018'],
  severity: 'hint',
  summary: 'Packages of `apk add` without a version',
  why: 'Without a version the same Dockerfile gives other packages on another day. `name~=1.2` allows fixes and nothing else.',
  examples: [
    {
      bad: 'FROM alpine:3\nRUN «apk add» --no-cache curl\n',
      good: 'FROM alpine:3\nRUN apk add --no-cache --virtual .deps "curl=8.5" git~=2.43 ./x.apk\n',
    },
  ],
  check: (_doc, context) =>
    unpinned(installsOf(context, apk), (name) => /[=<>~]|\.apk$/.test(name), '`name=version`'),
})
