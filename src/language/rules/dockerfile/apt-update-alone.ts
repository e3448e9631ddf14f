import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { headRange, subcommand } from '../facts/arguments.ts'
import type { RunCommand } from '../facts/context.ts'

export default defineRule({
  id: 'apt-update-alone',
  aliases: [],
  severity: 'warning',
  summary: '`apt-get update` in another RUN than the install',
  why: 'The cache keeps the layer with the lists; a package added later is then looked up in lists that are months old, and not found. Update and install belong into one RUN.',
  references: ['https://docs.docker.com/build/building/best-practices/#apt-get'],
  examples: [
    {
      bad: 'FROM debian:12\nRUN «apt-get update»\nRUN apt-get install -y curl\n',
      good: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\nRUN apt-get update && x\nFROM debian:12\nRUN apt-get install -y curl\n',
    },
  ],
  *check(_doc, context) {
    let alone: { readonly entry: RunCommand; readonly stage: number } | undefined
    const installs = (entry: RunCommand): boolean =>
      subcommand(entry.command, 'install', 'build-dep', 'upgrade', 'dist-upgrade') !== undefined
    for (const run of context.runs) {
      const { stage } = run.instruction
      const commands = run.script.commands
        .filter(({ name }) => name === 'apt-get' || name === 'apt')
        .map((command) => ({ run, command }))
      const update = commands.find(({ command }) => subcommand(command, 'update'))
      const install = commands.some(installs)
      if (install && !update && alone?.stage === stage) {
        const { entry } = alone
        alone = undefined
        yield {
          range: headRange(entry, subcommand(entry.command, 'update')!),
          message: t('Put this into the same `RUN` as the install, or the cache keeps old package lists.'),
          related: [{ range: run.instruction.keywordRange, message: t('Installed here.') }],
        }
      }
      if (update) alone = install || run.script.commands.length > 1 ? undefined : { entry: update, stage }
    }
  },
})
