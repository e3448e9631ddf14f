import { t } from '../../../shared/l10n.ts'
import { lineAt } from '../../dockerfile/lines.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import { fixOf, lineBreakOf, replace } from '../facts/edits.ts'
import { apk, aptGet, dnf, installIn, yum, zypper } from '../facts/installs.ts'

export default defineRule({
  id: 'package-per-line',
  aliases: [],
  severity: 'off',
  fixable: 'suggestion',
  summary: 'Several packages on one line',
  why: 'One package a line, in order, is easy to read, to compare and to merge, and shows what is there twice.',
  references: ['https://docs.docker.com/build/building/best-practices/#sort-multi-line-arguments'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN apt-get install -y «curl zip bash» && true\n',
      good: 'FROM debian:12\nRUN apt-get install -y \\\n        bash \\\n        curl \\\n        zip && true\n',
    },
  ],
  check: eachRun(function* (run, doc) {
    if (run.instruction.heredocs.length > 0) return
    for (const command of run.script.commands) {
      const installer = installers.get(command.name)
      const packages = (installer && installIn({ run, command }, installer)?.packages) ?? []
      const [first] = packages
      const last = packages.at(-1)
      if (!first || !last || packages.length < 2) continue
      const range = run.range({ start: first.word.start, end: last.word.end })
      const lines = packages.map(({ word }) => lineAt(doc.lineStarts, run.range(word).start))
      if (new Set(lines).size === lines.length) continue
      const written = packages.map(({ word }) => run.script.text.slice(word.start, word.end))
      const plain =
        run.script.text.slice(first.word.start, last.word.end).trim().split(/\s+/).length === written.length
      const separator = ` ${doc.escape}${lineBreakOf(doc)}        `
      const sorted = [...new Set(written)].sort()
      const before = doc.text.slice(range.start - 1, range.start) === ' ' ? range.start - 1 : range.start
      yield {
        range,
        message: t('Write one package a line, in order.'),
        ...(plain &&
          run.instruction.comments.length === 0 && {
            suggestions: [
              fixOf(
                t('One package a line'),
                replace({ start: before, end: range.end }, separator + sorted.join(separator)),
              ),
            ],
          }),
      }
    }
  }),
})

const installers = new Map(
  [aptGet, apk, dnf, yum, zypper].flatMap((installer) =>
    installer.commands.map((name) => [name, installer] as const),
  ),
)
