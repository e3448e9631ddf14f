import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { hasOption, headRange, operands } from '../facts/arguments.ts'
import { fixOf, replace } from '../facts/edits.ts'

export default defineRule({
  id: 'npm-ci',
  aliases: [],
  severity: 'hint',
  fixable: 'suggestion',
  summary: '`npm install` where `npm ci` is meant',
  why: '`npm ci` installs exactly what `package-lock.json` says, and fails when the two files disagree; `npm install` may choose other versions.',
  examples: [
    {
      bad: 'FROM node:20-slim\nCOPY package.json package-lock.json ./\nRUN «npm install» --omit=dev\n',
      good: 'FROM node:20-slim\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev\n',
    },
  ],
  *check(doc, context) {
    if (!/package-lock\.json|package\*\.json/.test(doc.text)) return
    for (const entry of context.commands('npm')) {
      const [verb, ...packages] = operands(entry.command)
      if (
        !verb ||
        !['install', 'i'].includes(verb.text) ||
        packages.length > 0 ||
        hasOption(entry.command, 'g', 'global')
      )
        continue
      yield {
        range: headRange(entry, verb),
        message: t('`npm ci` installs what the lock file says, nothing else.'),
        suggestions: [fixOf(t('Use `npm ci`'), replace(entry.run.range(verb.word), 'ci'))],
      }
    }
  },
})
