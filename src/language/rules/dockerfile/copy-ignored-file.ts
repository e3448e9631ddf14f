import { t } from '../../../shared/l10n.ts'
import { defineRule } from '../define-rule.ts'
import { copySources, unquote } from '../facts/copy.ts'

export default defineRule({
  id: 'copy-ignored-file',
  aliases: ['CopyIgnoredFile'],
  severity: 'warning',
  summary: 'COPY or ADD of a path that `.dockerignore` leaves out',
  why: 'What `.dockerignore` leaves out is not sent to the builder, so that the copy fails. Where a line with `!` may let in a part of the path again, nothing is said.',
  references: ['https://docs.docker.com/build/concepts/context/#dockerignore-files'],
  examples: [
    {
      bad: 'FROM alpine\nCOPY a «dist/app» /\nADD «./secret.env» /\n',
      good: 'FROM alpine\nCOPY a b /\nADD https://example.com/secret.env /\nCOPY --from=x dist /\n',
      options: { dockerignore: '# comment\ndist\n*.env\n' },
    },
    {
      bad: 'FROM alpine\nCOPY «sub/a» /\n',
      good: 'FROM alpine\nCOPY sub/b /\nCOPY sub /c/\nCOPY sub/* . /d/\n',
      options: { dockerignore: 'sub\n!sub/b\n' },
    },
    {
      bad: 'FROM alpine\nCOPY «.» /\n',
      good: 'FROM alpine\nCOPY <<EOF /a\nEOF\n',
      options: { dockerignore: '*\n' },
    },
  ],
  *check(_doc, { ignoreFile, named }) {
    if (!ignoreFile) return
    for (const instruction of named('COPY', 'ADD')) {
      if (instruction.flags.some(({ name }) => name === 'from')) continue
      for (const { text, range, remote } of copySources(instruction)) {
        const path = pathInContext(text)
        if (remote || text.includes('$') || !ignoreFile.excludes(path)) continue
        // The root has everything below it.
        if (ignoreFile.bringsBackBelow(path === anyName ? '' : path)) continue
        yield { range, message: t('`.dockerignore` leaves `{0}` out of the build context.', text) }
      }
    }
  },
})

const anyName = 'any-name'

/** The root itself is left out when any name in it is. */
function pathInContext(source: string): string {
  const parts: string[] = []
  for (const part of unquote(source).replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.length === 0 ? anyName : parts.join('/')
}
