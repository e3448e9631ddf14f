import { isWord, jsonForm, safeName, syntax, type Folder, type Project, type Stack } from '../project.ts'

interface DotnetProject extends Project {
  /** The path of its project file, where that can be written in a Dockerfile. */
  readonly file: string | undefined
  /** It is made for several frameworks, of which one must be chosen. */
  readonly isForSeveral: boolean
  /** The kit that it is built with: that of its framework, or what `global.json` insists upon. */
  readonly kit: string
  /** What the packages are found by, before the code is there; empty where they cannot be. */
  readonly restores: readonly string[]
}

/** A path that can stand in a Dockerfile between quotes, as it is: with blanks, but nothing that a shell reads. */
const isPath = (text: string): boolean => /^[\w ./@()+,-]+$/.test(text) && !/^-|^ | $/.test(text)

const quoted = (path: string): string => (isWord(path) ? path : JSON.stringify(path))

const copy = (paths: readonly string[]): string =>
  paths.every(isWord) ? `COPY ${paths.join(' ')} ./` : `COPY ${jsonForm(...paths, './')}`

/** Files above a project that say what its packages are. */
const shared = /^(?:Directory\.(?:Build|Packages)\.(?:props|targets)|global\.json|nuget\.config)$/i

const isTest = ({ text }: Folder, file: string): boolean =>
  /tests?\.\w+$/i.test(file) || /"Microsoft\.NET\.Test\.Sdk"/.test(text(file) ?? '')

/** It is a program: a server or worker by its kit, or by what comes out. */
const isProgram = ({ text }: Folder, file: string): boolean =>
  /Sdk="Microsoft\.NET\.Sdk\.(?:Web|Worker)[";/]|<OutputType>\s*(?:Win)?Exe\s*</i.test(text(file) ?? '') &&
  !/Aspire\.AppHost/.test(text(file) ?? '')

const isWeb = ({ text }: Folder, file: string): boolean =>
  /Sdk="Microsoft\.NET\.Sdk\.Web[";/]/.test(text(file) ?? '')

/** Unless it may roll forward, a version of the kit takes no other than its own patches. */
function kitOf({ text }: Folder): string | undefined {
  const said = text('global.json') ?? ''
  const version = /"version"\s*:\s*"(\d+\.\d+\.\d+)"/.exec(said)?.[1]
  const rolls = /"rollForward"\s*:\s*"(?:latest)?(?:Feature|Minor|Major)"/i.test(said)
  return version !== undefined && rolls ? version.replace(/\.\d+$/, '') : version
}

function at(folder: Folder, file: string | undefined, among: number): DotnetProject {
  const text = file === undefined ? '' : (folder.text(file) ?? '')
  const framework = /<TargetFrameworks?>\s*net(\d+\.\d+)/
  const version =
    framework.exec(text)?.[1] ?? framework.exec(folder.text('Directory.Build.props') ?? '')?.[1] ?? '10.0'
  const own = (file ?? 'App.csproj').replace(/^.*\//, '').replace(/\.\w+$/, '')
  const isKnown = file !== undefined && isPath(file)
  const restorable = isKnown && !file.includes('/') && !text.includes('<ProjectReference')
  return {
    stack: 'dotnet',
    name: safeName(among === 1 ? folder.name : own),
    version,
    port: 8080,
    member: '',
    manager: 'none',
    entry: /<AssemblyName>\s*([\w.-]+)\s*</.exec(text)?.[1] ?? own,
    runner: 'none',
    kit: kitOf(folder) ?? version,
    isForSeveral: /<TargetFrameworks>/.test(text),
    file: isKnown ? file : undefined,
    restores: restorable ? [file, ...folder.names.filter((name) => shared.test(name))] : [],
  }
}

export const dotnet: Stack<DotnetProject> = {
  id: 'dotnet',
  title: '.NET',
  plain: (folder) => at(folder, undefined, 1),
  detect(folder) {
    const files = folder.names.filter((name) => /^(?:[^/]+\/){0,3}[^/]+\.(?:cs|fs|vb)proj$/.test(name))
    if (files.length === 0) return []
    const programs = files.filter((file) => isProgram(folder, file) && !isTest(folder, file))
    const others = files.filter((file) => !isTest(folder, file))
    const found = [programs, others, files].find((some) => some.length > 0) ?? []
    const byLikelihood = [...found].sort(
      (one, other) => Number(isWeb(folder, other)) - Number(isWeb(folder, one)),
    )
    return byLikelihood.map((file) => at(folder, file, byLikelihood.length))
  },
  dockerfile({ version, port, entry, file, restores, isForSeveral, kit }) {
    const named = file === undefined ? '' : ` ${quoted(file)}`
    const restore =
      restores.length === 0
        ? ''
        : `${copy(restores)}
RUN --mount=type=cache,target=/root/.nuget/packages dotnet restore${named}
`
    return `${syntax}FROM mcr.microsoft.com/dotnet/sdk:${kit} AS build
WORKDIR /src
${restore}COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish${named} -c Release -o /app${isForSeveral ? ` -f net${version}` : ''}

FROM mcr.microsoft.com/dotnet/aspnet:${version}
ENV ASPNETCORE_URLS=http://+:${port}
WORKDIR /app
COPY --from=build /app .
USER 10001
EXPOSE ${port}
ENTRYPOINT ${jsonForm('dotnet', `${entry}.dll`)}
`
  },
  ignored: () => ['**/bin', '**/obj', '*.user'],
}
