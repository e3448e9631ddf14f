import type { DockerfileDoc } from '../../dockerfile/model.ts'
import type { ShellScript } from '../../shell/script.ts'
import type { Report } from '../rule.ts'
import type { DockerfileContext, Run } from './context.ts'

type Look = (run: Run, doc: DockerfileDoc) => Iterable<Report>

/**
 * The check of a rule that looks at each RUN by itself. What it says of a RUN is kept for as long as that RUN and all
 * in front of it stay as they are (an instruction is then the same object, `parseDockerfile`). What else decides, such
 * as the shell, is told by `also`.
 */
export function eachRun(
  look: Look,
  also: (run: Run, doc: DockerfileDoc) => string = () => '',
): (doc: DockerfileDoc, context: DockerfileContext) => Generator<Report> {
  const kept = new WeakMap<ShellScript, { readonly also: string; readonly reports: readonly Report[] }>()
  return function* (doc, context) {
    for (const run of context.runs) {
      const key = also(run, doc)
      let known = kept.get(run.script)
      if (known?.also !== key) {
        const reports = [...look(run, doc)]
        kept.set(run.script, (known = { also: key, reports: reports.length === 0 ? nothing : reports }))
      }
      if (known.reports.length > 0) yield* known.reports
    }
  }
}

const nothing: readonly Report[] = []
