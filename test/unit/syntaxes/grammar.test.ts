import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, describe, expect, test } from 'vitest'
import type * as Oniguruma from 'vscode-oniguruma'
import type * as Textmate from 'vscode-textmate'
import type { IGrammar, IRawGrammar } from 'vscode-textmate'
import { contributes } from '../../../src/language/contributes.ts'

const require = createRequire(import.meta.url)
const textmate = require('vscode-textmate') as typeof Textmate
const oniguruma = require('vscode-oniguruma') as typeof Oniguruma

/** What VS Code's own grammars do, in small: ours is laid over the first and takes the others in. */
const grammars: Readonly<Record<string, Omit<IRawGrammar, 'repository'>>> = {
  'source.dockerfile': {
    scopeName: 'source.dockerfile',
    patterns: [
      { match: '^\\s*#.*$', name: 'comment.line' },
      {
        match: '^\\s*(?i:ADD|ARG|CMD|COPY|ENV|EXPOSE|FROM|LABEL|RUN|USER|VOLUME|WORKDIR)\\s',
        name: 'keyword.base',
      },
      { begin: '"', end: '"', name: 'string.base' },
    ],
  },
  'source.shell': {
    scopeName: 'source.shell',
    patterns: [
      { match: '(?<=^|\\s|;)(if|then|fi|do|done)\\b', name: 'keyword.shell' },
      { begin: '"', end: '"', name: 'string.shell' },
      { match: '#.*$', name: 'comment.shell' },
      { match: '\\$\\w+', name: 'variable.shell' },
    ],
  },
  'source.python': {
    scopeName: 'source.python',
    patterns: [{ match: '\\bimport\\b', name: 'keyword.python' }],
  },
  'source.json': { scopeName: 'source.json', patterns: [{ match: '\\btrue\\b', name: 'constant.json' }] },
}
const read = (path: string): IRawGrammar => textmate.parseRawGrammar(readFileSync(path, 'utf8'), path)

let dockerfile: IGrammar
let dockerignore: IGrammar
beforeAll(async () => {
  await oniguruma.loadWASM(readFileSync(require.resolve('vscode-oniguruma/release/onig.wasm')))
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (sources) => new oniguruma.OnigScanner(sources),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: (scope) => {
      const ours = contributes.grammars.find(({ scopeName }) => scopeName === scope)
      if (ours !== undefined) return Promise.resolve(read(ours.path))
      return Promise.resolve((grammars[scope] as IRawGrammar | undefined) ?? null)
    },
    getInjections: (scope) => (scope === 'source.dockerfile' ? ['dockerfile.quayside.injection'] : undefined),
  })
  dockerfile = (await registry.loadGrammar('source.dockerfile'))!
  dockerignore = (await registry.loadGrammar('source.dockerignore'))!
})

/** The scopes at the first place of each word, without the one of the whole file. */
function scopesOf(grammar: IGrammar, text: string, ...words: string[]): string[] {
  let state = textmate.INITIAL
  const found = new Map<string, string>()
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, state)
    state = ruleStack
    for (const word of words) {
      const at = line.indexOf(word)
      const token =
        at < 0 ? undefined : tokens.find(({ startIndex, endIndex }) => startIndex <= at && at < endIndex)
      if (token !== undefined && !found.has(word)) found.set(word, token.scopes.slice(1).join(' '))
    }
  }
  return words.map((word) => found.get(word) ?? 'none')
}
const scopes = (text: string, ...words: string[]): string[] => scopesOf(dockerfile, text, ...words)

