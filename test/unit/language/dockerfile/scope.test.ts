import { describe, expect, test } from 'vitest'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import { scopesOf } from '../../../../src/language/dockerfile/scope.ts'

/** What the last instruction's arguments become. */
function expanded(...lines: string[]): string | undefined {
  const doc = parseDockerfile(lines.join('\n'))
  const last = doc.instructions.at(-1)!
  return scopesOf(doc).expand(last, last.args.at, last.args.end)
}

describe('values', () => {
  test.each([
    ['$A-${A}', 'foo/bar.c-foo/bar.c'],
    ['\'$A\' "$A" \\$A', '$A foo/bar.c $A'],
    ['${A:-x} ${E:-x} ${U:-x}', 'foo/bar.c x x'],
    ['${A-x} ${E-x} ${U-x}', 'foo/bar.c  x'],
    ['${A:+x} ${E:+x} ${U:+x}.', 'x  .'],
    ['${A+x} ${E+x} ${U+x}.', 'x x .'],
    ['${U:-${U:-${A}}}', 'foo/bar.c'],
    ['${A#*o} ${A##*o} ${A#x}', 'o/bar.c /bar.c foo/bar.c'],
    ['${A%.*} ${A%%/*} ${A%?}', 'foo/bar foo foo/bar.'],
    ['${A/o/0} ${A//o/0} ${A//\\//_} ${A/b*c/x}', 'f0o/bar.c f00/bar.c foo_bar.c foo/x'],
    ['${U#x}|${U?}', '|'],
    ['"a  b"\'c\'', 'a  bc'],
  ])('%s', (text, value) => {
    expect(expanded('FROM scratch', 'ENV A=foo/bar.c E=""', `WORKDIR ${text}`)).toBe(value)
  })

  test('of an image that is not in the file are unknown', () => {
    expect(expanded('FROM node', 'WORKDIR $HOME/x')).toBeUndefined()
    expect(expanded('FROM scratch', 'WORKDIR $HOME/x')).toBe('/x')
    expect(expanded('FROM scratch', 'ENV PATH=$PATH:/x', 'WORKDIR $PATH')).toBeUndefined()
  })

  test('an ENV sees the values from before it', () => {
    expect(expanded('FROM scratch', 'ENV a=hi', 'ENV a=bye d=$a', 'ENV e=$a', 'WORKDIR $d $e')).toBe('hi bye')
  })

  test('values that double with every line are given up', () => {
    const doubling = Array.from({ length: 100 }, () => 'ENV A=$A$A')
    expect(expanded('FROM scratch', 'ENV A=xx', ...doubling, 'WORKDIR $A')).toBeUndefined()
  })
})

describe('scopes', () => {
  test('FROM sees the ARGs before the first one, and the platform', () => {
    expect(expanded('ARG V=1', 'ARG W=$V.2', 'FROM a:$W')).toBe('a:1.2')
    expect(expanded('ARG V=1', 'FROM a', 'ARG W=2', 'ENV X=3', 'FROM b:$V$W$X')).toBe('b:1')
    expect(expanded('FROM a-$BUILDARCH')).toBeUndefined()
  })

  test('a stage sees a global ARG only after it names it', () => {
    expect(expanded('ARG V=1', 'FROM scratch', 'WORKDIR $V')).toBe('')
    expect(expanded('ARG V=1', 'FROM scratch', 'ARG V', 'WORKDIR $V')).toBe('1')
    expect(expanded('ARG V=1', 'FROM scratch', 'ARG V=2', 'WORKDIR $V')).toBe('2')
    expect(expanded('ARG V=1', 'FROM scratch', 'ARG V', 'FROM scratch', 'WORKDIR $V')).toBe('')
  })

  test('ENV counts before ARG, wherever they stand', () => {
    expect(expanded('FROM scratch', 'ENV V=env', 'ARG V=arg', 'WORKDIR $V')).toBe('env')
    expect(expanded('FROM scratch', 'ARG V=arg', 'ENV V=env', 'WORKDIR $V')).toBe('env')
    expect(expanded('FROM scratch', 'ARG V=arg', 'ENV V=${V}2', 'WORKDIR $V')).toBe('arg2')
  })

  test('a stage built upon another one inherits, also by way of a variable', () => {
    expect(expanded('FROM scratch AS a', 'ENV V=1', 'FROM a AS b', 'FROM B', 'WORKDIR $V')).toBe('1')
    expect(expanded('ARG BASE=a', 'FROM scratch AS a', 'ENV V=1', 'FROM $BASE', 'WORKDIR $V')).toBe('1')
    expect(expanded('FROM scratch AS a', 'ENV V=1', 'FROM scratch', 'WORKDIR $V')).toBe('')
  })

  test('what is defined later does not count', () => {
    expect(expanded('FROM scratch', 'ENV A=$V', 'ENV V=1', 'WORKDIR $A')).toBe('')
  })

  test('ONBUILD is seen by later triggers only', () => {
    const doc = parseDockerfile(
      'FROM scratch\nONBUILD ARG V=1\nARG W=1\nENV X=1\nWORKDIR $V$W$X\nONBUILD WORKDIR $V$W$X',
    )
    const scopes = scopesOf(doc)
    const [plain, onbuild] = [doc.instructions[4]!, doc.instructions[5]!.trigger!]
    const names = ['V', 'W', 'X']
    expect(names.map((name) => scopes.find(name, plain) !== undefined)).toEqual([false, true, true])
    expect(names.map((name) => scopes.find(name, onbuild) !== undefined)).toEqual([true, false, true])
  })

  test('lists what an instruction sees', () => {
    const doc = parseDockerfile('ARG G\nFROM x AS a\nENV A=1\nFROM a\nARG G\nENV B=1 A=2\nRUN x\nENV C=1')
    const scopes = scopesOf(doc)
    expect(
      scopes
        .visible(doc.instructions[6]!)
        .map(({ name, stage }) => `${name}${stage}`)
        .sort(),
    ).toEqual(['A1', 'B1', 'G1'])
    expect(scopes.visible(doc.instructions[1]!).map(({ name }) => name)).toEqual(['G'])
  })
})
