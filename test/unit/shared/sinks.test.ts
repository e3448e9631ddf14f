import { expect, test } from 'vitest'
import { scriptData, verbatim } from '../../../src/shared/sinks.ts'

test.each(['</script><script>alert(1)</script>', '<!-- <script>', '</SCRIPT\n>', ']]>\u2028\u2029&lt;'])(
  'what a container is called stays data in a page: %j',
  (text) => {
    const written = scriptData({ [text]: text })
    expect(written).not.toContain('<')
    expect(JSON.parse(written)).toEqual({ [text]: text })
  },
)

test.each([
  ['$(trash) web', '$\u200b(trash) web'],
  ['\\$(trash~spin)', '\\$\u200b(trash~spin)'],
  ['[Fix](command:workbench.action.quit)', '[Fix]\u200b(command:workbench.action.quit)'],
  ['[a]](https://x)', '[a]]\u200b(https://x)'],
  ['cost $ (net), [x] (y), $x', 'cost $ (net), [x] (y), $x'],
])('what a container is called makes no icon and no link: %j', (text, expected) => {
  expect(verbatim(text)).toBe(expected)
})
