import { t } from '../../../shared/l10n.ts'
import type { TextRange } from '../../../shared/text-range.ts'
import { defineRule } from '../define-rule.ts'
import { archive } from '../facts/archives.ts'
import { copyDestination, copySources } from '../facts/copy.ts'

const unpackers = ['unzip', 'gunzip', 'bunzip2', 'unlzma', 'unxz', 'zgz', 'uncompress', 'zcat', 'gzcat']

export default defineRule({
  id: 'add-instead-of-copy-archive',
  aliases: ['DL3010'],
  severity: 'information',
  summary: 'Archive copied, then unpacked by a RUN',
  why: '`ADD` unpacks a local tar archive by itself; with `COPY` the archive stays in a layer of its own.',
  examples: [
    {
      bad: 'FROM debian:12\nCOPY «app.tar.gz» /tmp/\nRUN tar -xzf /tmp/app.tar.gz -C /opt\n',
      good: 'FROM debian:12\nADD app.tar.gz /opt/\nCOPY other.tgz /tmp/\n',
    },
  ],
  *check(_doc, context) {
    const copied = new Map<string, TextRange>()
    for (const instruction of context.all) {
      if (instruction.name === 'FROM') copied.clear()
      if (instruction.name === 'COPY' && !instruction.flags.some(({ name }) => name === 'from')) {
        const destination = copyDestination(instruction)
        const target = destination && withoutQuotes(destination.text)
        const sources = copySources(instruction)
        if (target !== undefined && archive.test(target) && sources[0])
          copied.set(fileName(target), sources[0].range)
        else
          for (const { text, range } of sources)
            if (archive.test(withoutQuotes(text))) copied.set(fileName(withoutQuotes(text)), range)
      }
      if (instruction.name !== 'RUN' || copied.size === 0) continue
      const run = context.runOf(instruction)
      for (const { name, args } of run?.script.commands ?? []) {
        const unpacks =
          unpackers.includes(name) ||
          (name === 'tar' &&
            // The first word may be a bundle of options without a hyphen.
            args.some(({ text }, at) =>
              /^(--extract|--get|-\w*x\w*)$/.test(at === 0 ? asOption(text) : text),
            ))
        if (!unpacks) continue
        for (const { text } of args) {
          const range = copied.get(fileName(text))
          if (!range) continue
          copied.delete(fileName(text))
          yield { range, message: t('`ADD` unpacks this archive by itself.') }
        }
      }
    }
  },
})

/** The words of COPY end at spaces, so that a path with spaces has its quotes in different ones. */
const withoutQuotes = (path: string): string => path.replace(/^["']|["']$/g, '')

const asOption = (word: string): string => (/^\w+$/.test(word) ? `-${word}` : word)

const fileName = (path: string): string => path.replace(/^.*[\\/]/, '')
