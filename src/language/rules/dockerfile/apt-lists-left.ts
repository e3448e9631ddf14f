import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { headRange, subcommand } from '../facts/arguments.ts'
import { type CleanUp, leftovers, removes, runs } from '../facts/clean-up.ts'
import { mountsAway } from '../facts/stages.ts'

export default defineRule({
  id: 'apt-lists-left',
  aliases: ['DL3009'],
  severity: 'information',
  fixable: 'safe',
  summary: 'Package lists of apt left in a layer',
  why: '`apt-get update` writes some 20–50 MB of lists, of no use in the image. Removing them in the same RUN keeps them out of the layer; so do cache mounts on `/var/lib/apt` and `/var/cache/apt`.',
  examples: [
    {
      bad: 'FROM debian:12\nRUN «apt-get update» && apt-get install -y curl\n',
      good: 'FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      bad: 'FROM debian:12\nRUN «apt-get update» \\\n    && apt-get install -y \\\n       curl \\\n       git\n',
      good: 'FROM debian:12\nRUN apt-get update \\\n    && apt-get install -y \\\n       curl \\\n       git \\\n    && rm -rf /var/lib/apt/lists/*\n',
    },
    {
      bad: 'FROM debian:12\nRUN <<EOF\n«apt-get update»\napt-get install -y curl\nEOF\n',
      good: 'FROM debian:12\nRUN <<EOF\napt-get update\napt-get install -y curl\nrm -rf /var/lib/apt/lists/*\nEOF\n',
    },
  ],
  *check(doc, context) {
    const updates = context.commands('apt-get', 'apt', 'aptitude').flatMap((entry) => {
      const verb = subcommand(entry.command, 'update')
      return verb ? [{ run: entry.run, range: headRange(entry, verb) }] : []
    })
    if (updates.length === 0) return
    const clean: CleanUp = {
      folders: ['/var/lib/apt/lists'],
      isClean: (run) => removes(run, /\/var\/lib\/(apt|\{[^}]*apt)|^\/var\/lib\/\*$/),
      // A later RUN may still need the lists of one that only loads them.
      mayFix: (run) =>
        runs(run, ['apt-get', 'apt', 'aptitude'], 'install', 'build-dep', 'upgrade', 'dist-upgrade'),
      command: 'rm -rf /var/lib/apt/lists/*',
      title: t('Remove the lists at the end of this RUN'),
      message: t('The package lists that `apt-get update` loads stay in the layer.'),
    }
    const half: CleanUp = {
      ...clean,
      folders: ['/var/cache/apt', '/var/cache', '/var/lib/apt/lists'],
      mayFix: () => false,
      message: t(
        '`/var/lib/apt` is on a mount, but the packages that apt loads stay in the layer: `/var/cache/apt`.',
      ),
    }
    const mounted = new Set(updates.filter(({ run }) => mountsAway(doc, run.instruction, ['/var/lib/apt'])))
    yield* leftovers(
      doc,
      updates.filter((update) => !mounted.has(update)),
      clean,
    )
    yield* leftovers(doc, mounted, half)
  },
})
