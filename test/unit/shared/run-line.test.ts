import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flags } from '../../../src/shared/docker-run/flags.ts'
import {
  parseRunLine,
  parseRunWords,
  printRunLine,
  runWords,
  type RunSpec,
} from '../../../src/shared/docker-run/run-line.ts'
import { commandLine, splitWords } from '../../../src/shared/shell-words.ts'

const read = (line: string): object => {
  const result = parseRunLine(line)
  return 'spec' in result
    ? { ...Object.fromEntries(result.spec.flags), image: result.spec.image, command: result.spec.command }
    : result.problem
}

describe('a line that people paste', () => {
  test.each<[string, object]>([
    ['docker run nginx', { image: 'nginx', command: [] }],
    [
      '$ sudo docker run -it --rm alpine:3.20 sh',
      { interactive: 'true', tty: 'true', rm: 'true', image: 'alpine:3.20', command: ['sh'] },
    ],
    [
      'docker run -d --name web -p 8080:80 -p=443:443 nginx',
      { detach: 'true', name: 'web', publish: ['8080:80', '443:443'], image: 'nginx', command: [] },
    ],
    ['docker container run -p80:80 x', { publish: ['80:80'], image: 'x', command: [] }],
    [
      'docker --context far run -e A=1 --env B="two words" x',
      { env: ['A=1', 'B=two words'], image: 'x', command: [] },
    ],
    ['docker run -itd x', { detach: 'true', interactive: 'true', tty: 'true', image: 'x', command: [] }],
    [
      'docker run \\\n  -v "$PWD":/app \\\n  node:22 npm test',
      { volume: ['$PWD:/app'], image: 'node:22', command: ['npm', 'test'] },
    ],
    ['docker run ^\r\n -m 512m ^\r\n x', { memory: '512m', image: 'x', command: [] }],
    [
      'docker run --entrypoint /bin/sh x -c "echo hi; exit 3"',
      { entrypoint: '/bin/sh', image: 'x', command: ['-c', 'echo hi; exit 3'] },
    ],
    [
      'docker run --net host --rm=false x # a remark',
      { network: ['host'], rm: 'false', image: 'x', command: [] },
    ],
    ['DOCKER_BUILDKIT=1 podman create --cpus 1.5 x; rm -rf /', { cpus: '1.5', image: 'x', command: [] }],
    ['docker run -- x', { image: 'x', command: [] }],
  ])('%s', (line, expected) => expect(read(line)).toEqual(expected))
})

describe('a line that says nothing sensible', () => {
  test.each<[string, object]>([
    ['', { code: 'notDockerRun', subject: '' }],
    ['docker build .', { code: 'notDockerRun', subject: 'docker' }],
    ['docker run', { code: 'noImage', subject: '' }],
    ['docker run --nmae x y', { code: 'unknownFlag', subject: '--nmae' }],
    ['docker run -y x', { code: 'unknownFlag', subject: '-y' }],
    ['docker run x --name', { image: 'x', command: ['--name'] }],
    ['docker run --name', { code: 'missingValue', subject: '--name' }],
    ['docker run -m lots x', { code: 'badValue', subject: '-m lots' }],
    ['docker run "x', { code: 'unclosedQuote', subject: '"x' }],
  ])('%s', (line, expected) => expect(read(line)).toEqual(expected))
})

const word = fc.string({
  minLength: 1,
  unit: fc.constantFrom(
    'a',
    '0',
    ' ',
    "'",
    '"',
    '\\',
    '$',
    '`',
    '-',
    '=',
    ':',
    '\n',
    '#',
    ';',
    '漢',
    '!',
    '*',
  ),
})
const values: Record<string, fc.Arbitrary<string>> = {
  boolean: fc.constantFrom('true', 'false'),
  string: word,
  integer: fc.integer({ min: -5, max: 5000 }).map(String),
  decimal: fc.constantFrom('0.5', '2', '1.25'),
  bytes: fc.constantFrom('512m', '1g', '-1', '1048576'),
  duration: fc.constantFrom('1m30s', '500ms', '2h'),
}
const specs: fc.Arbitrary<RunSpec> = fc.record({
  flags: fc
    .subarray([...flags])
    .chain((chosen) =>
      fc.tuple(
        ...chosen.map((flag) =>
          (flag.kind === 'list' ? fc.array(word, { minLength: 1, maxLength: 3 }) : values[flag.kind]!).map(
            (value) => [flag, value] as const,
          ),
        ),
      ),
    )
    // What is so anyway is not printed.
    .map(
      (pairs) =>
        new Map(
          pairs
            .filter(
              ([flag, value]) => value !== (flag.standard ?? (flag.kind === 'boolean' ? 'false' : undefined)),
            )
            .map(([flag, value]) => [flag.name, value]),
        ),
    ),
  image: word,
  command: fc.array(fc.string({ unit: 'grapheme' }), { maxLength: 3 }),
})

test('what is printed reads back as the same, whatever it holds', () => {
  const property = fc.property(specs, (spec) => {
    expect(parseRunWords(runWords(spec))).toEqual({ spec })
    expect(parseRunLine(printRunLine(spec))).toEqual({ spec, unexpanded: [] })
  })
  fc.assert(property, { seed: 7, numRuns: 300 })
})

test('any words survive quoting', () => {
  const property = fc.property(fc.array(fc.string({ unit: 'binary' })), (words) => {
    expect(splitWords(commandLine(words))).toEqual({ words, rest: '' })
  })
  fc.assert(property, { seed: 11, numRuns: 500 })
})

test('any line is read without a throw', () => {
  const property = fc.property(
    fc.string({
      unit: fc.constantFrom('docker', 'run', ' ', '-', '--', 'e', '=', '"', "'", '\\', '\n', 'name', '$'),
    }),
    (line) => void parseRunLine(`docker run ${line}`),
  )
  fc.assert(property, { seed: 3, numRuns: 500 })
})
