import { expect, test } from 'vitest'
import { scriptData } from '../../../src/shared/sinks.ts'

test.each(['</script><script>alert(1)</script>', '<!-- <script>', '</SCRIPT\n>', ']]>\u2028\u2029&lt;'])(
  'what a container is called stays data in a page: %j',
  (text) => {
    const written = scriptData({ [text]: text })
    expect(written).not.toContain('<')
    expect(JSON.parse(written)).toEqual({ [text]: text })
  },
)
