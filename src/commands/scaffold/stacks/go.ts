import { isHugo } from './hugo.ts'
import { configuredPort } from '../configured-port.ts'
import {
  first,
  foldersWith,
  isWord,
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
  const shared = (name: string): boolean =>
    isCode(name) &&
    !isOwn(name, program) &&
    !programs.some((each) => each !== '' && name.startsWith(`${each}/`))
  return (
    ownPort(folder, program) ||
    portIn(folder, shared, listens, 0) ||
    (configuredPort(folder, '') ?? portIn(folder, shared, otherwise, 8080))
  )
}

const isOwn = (name: string, program: string): boolean =>
  isCode(name) && name.slice(0, Math.max(0, name.lastIndexOf('/'))) === program

/** 0 where its own files name none. */
function ownPort(folder: Folder, program: string): number {
  const own = (name: string): boolean => isOwn(name, program)
  return portIn(folder, own, listens, 0) || portIn(folder, own, otherwise, 0)
}

interface GoProject extends Project {
  /** Folders of the source that it reads when it runs. */
  readonly reads: readonly string[]
}

/** Pages and files that the code opens by their path. */
const opens =
  /(?:LoadHTML(?:Glob|Files)|Parse(?:Glob|Files)|http\.Dir|os\.DirFS|\.Static(?:FS|File)?)\(\s*(?:"[^"\n]{0,200}",\s*)?"(?:\.\/)?([\w-]+)[/"]/g

const readFrom = ({ names, text }: Folder): readonly string[] => [
  ...new Set(
    names
      .filter(isCode)
      .flatMap((name) => [...(text(name) ?? '').matchAll(opens)].map(([, path = '']) => path))
      .filter((path) => isWord(path) && names.some((name) => name.startsWith(`${path}/`))),
  ),
]

function at(folder: Folder, program: string, programs: readonly string[]): GoProject {
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
    reads: readFrom(folder),
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

export const go: Stack<GoProject> = {
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
    // One that listens is likelier meant than a tool beside it.
    const listening = (program: string): boolean => ownPort(folder, program) > 0
    return [...programs]
      .sort((one, other) => Number(listening(other)) - Number(listening(one)))
      .map((program) => at(folder, program, programs))
  },
  dockerfile: ({ version, port, entry, reads }) => `${syntax}FROM golang:${version}-alpine AS build
WORKDIR /src
COPY go.mod go.sum* ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \\
    CGO_ENABLED=0 go build -ldflags="-s -w" -o /app ${entry}

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /app /app
${reads.length === 0 ? '' : `WORKDIR /srv\n${reads.map((path) => `COPY --from=build /src/${path} ${path}\n`).join('')}`}EXPOSE ${port}
ENTRYPOINT ["/app"]
`,
  ignored: () => ['bin', '*.test'],
}
