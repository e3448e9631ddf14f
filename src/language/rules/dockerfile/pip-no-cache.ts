import { t } from '../../../shared/l10n.ts'
import type { DockerfileDoc } from '../../dockerfile/model.ts'
import { defineRule } from '../define-rule.ts'
import { hasOption, headRange } from '../facts/arguments.ts'
import { fixOf, insert } from '../facts/edits.ts'
import type { Run } from '../facts/context.ts'
import { pipInstalls } from '../facts/pip.ts'
import { isInImage, mountsOf, mountValue } from '../facts/stages.ts'

const isOff = (value: string): boolean => /^["']?(0|no|off|false|)["']?$/i.test(value)

export default defineRule({
  id: 'pip-no-cache',
  aliases: ['DL3042'],
  severity: 'warning',
  fixable: 'safe',
  summary: '`pip install` that leaves its cache in the layer',
  why: 'Pip keeps the archives it downloads. `--no-cache-dir`, `ENV PIP_NO_CACHE_DIR=1` or a cache mount on `/root/.cache/pip` keep them out of the image.',
  examples: [
    {
      bad: 'FROM python:3\nRUN «pip install» flask==3\n',
      good: 'FROM python:3\nRUN pip install --no-cache-dir flask==3\n',
    },
  ],
  *check(doc, context) {
    const quietStages = stagesWithoutCache(doc)
    for (const install of pipInstalls(context)) {
      const { run, command, verb } = install
      if (hasOption(command, 'no-cache-dir', 'no-cache') || quietStages.has(run.instruction.stage)) continue
      if (!isInImage(doc, run.instruction) || setsVariable(run) || cachesElsewhere(doc, run)) continue
      yield {
        range: headRange(install, verb),
        message: t('The cache of `pip` stays in the layer.'),
        fix: fixOf(t('Add `--no-cache-dir`'), insert(run.after(verb.word), ' --no-cache-dir')),
      }
    }
  },
})

function stagesWithoutCache(doc: DockerfileDoc): ReadonlySet<number> {
  const found = new Set<number>()
  const visit = (stage: number, base: number | undefined): void => {
    if (base !== undefined && found.has(base)) found.add(stage)
  }
  for (const stage of doc.stages) visit(stage.index, stage.baseStage)
  for (const { name, stage, pairs } of doc.instructions) {
    if (name === 'FROM') visit(stage, doc.stages[stage]?.baseStage)
    if (name !== 'ENV' && name !== 'ARG') continue
    for (const { key, value } of pairs)
      if (key === 'PIP_NO_CACHE_DIR' && value !== undefined && !isOff(value)) found.add(stage)
  }
  return found
}

/** `PIP_NO_CACHE_DIR=1 pip install`, `export PIP_NO_CACHE_DIR=1`, `pip config set global.no-cache-dir`, `rm -rf ~/.cache`. */
function setsVariable({ script }: Run): boolean {
  return script.commands.some(
    ({ node, name, args }) =>
      node.assignments.some(
        (assignment) =>
          assignment.name === 'PIP_NO_CACHE_DIR' &&
          !isOff(script.text.slice(assignment.start, assignment.end).replace(/^[^=]*=/, '')),
      ) ||
      (name === 'export' &&
        args.some(({ text }) => /^PIP_NO_CACHE_DIR=/.test(text) && !isOff(text.replace(/^[^=]*=/, '')))) ||
      (name === 'rm' && args.some(({ text }) => /\.cache/.test(text))) ||
      (/^pip/.test(name) &&
        args.some(({ text }) => text === 'purge' || (/no-cache-dir/.test(text) && !text.startsWith('-')))),
  )
}

function cachesElsewhere(doc: DockerfileDoc, { instruction }: Run): boolean {
  return mountsOf(doc, instruction).some((keys) => {
    const target = mountValue(keys, 'target', 'dst', 'destination') ?? ''
    return ['cache', 'tmpfs'].includes(mountValue(keys, 'type') ?? '') && /\.cache|pip/.test(target)
  })
}
