import { defineRule } from '../define-rule.ts'
import { operands } from '../facts/arguments.ts'
import { type Install, unpinned } from '../facts/installs.ts'

const valueOptions = [
  'C',
  'o',
  'p',
  'mod',
  'tags',
  'ldflags',
  'gcflags',
  'asmflags',
  'exec',
  'modfile',
  'overlay',
]

export default defineRule({
  id: 'pin-go-packages',
  aliases: ['DL3062'],
  severity: 'warning',
  summary: 'Module of `go install`, `go get` or `go run` without a version',
  why: 'Without a version, or with `@latest`, the same Dockerfile builds other code on another day.',
  examples: [
    {
      bad: 'FROM golang:1.22\nRUN «go install» golang.org/x/tools/cmd/stringer@latest\nRUN «go get» example.com/a\n',
      good: 'FROM golang:1.22\nRUN go install golang.org/x/tools/cmd/stringer@v0.20.0 && go run . && go run main.go && go install ./... && go get -d\n',
    },
  ],
  *check(_doc, context) {
    const installs: Install[] = []
    for (const entry of context.commands('go')) {
      const args = operands({ ...entry.command, args: longOptions(entry.command.args) }, valueOptions)
      const [verb, ...rest] = args
      if (!verb || !['install', 'get', 'run'].includes(verb.text)) continue
      // What follows the first package of `go run` are arguments of the program.
      const first = rest.slice(0, verb.text === 'run' ? 1 : undefined)
      installs.push({ ...entry, verb, packages: first })
    }
    yield* unpinned(installs, isPinned, '`module@version`')
  },
})

/** Options of Go have one dash: `-ldflags value`. */
function longOptions<T extends { readonly text: string }>(args: readonly T[]): T[] {
  return args.map((argument) =>
    /^-[a-z]{2,}/.test(argument.text) ? { ...argument, text: `-${argument.text}` } : argument,
  )
}

const isPinned = (name: string): boolean =>
  /@(?!latest$|upgrade$|master$|main$).+/.test(name) || /^[./~]|\.go$|\.\.\.|^(std|cmd|all|tool)$/.test(name)
