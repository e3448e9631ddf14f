import { defineRule } from '../define-rule.ts'
import { operands } from '../facts/arguments.ts'
import { type Install, unpinned } from '../facts/installs.ts'

const valueOptions = [
  'prefix',
  'registry',
  'loglevel',
  'cache',
  'userconfig',
  'omit',
  'include',
  'only',
  'w',
  'workspace',
  'C',
  'tag',
]

export default defineRule({
  id: 'pin-npm-packages',
  aliases: ['DL3016'],
  severity: 'hint',
  summary: 'Packages of `npm install` without a version',
  why: 'Without a version the same Dockerfile installs other packages on another day.',
  examples: [
    {
      bad: 'FROM node:20\nRUN «npm install» -g typescript @angular/cli\n',
      good: 'FROM node:20\nRUN npm install -g typescript@5.4 @angular/cli@17 git+https://a/b.git#v1 ./c d.tgz\nRUN npm install\n',
    },
  ],
  *check(_doc, context) {
    const installs: Install[] = []
    for (const entry of context.commands('npm')) {
      const [verb, ...packages] = operands(entry.command, valueOptions)
      if (verb && ['install', 'i', 'add'].includes(verb.text)) installs.push({ ...entry, verb, packages })
    }
    yield* unpinned(installs, isPinned, '`name@version`')
  },
})

function isPinned(name: string): boolean {
  if (/^git(\+\w+)?:\/\/|^[a-z\d][\w-]*\/[\w.-]+(#|$)/i.test(name)) return name.includes('#')
  if (/\.(tar|tar\.gz|tgz)$|^(\/|\.{1,2}(\/|$)|~\/|https?:|file:)/.test(name)) return true
  return name.replace(/^@[^/]*\//, '').includes('@')
}