describe('Dockerfile grammar', () => {
  test('directives', () => {
    expect(scopes('# syntax=docker/dockerfile:1\n# plain', 'syntax', 'docker/', 'plain')).toEqual([
      'meta.directive.dockerfile keyword.control.directive.dockerfile',
      'meta.directive.dockerfile string.unquoted.directive.dockerfile',
      'comment.line',
    ])
  })

  test('FROM', () => {
    expect(scopes('FROM --platform=$P node:20 AS build', '--platform', 'node', 'AS', 'build')).toEqual([
      'variable.parameter.flag.dockerfile',
      'entity.name.type.image.dockerfile',
      'keyword.other.special-method.dockerfile',
      'entity.name.class.stage.dockerfile',
    ])
  })

  test('shell in RUN goes on over continued lines and comments, and ends with the instruction', () => {
    const text =
      'RUN --mount=type=cache,target=/x if true; \\\n  # note\n\n  then a "b"; fi\nUSER me\nrun "x" \\\n done\nCOPY if then'
    expect(
      scopes(text, '--', 'mount', 'target', 'if', 'note', 'then', '"b"', 'USER', 'done', 'COPY'),
    ).toEqual([
      'meta.embedded.block.shellscript punctuation.definition.parameter.dockerfile',
      'meta.embedded.block.shellscript variable.parameter.flag.dockerfile',
      'meta.embedded.block.shellscript string.unquoted.flag.dockerfile support.type.property-name.dockerfile',
      'meta.embedded.block.shellscript keyword.shell',
      'meta.embedded.block.shellscript comment.line.number-sign.dockerfile',
      'meta.embedded.block.shellscript keyword.shell',
      'meta.embedded.block.shellscript string.shell',
      'keyword.base',
      'meta.embedded.block.shellscript keyword.shell',
      'keyword.base',
    ])
  })

  test('a string that does not close ends with the next instruction', () => {
    expect(scopes('RUN echo "open\nEXPOSE 80', 'open', 'EXPOSE')).toEqual([
      'meta.embedded.block.shellscript string.shell',
      'keyword.base',
    ])
  })

  test('heredocs by the program that reads them', () => {
    expect(scopes('RUN <<EOF\nif x\nFROM y\nEOF\nUSER z', 'EOF', 'if', 'FROM', 'USER')).toEqual([
      'keyword.control.heredoc-token.dockerfile',
      'meta.embedded.block.shellscript keyword.shell',
      'meta.embedded.block.shellscript',
      'keyword.base',
    ])
    expect(scopes('RUN python3 <<-"X"\nimport os\n\tX\nUSER z', 'import', 'USER')).toEqual([
      'meta.embedded.block.python keyword.python',
      'keyword.base',
    ])
    expect(scopes('COPY <<EOF /a.json\ntrue\nEOF\nUSER z', 'true', 'USER')).toEqual([
      'meta.embedded.block.json constant.json',
      'keyword.base',
    ])
    expect(scopes('COPY <<EOF /a\nx ${VAR}\nEOF', 'x', 'VAR')).toEqual([
      'string.unquoted.heredoc.dockerfile',
      'string.unquoted.heredoc.dockerfile variable.other.dockerfile',
    ])
    expect(scopes('RUN cat <<< x\nUSER z', 'USER')).toEqual(['keyword.base'])
  })

  test('exec form, shell form, flags, pairs and variables', () => {
    expect(scopes('CMD ["a", "b\\n"]', '[', '"a"', '\\n')).toEqual([
      'punctuation.definition.array.dockerfile',
      'string.quoted.double.dockerfile',
      'string.quoted.double.dockerfile constant.character.escape.dockerfile',
    ])
    expect(scopes('HEALTHCHECK --interval=5s CMD if x', 'HEALTHCHECK', 'interval', 'CMD', 'if')).toEqual([
      'keyword.other.special-method.dockerfile',
      'variable.parameter.flag.dockerfile',
      'keyword.other.special-method.dockerfile',
      'meta.embedded.block.shellscript keyword.shell',
    ])
    expect(scopes('COPY --from=build $A ${B:-c} \\', 'from', '$', 'B', '\\')).toEqual([
      'variable.parameter.flag.dockerfile',
      'punctuation.definition.variable.dockerfile',
      'variable.other.dockerfile',
      'constant.character.escape.line-continuation.dockerfile',
    ])
    expect(scopes('ENV A=1', 'A', '=')).toEqual([
      'variable.other.assignment.dockerfile',
      'keyword.operator.assignment.dockerfile',
    ])
  })
})

test('ignore files', () => {
  expect(scopesOf(dockerignore, '# note\n!keep\n**/*.log\n a[^b]', 'note', '!', '**', '[')).toEqual([
    'comment.line.number-sign.dockerignore',
    'keyword.operator.logical.not.dockerignore',
    'keyword.operator.glob.recursive.dockerignore',
    'string.regexp.character-class.dockerignore punctuation.definition.character-class.dockerignore',
  ])
})

test('what is contributed is there', () => {
  for (const { configuration } of contributes.languages)
    expect(JSON.parse(readFileSync(configuration, 'utf8'))).toHaveProperty('comments')
})
