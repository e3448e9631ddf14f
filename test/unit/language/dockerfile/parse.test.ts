import { describe, expect, test } from 'vitest'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import { dump } from './dump.ts'

const lines = (...text: string[]): string => text.join('\n')
const problems = (text: string): string[] =>
  parseDockerfile(text).problems.map(({ code, range }) => `${code} «${text.slice(range.start, range.end)}»`)

describe('directives', () => {
  test('count only at the very top, in any case, with space around', () => {
    const doc = parseDockerfile(
      '# SYNTAX = docker/dockerfile:1 \n#escape=`\n# check=skip=all\n\n# escape=\\\nRUN a `\n b',
    )
    expect(doc.directives.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'syntax=docker/dockerfile:1',
      'escape=`',
      'check=skip=all',
    ])
    expect(doc.comments.map(({ text }) => text)).toEqual(['escape=\\'])
    expect(doc.escape).toBe('`')
    expect(dump(doc.text)).toEqual(['RUN sh(a  b)'])
  })

  test.each([
    ['after a comment', '# hello\n# escape=`\nRUN a\\\nb'],
    ['after an empty line', '\n# escape=`\nRUN a\\\nb'],
    ['after an unknown one', '# other=1\n# escape=`\nRUN a\\\nb'],
    ['after a shebang', '#!/bin/x\n# escape=`\nRUN a\\\nb'],
  ])('escape %s is a comment or has no effect', (_, text) => {
    expect(dump(text)).toEqual(['RUN sh(ab)'])
  })

  test('syntax counts after a shebang', () => {
    expect(parseDockerfile('#!/bin/x\n# syntax=a/b\nFROM x').directives.map(({ value }) => value)).toEqual([
      'a/b',
    ])
  })

  test('a byte order mark is no part of the first line', () => {
    expect(parseDockerfile('\uFEFF# escape=`\nFROM x').escape).toBe('`')
    expect(dump('\uFEFFFROM x')).toEqual(['FROM [x]'])
  })

  test('twice or with a bad value they stop BuildKit', () => {
    expect(problems('# escape=`\n# escape=`\nFROM x')).toEqual(['duplicateDirective «# escape=`»'])
    expect(problems('# escape=x\nFROM x')).toEqual(['invalidEscape «x»'])
  })
})

describe('continued lines', () => {
  test('leave out comments and empty lines, keep indentation', () => {
    expect(dump('RUN a && \\\n  # why\n\n\t # not\n    b \\  \n c')).toEqual(['RUN sh(a &&     b  c)'])
  })

  test('note what was left out', () => {
    const [run] = parseDockerfile('RUN a \\\n # why \n\n b').instructions
    expect(run!.comments.map(({ text }) => text)).toEqual(['why'])
    expect(run!.emptyLines).toEqual([{ start: 16, end: 16 }])
  })

  test('end at two escape characters and at other characters behind one', () => {
    expect(dump('RUN a \\\\\nRUN b \\ c\nRUN d')).toEqual(['RUN sh(a \\\\)', 'RUN sh(b \\ c)', 'RUN sh(d)'])
  })

  test('may start with nothing, end with the file, and have CRLF', () => {
    expect(dump('\\\n RUN a\\\r\n  b\\')).toEqual(['RUN sh(a  b)'])
    expect(dump('\\\n')).toEqual([])
  })

  test('a lone CR is no line end to BuildKit', () => {
    expect(dump('RUN a\rb\nRUN c')).toEqual(['RUN sh(a\rb)', 'RUN sh(c)'])
  })
})

