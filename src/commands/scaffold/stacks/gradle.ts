import { first, isWord, within, type Folder, type Project, type Stack } from '../project.ts'
import { javaDockerfile, javaName, javaPort, javaVersionIn, startable } from './java.ts'

type Kind = 'spring' | 'quarkus' | 'shadow' | 'application' | 'none'

const scriptsOf = (member: string): readonly string[] =>
  ['build.gradle', 'build.gradle.kts'].map((name) => within(member, name))

/** The plugins that decide how it is started; each by its id or by its name in a catalogue of versions. */
const plugins: readonly (readonly [Kind, RegExp])[] = [
  ['quarkus', /io\.quarkus["')]|plugins\.quarkus\b/],
  ['spring', /org\.springframework\.boot["')]|plugins\.spring\.?boot\b/i],
  ['shadow', /com\.(?:gradleup|github\.johnrengelman)\.shadow["')]|plugins\.shadow\b/],
]

function kindOf(folder: Folder, member: string): Kind | undefined {
  // What is not applied is only given a version, for the parts.
  const lines = scriptsOf(member)
    .flatMap((name) => (folder.text(name) ?? '').split('\n'))
    .filter((line) => !/\bapply\s*\(?\s*false/.test(line))
  const kind = plugins.find(([, pattern]) => lines.some((line) => pattern.test(line)))?.[0]
  return kind ?? (first(folder, scriptsOf(member), mainClass) === undefined ? undefined : 'application')
}

const mainClass = /mainClass(?:Name)?(?:\.set\(|\s*=)\s*["']([\w.$]+)["']/

/** The parts that the settings include: `include("app", ":services:web")`. */
function membersOf(folder: Folder): readonly string[] {
  const settings = ['settings.gradle', 'settings.gradle.kts']
    .map((name) => folder.text(name) ?? '')
    .join('\n')
  const included = [...settings.matchAll(/^[ \t]*include\b[ \t]*\(?((?:[\s,]*["'][\w:./-]+["'])+)/gm)]
  return included.flatMap(([, list = '']) =>
    [...list.matchAll(/["']([\w:./-]+)["']/g)].flatMap(([, path = '']) => {
      const member = path.replace(/^:/, '').replaceAll(':', '/')
      return isWord(member) && scriptsOf(member).some((name) => folder.names.includes(name)) ? [member] : []
    }),
  )
}

function at(folder: Folder, member: string, kind: Kind, among: number): Project {
  const main = kind === 'application' ? first(folder, scriptsOf(member), mainClass) : undefined
  return {
    stack: 'gradle',
    name: javaName(folder, member, among),
    version: javaVersionIn(
      folder,
      [...scriptsOf(member), ...scriptsOf('')],
      /(?:JavaLanguageVersion\.of\(|JavaVersion\.VERSION_(?:1_)?|jvmToolchain\(|(?:source|target)Compatibility\s*=\s*["']?(?:1\.)?)(\d+)/,
    ),
    port: javaPort(folder, member),
    member,
    manager: folder.names.includes('gradlew') ? 'wrapper' : 'gradle',
    entry: main ?? 'app',
    runner: kind,
  }
}

const tasks: Readonly<Record<Kind, string>> = {
  spring: 'bootJar',
  quarkus: 'quarkusBuild',
  shadow: 'shadowJar',
  application: 'installDist',
  none: 'jar',
}

function artefact(
  kind: string,
  build: string,
  entry: string,
): readonly [copy: string, command: readonly string[]] {
  switch (kind) {
    case 'quarkus':
      return [`${build}/quarkus-app .`, ['-jar', 'quarkus-run.jar']]
    case 'application':
      return [`${build}/install/*/lib lib/`, ['-cp', 'lib/*', entry]]
    case 'shadow':
      return [`${build}/libs/*-all.jar app.jar`, ['-jar', 'app.jar']]
    default:
      return [`${build}/libs/*.jar app.jar`, ['-jar', 'app.jar']]
  }
}

export const gradle: Stack = {
  id: 'gradle',
  title: 'Java (Gradle)',
  plain: (folder) => at(folder, '', kindOf(folder, '') ?? 'none', 1),
  detect(folder) {
    if (!folder.names.some((name) => /^(?:build|settings)\.gradle(?:\.kts)?$/.test(name))) return []
    const members = membersOf(folder)
    const own = kindOf(folder, '')
    const candidates = members.length === 0 || own !== undefined ? ['', ...members] : members
    const found = startable(candidates, (member) => kindOf(folder, member), 'none')
    return found.map(({ member, kind }) => at(folder, member, kind, found.length))
  },
  dockerfile(project) {
    const { member, manager, entry, version } = project
    const kind = project.runner as Kind
    const program = manager === 'wrapper' ? './gradlew' : 'gradle'
    const task = `${member === '' ? '' : `:${member.replaceAll('/', ':')}:`}${tasks[kind]}`
    const [copy, command] = artefact(kind, within(within('/src', member), 'build'), entry)
    return javaDockerfile(
      `FROM gradle:${Number(version) > 24 ? 9 : 8}-jdk${version} AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/home/gradle/.gradle ${program} ${task} --no-daemon
`,
      [copy],
      command,
      project,
    )
  },
  ignored: ({ member }) => ['build', '.gradle', ...(member === '' ? [] : [`${member}/build`])],
}
