import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { eachRun } from '../facts/each-run.ts'
import { findBashisms } from '../facts/bashisms.ts'
import { familyOf } from '../facts/distribution.ts'

export default defineRule({
  id: 'shell-bashism',
  aliases: [
    'SC2039', 'SC3001', 'SC3003', 'SC3005', 'SC3006', 'SC3009', 'SC3010', 'SC3011', 'SC3014', 'SC3020', 'SC3024', 'SC3028', 'SC3030', 'SC3040',
    'SC3043', 'SC3044', 'SC3046', 'SC3052', 'SC3053', 'SC3054', 'SC3057', 'SC3059', 'SC3060',
  ], // prettier-ignore
  severity: 'warning',
  summary: 'Shell code for bash, run by `sh`',
  why: 'Without a SHELL instruction the code is run by `/bin/sh`. On Debian and Ubuntu that is dash, on Alpine busybox, and neither knows all of bash. `SHELL ["/bin/bash", "-c"]` asks for bash. On Fedora and its relatives `sh` is bash.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN «[[ -f a ]]» && «source» b\nRUN [ a «==» b ]\nRUN set -o «pipefail»; a «&> b»\n',
      good: 'FROM debian:12\nRUN [ -f a ] && . b\nRUN [ a = b ]\nSHELL ["/bin/bash", "-c"]\nRUN [[ -f a ]]\nFROM fedora:40\nRUN [[ -f a ]]\n',
    },
    {
      bad: 'FROM alpine:3\nRUN «a=(b c)»\n',
      good: 'FROM alpine:3\nRUN [[ -f a ]] && source b && set -o pipefail\n',
    },
  ],
  check: eachRun(
    function* (run, doc) {
      const family = familyOf(doc, run.instruction)
      const shell =
        run.script.shebang === undefined
          ? run.shell.name
          : (/\w+$/.exec(run.script.shebang.split(' ')[0] ?? '')?.[0] ?? 'sh')
      if ((shell !== 'sh' && shell !== 'dash') || family === 'redhat' || family === 'suse') return
      for (const { span, what } of findBashisms(run.script.script, family !== 'debian'))
        yield { range: run.range(span), message: t('`sh` does not know {0}.', what) }
    },
    (run, doc) => `${run.shell.name} ${familyOf(doc, run.instruction)}`,
  ),
})