describe('instructions', () => {
  test.each([
    [
      'FROM --platform=$BUILDPLATFORM  a:${V:-1}  AS  b',
      'FROM --platform=$BUILDPLATFORM [a:${V:-1}] [AS] [b] $BUILDPLATFORM $V:-1',
    ],
    [
      'run --mount=type=cache,target="/a b" --network=none x',
      'RUN --mount=type=cache,target=/a b --network=none sh(x)',
    ],
    ['RUN -- --x', 'RUN sh(--x)'],
    ['COPY --link --from=b a "b c" d/', 'COPY --link --from=b [a] ["b] [c"] [d/]'],
    ['COPY ["a b", "c"]', 'COPY json:valid [a b] [c]'],
    ['COPY [a, b] c', 'COPY json:broken [[a,] [b]] [c]'],
    ['CMD ["a", "\\u0062\\n"]', 'CMD json:valid [a] [b\n]'],
    ["CMD ['a']", "CMD json:broken sh(['a'])"],
    ['CMD', 'CMD'],
    ['ENTRYPOINT []', 'ENTRYPOINT json:valid'],
    ['ENV a=1 b="x y" c=\'d "e\' f\\ g=h i=', 'ENV {a=1} {b="x y"} {c=\'d "e\'} {f\\ g=h} {i=}'],
    ['ENV a  b=c  d', 'ENV {a b=c  d}'],
    ['LABEL "a b"="c" d.e=f', 'LABEL {"a b"="c"} {d.e=f}'],
    ['ARG A B=1', 'ARG {A} {B=1}'],
    ['EXPOSE 80/tcp $P', 'EXPOSE [80/tcp] [$P] $P'],
    ['USER a b', 'USER [a b]'],
    ['HEALTHCHECK --interval=5s CMD curl $X', 'HEALTHCHECK --interval=5s [CMD] sh(curl $X) sh:$X'],
    ['HEALTHCHECK NONE', 'HEALTHCHECK [NONE]'],
    ['SHELL ["bash", "-c"]', 'SHELL json:valid [bash] [-c]'],
    ['ONBUILD COPY --from=a b c', 'ONBUILD → COPY --from=a [b] [c]'],
    ['ONBUILD ONBUILD RUN x', 'ONBUILD → ONBUILD'],
    ['FORM x', 'FORM'],
    ['VOLUME /a /b', 'VOLUME [/a] [/b]'],
  ])('%s', (text, expected) => {
    expect(dump(text)).toEqual([expected])
  })

  test('are counted by stage', () => {
    const doc = parseDockerfile('ARG A\nFROM a AS One\nRUN b\nfrom one\nONBUILD FROM x\n')
    expect(doc.instructions.map(({ name, stage }) => `${name} ${stage}`)).toEqual([
      'ARG -1',
      'FROM 0',
      'RUN 0',
      'FROM 1',
      'ONBUILD 1',
    ])
    expect(doc.preamble.map(({ name }) => name)).toEqual(['ARG'])
    expect(doc.stages.map(({ name, base, baseStage }) => [name, base, baseStage])).toEqual([
      ['One', 'a', undefined],
      [undefined, 'one', 0],
    ])
  })

  test('know the comments above them', () => {
    const doc = parseDockerfile('# a\n#\n# b\n\n# c\nFROM x\nRUN y')
    expect(doc.instructions.map(({ commentsAbove }) => commentsAbove.map(({ text }) => text))).toEqual([
      ['b', 'c'],
      [],
    ])
  })
})

describe('heredocs', () => {
  test.each([
    ['plain', 'RUN <<EOF\na $X\nEOF', 'RUN sh(<<EOF) <<EOF="a $X\\n" sh:$X'],
    ['empty', 'RUN <<EOF\nEOF', 'RUN sh(<<EOF) <<EOF=""'],
    ['descriptor', 'RUN 3<<EOF\nEOF', 'RUN sh(3<<EOF) <<EOF#3=""'],
    ['chomp', 'RUN <<-EOF\n\ta\n\t\tEOF', 'RUN sh(<<-EOF) <<-EOF="\\ta\\n"'],
    ['quoted', 'COPY <<"EOF" /a\n$X\nEOF', 'COPY [<<"EOF"] [/a] <<\'EOF\'="$X\\n"'],
    ['quoted in part', "RUN <<eo'f'\neof", "RUN sh(<<eo'f') <<'eof'=\"\""],
    ['escaped quote', "RUN <<eo\\'f\neo'f", 'RUN sh(<<eo\\\'f) <<eo\'f=""'],
    ['name with a space', "RUN <<'one two'\none two", "RUN sh(<<'one two') <<'one two'=\"\""],
    ['space before the name', 'RUN <<  EOF > foo\nEOF', 'RUN sh(<<  EOF > foo) <<EOF=""'],
    ['space and quotes', 'RUN << "EOF"\nEOF', 'RUN sh(<< "EOF") <<\'EOF\'=""'],
    ['several', 'COPY <<X <<Y /d\nY\nX\nX\nY', 'COPY [<<X] [<<Y] [/d] <<X="Y\\n" <<Y="X\\n"'],
    ['variable as name', 'RUN <<$EOF\n$EOF', 'RUN sh(<<$EOF) <<$EOF="" sh:$EOF'],
    [
      'with flags',
      'RUN --mount=type=cache,target=/foo <<M\nx\nM',
      'RUN --mount=type=cache,target=/foo sh(<<M) <<M="x\\n"',
    ],
    ['interpreter', 'RUN python3 <<E\n$X\nE', 'RUN sh(python3 <<E) <<E="$X\\n" sh:$X'],
    [
      'foreign shebang',
      'RUN <<E\n#!/usr/bin/env python3\n$X\nE',
      'RUN sh(<<E) <<E="#!/usr/bin/env python3\\n$X\\n"',
    ],
    ['CRLF', 'RUN <<E\r\na\r\nE\r\n', 'RUN sh(<<E) <<E="a\\r\\n"'],
    [
      'file for COPY',
      'COPY <<a.txt /d\n"$X" \'${Y}\'\na.txt',
      'COPY [<<a.txt] [/d] <<a.txt="\\"$X\\" \'${Y}\'\\n" $X $Y',
    ],
    ['not closed', 'RUN <<E\na\n', 'RUN sh(<<E) <<E="a\\n"…'],
    ['ONBUILD', 'ONBUILD RUN <<E\n$A\nE', 'ONBUILD → RUN sh(<<E) <<E="$A\\n" sh:$A'],
    ['continued', 'RUN a \\\n <<E\nb \\\nE\n', 'RUN sh(a  <<E) <<E="b \\\\\\n"'],
  ])('%s', (_, text, expected) => {
    expect(dump(text)).toEqual([expected])
  })

  test.each([
    ['quoted operator', 'RUN "<<E"\nRUN b'],
    ['JSON form', 'RUN ["<<E"]\nRUN b'],
    ['here-string', 'RUN a <<<E\nRUN b'],
    ['glued to a word', 'RUN cat<<E\nRUN b'],
    ['another instruction', 'USER <<E\nRUN b'],
    ['open quote in the line', "RUN don't <<E\nRUN b"],
    ['substitution that BuildKit cannot read', 'RUN ${X^^} <<E\nRUN b'],
  ])('%s opens none', (_, text) => {
    expect(
      parseDockerfile(text)
        .instructions.map(({ name, heredocs }) => `${name}${heredocs.length}`)
        .at(1),
    ).toBe('RUN0')
  })

  test('a comment or an instruction in a body is none', () => {
    const doc = parseDockerfile('RUN <<E\n# no\nFROM x\nE\n# yes\nRUN b')
    expect(doc.comments.map(({ text }) => text)).toEqual(['yes'])
    expect(doc.instructions.map(({ name }) => name)).toEqual(['RUN', 'RUN'])
  })
})

