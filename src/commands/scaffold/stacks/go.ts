import {
  first,
  foldersWith,
  isWord,
  nameOf,
  portIn,
  syntax,
  within,
  type Folder,
  type Project,
  type Stack,
} from '../project.ts'

const listens = /(?:ListenAndServe(?:TLS)?|\.(?:Run|Start|Listen)|Addr:)\(?\s*"[\w.]*:(\d{2,5})"/

function at(folder: Folder, program: string): Project {
  const main = within(program, 'main.go')
  return {
    stack: 'go',
    name: nameOf(folder, program),
    // The image takes no other version than its own.
    version: first(folder, ['go.mod'], /^go\s+(\d+\.\d+)/m) ?? '1.25',
    port: portIn(folder, (name) => name === main, listens, 8080),
    member: '',
    manager: 'none',
    entry: program === '' ? '.' : `./${program}`,
    runner: 'none',
  }
}

export const go: Stack = {
  id: 'go',
  title: 'Go',
  plain: (folder) => at(folder, ''),
  detect(folder) {
    if (!folder.names.includes('go.mod')) return []
    const programs = foldersWith(folder, /^main\.go$/).filter(
      (member) =>
        member === '' ||
        (isWord(member) && /^package\s+main\b/m.test(folder.text(`${member}/main.go`) ?? 'package main')),
    )
    const [only] = programs
    if (only === undefined) return [at(folder, '')]
    // The only program is called as its folder is.
    if (programs.length === 1) return [{ ...at(folder, only), name: nameOf(folder, '') }]
    return programs.map((program) => at(folder, program))
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
