import { t } from '../../../shared/l10n.ts'
import type { TextRange } from '../../../shared/text-range.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, insertInstructionAbove, replace } from '../facts/edits.ts'
import { nearest } from '../facts/near.ts'
import { walkScopes } from '../facts/scopes.ts'
import type { Report } from '../rule.ts'

/** Instructions in which the builder replaces variables and BuildKit looks for undefined ones. */
const checked = new Set([
  'ENV',
  'LABEL',
  'WORKDIR',
  'USER',
  'VOLUME',
  'STOPSIGNAL',
  'COPY',
  'ADD',
  'ARG',
  'RUN',
])

/** In how many places it is looked for what may have been meant: each is compared with all that is defined. */
const mostCompared = 500

/** Names that images set for themselves now and then. */
const common =
  /^(PATH|HOME|USER|LANG|LC_ALL|SHELL|HOSTNAME|PWD|TERM|.*_(HOME|VERSION|DIR|PATH|ROOT|URL|SHA\w*))$/

export default defineRule({
  id: 'undefined-var',
  aliases: ['UndefinedVar'],
  severity: 'warning',
  fixable: 'suggestion',
  summary: 'Variable that no ARG or ENV of the stage defines',
  why: 'The builder replaces an undefined variable by nothing, without an error. What the base image defines is not known here: names in capitals are reported only where the base is known to define none, or where a misspelling is likely.',
  examples: [
    {
      bad: 'FROM scratch\nARG source=a\nCOPY «$surce» /\n',
      good: 'FROM scratch\nARG source=a\nCOPY $source /\n',
    },
    {
      bad: 'FROM node\nARG APP_PORT=80\nENV PORT=«${APP_PROT}»\n',
      good: 'FROM node\nARG APP_PORT=80\nENV PORT=${APP_PORT}\n',
    },
    { bad: 'FROM alpine\nCOPY «$foo» /\n', good: 'FROM alpine\nARG foo\nCOPY $foo /\n' },
    {
      bad: 'ARG GLOBAL=1\nFROM scratch\nLABEL a=«$GLOBAL»\n',
      good: 'ARG GLOBAL=1\nFROM scratch\nARG GLOBAL\nLABEL a=$GLOBAL\n',
    },
  ],
  *check(doc) {
    const reports: Report[] = []
    let compared = 0
    const globals = new Set(
      doc.preamble.flatMap((i) => (i.name === 'ARG' ? i.pairs.map(({ key }) => key) : [])),
    )
    walkScopes(doc, (instruction, scope) => {
      if (!checked.has(instruction.name) || reports.length >= 500) return
      for (const variable of instruction.variables) {
        const { name } = variable
        if (variable.by !== 'builder' || scope.get(name)) continue
        const meant = ++compared > mostCompared ? undefined : nearest(name, scope.names())
        const sure = scope.complete || globals.has(name) || /[a-z]/.test(name)
        if (!sure && (meant === undefined || common.test(name) || isOther(name, meant))) continue
        const change = (range: TextRange, to: string) => fixOf(t('Change to `{0}`', to), replace(range, to))
        reports.push({
          range: variable.range,
          message:
            meant === undefined
              ? t('`{0}` is not defined in this stage.', name)
              : t('`{0}` is not defined in this stage. Is `{1}` meant?', name, meant),
          suggestions: [
            ...(meant === undefined || globals.has(name) ? [] : [change(variable.nameRange, meant)]),
            fixOf(t('Declare `ARG {0}`', name), insertInstructionAbove(doc, instruction, `ARG ${name}`)),
          ],
        })
      }
    })
    yield* reports
  },
})

/** Whether two names that look alike are rather two names: short ones, and `GOPATH`, which is no misspelt `PATH`. */
const isOther = (name: string, meant: string): boolean =>
  meant.length < 4 || (meant === 'PATH' && name.length > 4)
