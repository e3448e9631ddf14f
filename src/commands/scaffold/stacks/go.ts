import { isHugo } from './hugo.ts'
import { configuredPort } from '../configured-port.ts'
import {
  first,
  foldersWith,
  nameOf,
  portIn,
  syntax,
  type Folder,
  type Project,
  type Stack,
} from '../project.ts'

const listens = /(?:ListenAndServe(?:TLS)?|\.(?:Run|Start|Listen)|Addr:)\(?\s*"[\w.]*:(\d{2,5})"/
/** What it listens on unless it is told another: a constant, a flag, the default of a variable. */
const otherwise =
  /(?:^|[\s"(]|http|server|listen|default|app)_?(?:port|addr(?:ess)?)["']?\)?\s*(?::?=|,)\s*"?(?:[\w.]*:)?(\d{2,5})\b/im

const isCode = (name: string): boolean => /\.go$/.test(name) && !/_test\.go$/.test(name)

/** The program's own files; then those that programs share, for it may listen there. */
function portOf(folder: Folder, program: string, programs: readonly string[]): number {
  const own = (name: string): boolean =>
    isCode(name) && name.slice(0, Math.max(0, name.lastIndexOf('/'))) === program
  const shared = (name: string): boolean =>
    isCode(name) && !own(name) && !programs.some((each) => each !== '' && name.startsWith(`${each}/`))
  for (const [code, pattern] of [
    [own, listens],
    [own, otherwise],
    [shared, listens],
  ] as const) {
    const port = portIn(folder, code, pattern, 0)
    if (port > 0) return port
  }
  return configuredPort(folder, '') ?? portIn(folder, shared, otherwise, 8080)
}

function at(folder: Folder, program: string, programs: readonly string[]): Project {
  return {
    stack: 'go',
    name: nameOf(folder, program),
    // The image takes no other version than its own.
    version: first(folder, ['go.mod'], /^go\s+(\d+\.\d+)/m) ?? '1.25',
    port: portOf(folder, program, programs),
    member: '',
    manager: 'none',
    entry: program === '' ? '.' : `./${program}`,
    runner: 'none',
  }
}

/** Whether a file of a folder has the program: by its text, or by its name where that was not read. */
function isMain({ text }: Folder, member: string, name: string): boolean {
  if (!isCode(name) || name.slice(0, Math.max(0, name.lastIndexOf('/'))) !== member) return false
  const code = text(name)
  if (/(?:^|\/)main\.go$/.test(name))
    return member === '' || /^package\s+main\b/m.test(code ?? 'package main')
  return /^package\s+main\b/m.test(code ?? '') && /^func\s+main\s*\(/m.test(code ?? '')
}

export const go: Stack = {
  id: 'go',
  title: 'Go',
  plain: (folder) => at(folder, '', ['']),
  detect(folder) {
    if (!folder.names.includes('go.mod')) return []
    const programs = [...new Set(foldersWith(folder, /^[^/]+\.go$/))].filter((member) =>
      folder.names.some((name) => isMain(folder, member, name)),
    )
    const [only] = programs
    // Hugo asks for its themes as modules of Go.
    if (only === undefined && isHugo(folder)) return []
    if (only === undefined) return [at(folder, '', [''])]
    // The only program is called as its folder is.
    if (programs.length === 1) return [{ ...at(folder, only, programs), name: nameOf(folder, '') }]
    return programs.map((program) => at(folder, program, programs))
  },
  dockerfile: ({ version, port, entry }) => `${syntax}FROM golang:${version}-alpine AS build
WORKDIR /src
COPY go.mod go.sum* ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \\
    CGO_ENABLED=0 go build -ldflags="-s -w" -o /app ${entry}

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /app /app
EXPOSE ${port}
ENTRYPOINT ["/app"]
`,
  ignored: () => ['bin', '*.test'],
}
