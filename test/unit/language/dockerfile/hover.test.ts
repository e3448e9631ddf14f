import { describe, expect, test } from 'vitest'
import type { Host } from '../../../../src/language/host.ts'
import { dockerfileProvider } from '../../../../src/language/dockerfile/provider.ts'
import { languageContext, memoryHost, sourceDocument, withCursor } from '../../../support/language-context.ts'

async function hover(marked: string, host: Partial<Host> = {}): Promise<string | undefined> {
  const { text, offset } = withCursor(marked)
  return (await dockerfileProvider.hover!(sourceDocument(text), offset, languageContext(host)))?.markdown
}

describe('hover', () => {
  test.each([
    ['FR|OM a', 'Starts a stage'],
    ['FROM a\nonbuild ru|n x', 'Runs a command'],
    ['FROM a\nCMD| a', 'Here: shell form'],
    ['FROM a\nCM|D ["a"]', 'Here: exec form'],
    ['FROM a\nCM|D ["a"', 'no valid JSON'],
    ['FROM a\nRUN --mou|nt=type=cache x', 'Makes something visible'],
    ['FROM a\nRUN --mount=type=ca|che,target=/x x', 'stays from build to build'],
    ['FROM a\nRUN --mount=type=secret,i|d=x x', 'name of the secret'],
    ['FROM a\nCOPY --li|nk . .', 'docker/dockerfile:1.4'],
    ['# synt|ax=docker/dockerfile:1\nFROM a', 'The image that reads this file'],
    ['# esc|ape=`\nFROM a', 'continues lines'],
    ['FROM a\nEXPOSE 54|32', 'PostgreSQL'],
    ['FROM a\nSTOPSIGNAL SIGQ|UIT', 'nginx'],
    ['FROM a\nRUN <<-"E|OF"\nEOF', 'the script that is run'],
    ['FROM scr|atch', 'Nothing at all'],
    ['FROM a AS b|\nFROM b', 'Stage 0'],
    ['FROM a AS b\nFROM c\nCOPY --from=|b x y', 'FROM a AS b'],
    ['FROM a AS b\nFROM c\nRUN --mount=from=|0,target=/x y', 'FROM a AS b'],
    ['FROM a\nWORKDIR /x\nWORKDIR |y', '`/x/y`'],
    ['FROM a\nWORKDIR /x\nCOPY a b|', '`/x/b`'],
    ['FROM a\nLABEL a=b "org.opencontainers.image.re|vision"=c', 'Commit it was built from'],
  ])('%s', async (marked, expected) => {
    expect(await hover(marked)).toContain(expected)
  })

  test.each([
    ['ARG V=1\nFROM a:$V|', '`1`, unless `--build-arg`'],
    ['ARG V=1.2.3\nFROM a:${|V%.*}', '`${V%.*}` becomes `1.2`'],
    ['ARG V=1\nFROM a\nARG V\nRUN echo $|V', 'Line 1: `ARG V=1`'],
    ['FROM a\nENV V=x\nRUN echo "${V|}"', '`x`'],
    ['FROM a\nENV V=x\nENV W=$V|', '`x`'],
    ['FROM a\nENV V|=x\nRUN $V $V', 'Used 2 times'],
    ['FROM a\nARG V|\nRUN $V', 'Used once'],
    ['FROM a\nARG V|', 'Not used in this file'],
    ['FROM a\nENV U=1 \\\n  V|=x', 'Line 3: `ENV V=x`'],
    ['FROM a\nRUN arch=$(uname -m); \\\n  case "$ar|ch" in x) n=1 ;; esac', 'Set by the command itself'],
    ['FROM a\nRUN for k in 1 2; do \\\n  echo $|k; done', 'Line 2: `RUN for k in 1 2; do \\`'],
    ['FROM a\nRUN a --name=1 $na|me', 'the base image or the command itself may set it'],
    ['FROM --platform=$BUILD|PLATFORM a', 'the machine that builds'],
    ['FROM a\nRUN echo $TARGET|ARCH', 'ARG TARGETARCH'],
    ['FROM a\nWORKDIR $HO|ME', 'the base image may set it'],
    ['FROM a:$|V', 'FROM sees only ARGs'],
  ])('variables: %s', async (marked, expected) => {
    expect(await hover(marked)).toContain(expected)
  })

  test.each([
    ['COPY <<E|OF /a\n$V\nEOF', 'Variables in them are replaced.'],
    ['COPY <<"E|OF" /a\n$V\nEOF', 'left as they are'],
    ['RUN <<E|OF\necho $V\nEOF', 'the script that is run'],
    ['RUN <<-"E|OF"\necho $V\nEOF', 'the script that is run'],
    ['RUN python3 <<E|OF\n$V\nEOF', 'replaced by the shell'],
    ['RUN <<"E|OF" python3\n$V\nEOF', 'left as they are'],
  ])('heredocs: %s', async (marked, expected) => {
    expect(await hover(`FROM a\n${marked}`)).toContain(expected)
  })

  test('what ENV sets for programs only is not called unused', async () => {
    expect(await hover('FROM a\nENV NODE_|ENV=production')).not.toContain('sed')
  })

  test('a stage or image that a variable picks is not looked for', async () => {
    const found = await hover('FROM a AS x-linux\nFROM x|-$TARGETOS')
    expect(found).toContain('known when the image is built')
    expect(found).not.toContain('local images')
  })

  test('local images, without asking a registry', async () => {
    const images = (): ReturnType<Host['images']> =>
      Promise.resolve([
        {
          name: 'node:20',
          id: 'sha256:1',
          digest: 'sha256:abc',
          size: 123_456_789,
          created: Date.UTC(2025, 0, 2),
        },
      ])
    const imagePlatform: Host['imagePlatform'] = (id) => Promise.resolve(`linux/${id.length}`)
    const found = await hover('ARG V=20\nFROM no|de:$V', { images, imagePlatform })
    expect(found).toContain('linux/8')
    expect(found).toContain('123MB')
    expect(found).toContain('2025')
    expect(found).toContain('sha256:abc')
    expect(found).toContain('https://hub.docker.com/_/node')
    expect(await hover('FROM ghcr.io/o/p|:1', { images })).toContain(
      'https://github.com/o/p/pkgs/container/p',
    )
    expect(await hover('FROM |nope', { images })).toContain('Not among the local images')
  })

  test('copied files', async () => {
    expect(await hover('FROM a\nCOPY ap|p.py /x', memoryHost({ 'app.py': 'x'.repeat(2_000) }))).toContain(
      '2kB',
    )
    expect(await hover('FROM a\nCOPY sr|c /x', memoryHost({ 'src/a': '' }))).toContain('A folder')
    expect(await hover('FROM a\nCOPY --from=b ap|p.py /x', memoryHost({ 'app.py': '' }))).toBeUndefined()
  })

  test('what a file says is shown as plain text', async () => {
    expect(await hover('FROM |a<img/src=x>[x](javascript:y)')).not.toMatch(/(?<!\\)<img|\]\(javascript/)
    expect(await hover('FROM a\nENV V="`**b**`"\nRUN $|V')).toContain('``')
  })

  test('nothing for comments, labels and unknown places', async () => {
    expect(await hover('# no|te\nFROM a')).toBeUndefined()
    expect(await hover('FROM a\nLABEL a|=b')).toBeUndefined()
    expect(await hover('FORM| a')).toBeUndefined()
  })
})
