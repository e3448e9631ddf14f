import { configuredPort } from '../configured-port.ts'
import {
  apkAdd,
  first,
  foldersWith,
  nameOf,
  portIn,
  syntax,
  within,
  type Folder,
  type Project,
  type Stack,
} from '../project.ts'

interface RustProject extends Project {
  /** Some package is built upon OpenSSL. */
  readonly needsOpenssl: boolean
  /** Rocket listens to its own container only, unless it is told otherwise. */
  readonly usesRocket: boolean
  /** The exact versions are written down. */
  readonly locked: boolean
}

const listens = /(?:"\d+\.\d+\.\d+\.\d+:|"\d+\.\d+\.\d+\.\d+",\s*|\[\d+(?:,\s*\d+){3}\],\s*)(\d{2,5})\b/

/** What it listens on unless it is told another: a constant, an argument, the default of a variable. */
const otherwise = /(?:"PORT"\)[^;]{0,120}?|\bport\b[^;\n=]{0,40}=\s*|\bport:[^;\n=]{0,40}=\s*)"?(\d{2,5})\b/i

/** The programs of the package in a folder: those it names, its `src/main.rs`, and each file of `src/bin`. */
function programsOf({ names, text }: Folder, member: string): readonly string[] {
  const manifest = text(within(member, 'Cargo.toml')) ?? ''
  const section = (title: string): string =>
    new RegExp(`^\\[${title}\\]([^[]*)`, 'm').exec(manifest)?.[1] ?? ''
  const nameIn = (words: string): string | undefined => /^[ \t]*name\s*=\s*"([\w-]+)"/m.exec(words)?.[1]
  const own = nameIn(section('package'))
  const named = [...manifest.matchAll(/^\[\[bin\]\]([^[]*)/gm)].flatMap(
    ([, words = '']) => nameIn(words) ?? [],
  )
  const isMainNamed = /^[ \t]*path\s*=\s*"(?:\.\/)?src\/main\.rs"/m.test(manifest)
  const found = names.flatMap((name) => {
    if (name === within(member, 'src/main.rs')) return own === undefined || isMainNamed ? [] : [own]
    if (!name.startsWith(within(member, 'src/bin/'))) return []
    const program = /^([\w-]+)(?:\.rs|\/main\.rs)$/.exec(name.slice(within(member, 'src/bin/').length))?.[1]
    return program ?? []
  })
  const usual = nameIn(
    /^[ \t]*default-run\s*=\s*"[\w-]+"/m.exec(manifest)?.[0].replace('default-run', 'name') ?? '',
  )
  const programs = new Set([...(usual === undefined ? [] : [usual]), ...named, ...found])
  return [...programs]
}

function at(folder: Folder, member: string, entry: string): RustProject {
  const manifests = [within(member, 'Cargo.toml'), 'Cargo.toml']
  const mains = [`src/bin/${entry}.rs`, `src/bin/${entry}/main.rs`, 'src/main.rs'].map((name) =>
    within(member, name),
  )
  const isMain = (name: string): boolean => mains.includes(name)
  const isShared = (name: string): boolean =>
    /\.rs$/.test(name) && name.startsWith(within(member, 'src/')) && !/\/bin\//.test(name)
  const usesRocket = first(folder, manifests, /^(rocket)\s*(?:=|\.)/m) !== undefined
  const rocket = first(folder, [within(member, 'Rocket.toml'), 'Rocket.toml'], /^port\s*=\s*(\d{2,5})\b/m)
  const port =
    Number(rocket ?? 0) ||
    portIn(folder, isMain, listens, 0) ||
    portIn(folder, isMain, otherwise, 0) ||
    portIn(folder, isShared, listens, 0) ||
    configuredPort(folder, member) ||
    (usesRocket ? 8000 : portIn(folder, isShared, otherwise, 8080))
  return {
    stack: 'rust',
    name: nameOf(folder, ''),
    version:
      first(folder, ['rust-toolchain.toml', 'rust-toolchain'], /^(?:channel\s*=\s*")?(1\.\d+)/m) ??
      first(folder, ['.tool-versions'], /^rust[ \t]+(1\.\d+)/m) ??
      first(folder, manifests, /^rust-version\s*=\s*"(1\.\d+)/m) ??
      '1',
    port,
    usesRocket,
    member,
    manager: 'none',
    needsOpenssl: first(folder, ['Cargo.lock'], /^name = "(openssl-sys)"/m) !== undefined,
    locked: folder.names.includes('Cargo.lock'),
    entry,
    runner: 'none',
  }
}

export const rust: Stack<RustProject> = {
  id: 'rust',
  title: 'Rust',
  plain: (folder) => at(folder, '', 'app'),
  detect(folder) {
    if (!folder.names.includes('Cargo.toml')) return []
    const members = [...foldersWith(folder, /^Cargo\.toml$/)]
    const isWorkspace = /^\[workspace\]/m.test(folder.text('Cargo.toml') ?? '')
    const projects = (isWorkspace ? members : ['']).flatMap((member) =>
      programsOf(folder, member).map((entry) => at(folder, member, entry)),
    )
    const [only] = projects
    if (only === undefined) {
      const own = first(folder, ['Cargo.toml'], /^[ \t]*name\s*=\s*"([\w-]+)"/m)
      return [at(folder, '', own ?? 'app')]
    }
    return projects.length === 1
      ? [only]
      : projects.map((each) => ({ ...each, name: nameOf(folder, each.entry) }))
  },
  dockerfile: ({
    version,
    port,
    entry,
    locked,
    needsOpenssl,
    usesRocket,
  }) => `${syntax}FROM rust:${version}-alpine AS build
${apkAdd(needsOpenssl ? ['openssl-dev', 'openssl-libs-static', 'pkgconf'] : [])}WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \\
    cargo build --release${locked ? ' --locked' : ''} --bin ${entry} && cp target/release/${entry} /app

FROM alpine:3.22
RUN adduser -D -u 10001 app
COPY --from=build /app /usr/local/bin/app
${
  usesRocket
    ? `ENV ROCKET_ADDRESS=0.0.0.0 \\
    ROCKET_PORT=${port}
`
    : ''
}USER 10001
EXPOSE ${port}
CMD ["app"]
`,
  ignored: () => ['!README*', 'target'],
}
