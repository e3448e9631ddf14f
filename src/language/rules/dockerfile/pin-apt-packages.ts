import { defineRule } from '../define-rule.ts'
import { aptGet, installsOf, unpinned } from '../facts/installs.ts'

export default defineRule({
  id: 'pin-apt-packages',
  aliases: ['DL3008'],
  severity: 'hint',
  summary: 'Packages of `apt-get install` without a version',
  why: 'Without a version the same Dockerfile gives other packages on another day. A pinned version makes the build repeatable, at the price of changing it when the archive drops it.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN apt-get update && «apt-get install» -y curl git=1:2.39\n',
      good: 'FROM debian:12\nRUN apt-get update && apt-get install -y -t bookworm curl=7.88.1-10 ./x.deb vim/stable\n',
    },
  ],
  check: (_doc, context) =>
    unpinned(installsOf(context, aptGet), (name) => /[=/]|\.deb$/.test(name), '`name=version`'),
})