describe('variables', () => {
  test('in all forms of BuildKit', () => {
    const text = 'WORKDIR ${a:-$b}${c-x}${d:+y}${e+}${f:?no}${g?}${h#p}${i##p}${j%p}${k%%p}${l/a/$m}${n//a/b}'
    expect(dump(text)[0]).toContain('$a:-$b $b $c-x $d:+y $e+ $f:?no $g? $h#p $i##p $j%p $k%%p $l/a $m $n//a')
    expect(problems(text)).toEqual([])
  })

  test('by BuildKit: double quotes and nothing after an escape or in single quotes', () => {
    expect(dump('ENV A="$b" C=\'$d\' E=\\$f G="\\$h${i}"')[0]).toMatch(/ \$b \$i$/)
  })

  test.each([
    ['$a ${b} "$c" \'$d\' \\$e', 'sh:$a sh:$b sh:$c'],
    ['$(cmd $a "$(x \'$b\' "$c")" $d) $e', 'sh:$a sh:$c sh:$d sh:$e'],
    ['"it\'s $a" `b $c` $1 $@ $? $', 'sh:$a sh:$c'],
    ["awk '{print $1}' $x # $y", 'sh:$x'],
    ['${#a} ${b[0]} ${c^^} ${d:1:2} ${!e}', 'sh:$a sh:$b[0] sh:$c^^ sh:$d:1:2 sh:$e'],
    ['a#$b $((c + $d)) "${e:-"$f"}"', 'sh:$b sh:$d sh:$e:-"$f" sh:$f'],
    ["$'\\'$a' $b", 'sh:$b'],
  ])('by the shell: %s', (script, expected) => {
    expect(dump(`RUN ${script}`)).toEqual([`RUN sh(${script}) ${expected}`])
  })

  test('are none in PowerShell, in a quoted heredoc for COPY, or in an exec form without a shell', () => {
    expect(
      dump(lines('FROM x', 'SHELL ["powershell"]', 'RUN $a', 'FROM y', 'RUN $b')).map((line) =>
        line.split(' ').at(-1),
      ),
    ).toEqual(['[x]', '[powershell]', 'sh($a)', '[y]', 'sh:$b'])
    expect(dump('CMD ["a", "$b"]')).toEqual(['CMD json:valid [a] [$b]'])
    expect(dump('CMD ["sh", "-c", "a $b"]')).toEqual(['CMD json:valid [sh] [-c] [a $b] sh:$b'])
  })

  test.each([
    ['ENV A=${', 'unterminatedSubstitution «${»'],
    ['ENV A=${b', 'unterminatedSubstitution «${b»'],
    ['ENV A=${b:-', 'unterminatedSubstitution «»'],
    ['ENV A=${}', 'badSubstitution «${}»'],
    ['ENV A=${b^c}', 'unsupportedModifier «^»'],
    ['ENV A=${b:=c}', 'unsupportedModifier «:=»'],
    ['ENV A="b', 'unterminatedQuote «"b»'],
    ['ENV A=1 b', 'missingEquals «b»'],
    ['LABEL a', 'missingValue «a»'],
    ['CMD ["a", 1]', 'jsonNotStrings «["a", 1]»'],
    ['RUN <<E\n', 'unterminatedHeredoc «<<E»'],
    ['RUN <<"E\n', ''],
    ["RUN ${b^^} '", ''],
  ])('%s', (text, expected) => {
    expect(problems(text)).toEqual(expected === '' ? [] : [expected])
  })
})
