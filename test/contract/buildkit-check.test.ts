import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, inject, test } from 'vitest'
import { lineAt } from '../../src/language/dockerfile/lines.ts'
import type { DockerfileDoc } from '../../src/language/dockerfile/model.ts'
import { parseDockerfile } from '../../src/language/dockerfile/parse.ts'
import { ignoreMatcher } from '../../src/shared/dockerignore/matcher.ts'
import { parseIgnoreFile } from '../../src/shared/dockerignore/parse.ts'
import { dockerfileRules } from '../../src/language/rules/dockerfile/index.ts'
import { fixAllText, lint } from '../../src/language/rules/lint.ts'
import { instructionAt, isBuildKitName } from '../../src/language/rules/pragmas.ts'

/** `docker build --check` of BuildKit is the referee of the checks that carry its names. */
interface Verdict {
  /** `RuleName:line of the instruction`, sorted, each once. */
  readonly checks: readonly string[]
  /** Whether the build stops. */
  readonly stops: boolean
}

const engine = inject('hosts').engines.find(({ version }) => version === '28')

async function buildKit(text: string, dockerignore?: string): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-check-'))
  try {
    writeFileSync(join(folder, 'Dockerfile'), text)
    for (const name of ['a', 'b', 'c', 'd']) writeFileSync(join(folder, name), '')
    if (dockerignore !== undefined) writeFileSync(join(folder, '.dockerignore'), dockerignore)
    const args = ['build', '--progress=quiet', '--call=check,format=json', folder]
    // Findings end the program with 1 as faults do; its output tells them apart.
    const output = await promisify(execFile)(engine!.dockerBin, args, { env: engine!.env }).then(
      ({ stdout }) => stdout,
      (error: { stdout?: string }) => error.stdout ?? '',
    )
    if (!output.trim().startsWith('{')) return { checks: [], stops: true }
    const answer = JSON.parse(output) as {
      warnings?: { ruleName: string; location: { ranges: { start: { line: number } }[] } }[]
      buildError?: object
    }
    const checks = (answer.warnings ?? []).map(
      ({ ruleName, location }) => `${ruleName}:${location.ranges[0]?.start.line}`,
    )
    return { checks: sorted(checks), stops: answer.buildError !== undefined }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function ours(text: string, dockerignore?: string): Verdict {
  const doc = parseDockerfile(text)
  const findings = lint(
    doc,
    dockerignore === undefined ? {} : { ignoreFile: ignoreMatcher(parseIgnoreFile(dockerignore)) },
  )
  const checks = findings.flatMap(({ aliases, range }) => {
    const name = aliases.find(isBuildKitName)
    return name === undefined ? [] : [`${name}:${lineOf(doc, name, range.start)}`]
  })
  return { checks: sorted(checks), stops: findings.some(({ severity }) => severity === 'error') }
}

function lineOf(doc: DockerfileDoc, name: string, offset: number): number {
  // BuildKit tells the line below the empty ones for this one, the first line of the instruction for the others.
  const start = name === 'NoEmptyContinuation' ? offset : (instructionAt(doc, offset)?.range.start ?? 0)
  return lineAt(doc.lineStarts, start) + 1
}

const sorted = (list: readonly string[]): string[] => [...new Set(list)].sort()

/** The bases of examples are replaced by one that the engine has. */
function withLocalBases(text: string): string {
  const { stages } = parseDockerfile(text)
  let result = text
  for (const { base, baseRange, baseStage } of [...stages].reverse())
    if (baseRange && baseStage === undefined && /^(alpine|debian|node|nginx)(:\d+)?$/.test(base))
      result = `${result.slice(0, baseRange.start)}busybox:1.36${result.slice(baseRange.end)}`
  return result
}

const checkRules = dockerfileRules.filter(
  ({ id, aliases, severity }) =>
    aliases.some(isBuildKitName) &&
    severity !== 'off' &&
    id !== 'copy-ignored-file' &&
    id !== 'invalid-base-image-platform',
)

/** Examples that stop here for lack of an argument or of a registry: what is no fault of the file. */
const elsewhere = [
  'ARG TAG\nFROM busybox:${TAG}\n',
  'ARG IMAGE=\nFROM $IMAGE\n',
  'ARG VERSION=3\nFROM alpine:$VERSON\n',
  'FROM alpine:${TAG:-3}\n',
]

const examples = checkRules.flatMap(({ id, examples: list }) =>
  list.map(({ bad }) => [id, withLocalBases(bad.replace(/[«»]/g, ''))] as const),
)

/** Files that need no pull; each is one question. */
const texts = [
  'FROM scratch\nCOPY a b /c\n',
  'FROM scratch\nWORKDIR ${foo:-/a}\nENV A=${b-c} D=${e:+f}\n',
  'FROM scratch\nENV A=1\nENV B=$A C=${A#x}\nLABEL d=$A e="$f"\n',
  'FROM scratch\nUSER $U\nWORKDIR $w\nSTOPSIGNAL ${s:-9}\n',
  'FROM scratch\nEXPOSE $foo 80\nHEALTHCHECK CMD echo $x\nCMD ["$y"]\n',
  'ARG G=1\nFROM scratch\nENV A=$G\nARG G\nENV B=$G\n',
  'FROM scratch AS a\nARG X=1\nENV Y=2\nFROM a\nCOPY $X $Y /z/\n',
  'FROM scratch\nENV http=$HTTP_PROXY arch=$TARGETARCH\n',
  'ARG TOKEN=x\nFROM scratch\nARG TOKEN\n',
  'FROM scratch\nWORKDIR $HTTP_PROXY\n',
  'ARG A\nFROM busybox:1.36$A\n',
  'from scratch\nrun a\nCOPY a /a\ncmd ["b"]\n',
  'FROM scratch\nRun a\nrun b\nRUN c\n',
  'FROM scratch AS a\nFROM scratch AS A\nFROM scratch as context\n',
  'FROM scratch\nSHELL ["/bin/sh", "-c"]\nCMD a\nENTRYPOINT b\n',
  'FROM scratch AS a\nSHELL ["/bin/sh", "-c"]\nFROM a\nCMD b\n',
  'FROM scratch\nCMD ["a"]\nCMD ["b"]\nCMD ["c"]\nFROM scratch\nCMD ["d"]\n',
  'FROM scratch\nWORKDIR a\nWORKDIR b\n',
  'FROM scratch AS a\nWORKDIR /x\nFROM a\nWORKDIR b\n',
  'FROM scratch\nENV a b\nENV c="d" e=f\nLABEL g h\n',
  'FROM scratch\nMAINTAINER a\nEXPOSE 80/TCP 1.2.3.4:80:81\n',
  'FROM --platform=$TARGETPLATFORM busybox:1.36 AS x\nFROM --platform=$BUILDPLATFORM busybox:1.36\n',
  '# check=skip=StageNameCasing,FromAsCasing\nFROM scratch as A\nMAINTAINER a\n',
  '# check=skip=all\nFROM scratch as A\nMAINTAINER a\n',
  '# check=experimental=all\n# wrong\nARG A=1\n\n# right words\nFROM scratch AS right\n# B says\nARG B\n',
  'FROM scratch\nRUN a && \\\n\n    b\n',
  'FROM scratch\nCOPY <<EOF /a\n$undefined $PATH\nEOF\nCOPY <<"EOF" /b\n$undefined\nEOF\n',
  '# check=skip=FromAsCasing since it must be\nFROM scratch as A\n',
  '# check=skip=FromAsCasing;skip=StageNameCasing\nFROM scratch as A\n',
  '# check=skip=fromascasing\nFROM scratch as a\n',
  '# check=skip=A, FromAsCasing\nFROM scratch as a\n',
  '# check=skip=A ;error=true\nFROM scratch as a\n',
  '# check=skip=all;experimental=all\n# x\nFROM scratch AS a\n',
  'FROM scratch\nARG $x=1\nARG a$y\nENV b=$a\n',
  '# check=experimental=all\n# wrong\n#\nARG A\nFROM scratch\n',
  '# check=experimental=all\nFROM scratch\nRUN a \\\n# wrong\n b\nARG A\n',
  '# check=experimental=all\n# Right x\nFROM scratch AS Right\n',
  '# check=experimental=all\n# B says\nARG A B\nFROM scratch\n',
  '# check=experimental=all\n # x\nARG A\nFROM scratch\n',
  '# check=experimental=all\n# A: words\nARG A\nFROM scratch\n',
  '# check=experimental=all\n#\tA words\nARG A\nFROM scratch\n',
  '# check=experimental=all\n# A\twords\nARG A\nFROM scratch\n',
  '# check=experimental=all\n# wrong\r\nARG A\r\nFROM scratch\r\n',
  '# check=experimental=all\n# one\n\n# a two\nFROM scratch AS a\n',
  '# check=experimental=all\n# A one\n\nARG A\nFROM scratch\n',
  '# check=experimental=all\n# x\nARG A \\\n B\nFROM scratch\n',
  '# check=experimental=all\nFROM scratch\nCOPY <<E /x\n# x\nE\nARG A\n',
  '# check=experimental=all\nFROM scratch\n# x\nONBUILD ARG A\n',
  '# check=experimental=all\n#\n# x\n#\n\nARG A\nFROM scratch\n',
  // What stops the build.
  '# check=experimental=all;error=1\n# x\nFROM scratch AS a\n',
  '# check=skip =all\nFROM scratch\n',
  'FROM scratch\nRUN <<""\na\n\n',
  'FROM scratch\nHEALTHCHECK --interval=$i CMD a\n',
  'FROM scratch\nHEALTHCHECK --retries=$r CMD a\n',
  'FROM scratch\nENV =a\n',
  '# only a comment\n',
  'ARG A\n',
  'RUN a\nFROM scratch\n',
  'FOO a\n',
  'FROM scratch AS b c\n',
  'FROM busybox:$T1.36\n',
  'FROM scratch AS 1a\n',
  'FROM --platform=foo scratch\n',
  'FROM scratch\nRUN --foo a\n',
  'FROM scratch\nRUN --mount=type=foo a\n',
  'FROM scratch\nRUN --mount=type=cache a\n',
  'FROM scratch\nRUN --mount=type=cache,target=/a,sharing=x a\n',
  'FROM scratch\nRUN --mount=type=bind,target=/a,mode=0600 a\n',
  'FROM scratch\nRUN --mount=type=secret a\n',
  'FROM scratch\nRUN --network=foo a\n',
  'FROM scratch\nRUN <<EOF\na\n',
  'FROM scratch\nCOPY a <<EOF\nx\nEOF\n',
  '# escape=x\nFROM scratch\n',
  '# check=foo=bar\nFROM scratch\n',
  'FROM scratch\nENV A\n',
  'FROM scratch\nENV A=b C\n',
  'FROM scratch\nENV A="b\n',
  'FROM scratch\nENV A=${b^^}\n',
  'FROM scratch\nENV A=${b:?x}\n',
  'FROM scratch\nCMD ["a", 1]\n',
  'FROM scratch\nCOPY a\n',
  'FROM scratch\nCOPY --chmod=999 a /a\n',
  'FROM scratch\nCOPY --link=yes a /a\n',
  'FROM scratch\nCOPY --chown a /a\n',
  'FROM scratch\nCOPY --from=$x a /a\n',
  'FROM scratch AS x\nCOPY --from=x a /a\n',
  'FROM scratch\nCOPY --from=y a /a\nFROM scratch AS y\n',
  'FROM scratch\nCOPY --from=5 a /a\n',
  'FROM scratch\nCOPY http://x/y /a\n',
  'FROM scratch\nADD --checksum=sha256:00 http://x/y /a\n',
  'FROM scratch\nEXPOSE 99999\n',
  'FROM scratch\nEXPOSE 80/foo\n',
  'FROM scratch\nVOLUME [""]\n',
  'FROM scratch\nSTOPSIGNAL FOO\n',
  'FROM scratch\nHEALTHCHECK --interval=5 CMD x\n',
  'FROM scratch\nHEALTHCHECK NONE x\n',
  'FROM scratch\nONBUILD ONBUILD RUN a\n',
  'FROM scratch\nSHELL a\n',
  'FROM scratch\nWORKDIR\n',
  'FROM scratch\nCOPY --from=^x a /b\n',
  'FROM scratch\nCOPY --from=-1 a /b\n',
  'FROM scratch\nCOPY --from= a /b\n',
  'FROM scratch\nRUN --mount=type=bind,from=^x,target=/a b\n',
  'FROM scratch\nSTOPSIGNAL ["a"]\n',
  'FROM scratch\nEXPOSE 81-80\n',
  'FROM scratch\nEXPOSE $p/x\n',
  'FROM scratch\nHEALTHCHECK --interval= CMD a\n',
  'FROM scratch\nHEALTHCHECK --interval CMD a\n',
  'FROM scratch\nADD [ "a", "b"\n',
  'FROM scratch\nRUN --mount=a b\n',
  'FROM scratch\nENV a=${\n',
  'FROM scratch\nENV a=${b!c}\n',
  'FROM scratch\nENTRYPOINT\n',
  'FROM scratch\nEXPOSE 80/tcp/udp\n',
  'FROM scratch\nHEALTHCHECK --retries=1.0 CMD a\n',
  'FROM scratch\nHEALTHCHECK --start-period=-1s CMD a\n',
  'FROM scratch\nSHELL ["a",]\n',
  'FROM scratch\nLABEL a\n',
  'FROM scratch\nARG a="b c" d\n',
  'FROM scratch\nCOPY ["a"]\n',
  // What does not, though it may look like it.
  'FROM scratch\nCOPY --chmod=u+x a /a\nCOPY --chmod=07777 b /b\n',
  'FROM scratch\nSTOPSIGNAL TERM\nSTOPSIGNAL 99\nEXPOSE 80/\n',
  'FROM scratch\nHEALTHCHECK --interval=0s --retries=0 cmd x\n',
  'FROM scratch\nRUN --mount=type=tmpfs,target=/a,size=10m --mount=TYPE=cache,Target=/b,rw=true,ro a\n',
  'FROM scratch\nRUN\nRUN []\nCMD []\n',
  'FROM scratch\nENV A=b\\\n c=d\nENV "e f"=g\n',
  'FROM "scratch"\nARG A=b C\n',
  'FROM scratch\nARG a "b\n',
  'FROM scratch\nARG ${x=1\n',
  'FROM scratch\nARG \'\'\nLABEL ""=x\n',
  'FROM scratch\nEXPOSE +80\n',
  'FROM scratch\nRUN <<"" \n',
]

describe.runIf(engine !== undefined)('the checks of BuildKit', () => {
  const compare = async (text: string, dockerignore?: string): Promise<void> => {
    const theirs = await buildKit(text, dockerignore)
    const mine = ours(text, dockerignore)
    expect(mine.stops).toBe(theirs.stops)
    // A build that stops is not checked to its end.
    if (!theirs.stops) expect(withoutLineOfEmpty(mine.checks)).toEqual(withoutLineOfEmpty(theirs.checks))
  }

  test.concurrent.each(examples.filter(([, text]) => !elsewhere.includes(text)))(
    'agree on the example of %s: %j',
    (_id, text) => compare(text),
  )

  test.concurrent.each(texts)('agree on %j', (text) => compare(text))

  test('agree on what .dockerignore leaves out', async () => {
    await compare('# check=experimental=all\nFROM scratch\nCOPY a x/y /z/\nADD b /b\n', 'a\n**/y\n')
    await compare('# check=experimental=all\nFROM scratch\nCOPY a /z/\n', '*\n!a\n')
  })

  test.each([
    // The trigger is kept as it is, and stops the build that is made upon this image.
    ['FROM scratch\nONBUILD foo\n', { mine: true, theirs: false }],
    ['FROM scratch\nONBUILD COPY a\n', { mine: true, theirs: false }],
    // It builds, and nothing can run in the image.
    ['FROM scratch\nENV ""=a\n', { mine: true, theirs: false }],
    // Newer ones know the flag.
    ['FROM scratch\nCOPY --parents a /b/\n', { mine: false, theirs: true }],
  ])('differ from ours on %j', async (text, { mine, theirs }) => {
    expect([ours(text).stops, (await buildKit(text)).stops]).toEqual([mine, theirs])
  })

  // The page of the check calls an empty line between a way to say that the comment is no description, and shows it as the good
  // example; the parser of engine 28 keeps comments across empty lines, and reports it all the same. Ours follows the page.
  test.each([
    ['# wrong\n\nFROM scratch AS a\n', 'InvalidDefinitionDescription:4'],
    ['# wrong\r\n\r\nARG A\r\nFROM scratch\r\n', 'InvalidDefinitionDescription:4'],
    ['# a one\n\n# two\n \t\nFROM scratch AS a\n', 'InvalidDefinitionDescription:6'],
  ])('hold comments across empty lines for descriptions: %j', async (text, theirs) => {
    const asked = `# check=experimental=all\n${text}`
    expect([ours(asked).checks, (await buildKit(asked)).checks]).toEqual([[], [theirs]])
  })

  test('are content after fixing all', async () => {
    const text =
      'FROM busybox:1.36 as Build\nMAINTAINER Ann\nenv A b\nEXPOSE 80/TCP 81:82\nFROM busybox:1.36\nCOPY --from=Build /bin/sh /sh\nCMD ["a"]\nCMD b c\n'
    expect((await buildKit(text)).checks.length).toBeGreaterThan(5)
    expect(await buildKit(fixAllText(text))).toEqual({ checks: [], stops: false })
  })
})

/** BuildKit tells another line for empty lines than those are on. */
const withoutLineOfEmpty = (checks: readonly string[]): string[] =>
  checks.map((check) => (check.startsWith('NoEmpty') ? 'NoEmptyContinuation' : check))
