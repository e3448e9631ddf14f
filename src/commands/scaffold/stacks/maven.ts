import { isWord, within, type Folder, type Project, type Stack } from '../project.ts'
import { javaDockerfile, javaName, javaPort, javaVersionIn, mainClassIn, startable } from './java.ts'

type Packaging =
  /** Spring Boot and the shade plugin put all into one archive. */
  | {
      readonly runner: 'spring' | 'shade' | 'war' | 'assembly'
      readonly archive: string
    }
  | { readonly runner: 'quarkus' }
  | { readonly runner: 'class'; readonly mainClass: string | undefined }

interface MavenProject extends Project {
  readonly packaging: Packaging
  /** The folder has parts of which this is one. */
  readonly isPart: boolean
  /** Maven's own settings lie in `.mvn`. */
  readonly hasSettings: boolean
}

/** A text without what stands between two marks. */
function without(text: string, open: string, close: string): string {
  const kept: string[] = []
  let at = 0
  for (;;) {
    const begin = text.indexOf(open, at)
    const end = begin === -1 ? -1 : text.indexOf(close, begin)
    if (end === -1) return kept.join('') + text.slice(at)
    kept.push(text.slice(at, begin))
    at = end + close.length
  }
}

const pomOf = ({ text }: Folder, member: string): string =>
  without(text(within(member, 'pom.xml')) ?? '', '<!--', '-->')

/** What a plugin is configured with, where it is used and not only given a version. */
function plugin(pom: string, name: string): string | undefined {
  const used = without(pom, '<pluginManagement>', '</pluginManagement>')
  return used.split('<plugin>').find((words) => words.includes(`<artifactId>${name}</artifactId>`))
}

function packagingOf(pom: string): Packaging | undefined {
  if (/<packaging>\s*pom\s*</.test(pom)) return undefined
  if (plugin(pom, 'quarkus-maven-plugin') !== undefined) return { runner: 'quarkus' }
  const spring = plugin(pom, 'spring-boot-maven-plugin')
  if (spring !== undefined && !/<skip>\s*true/.test(spring)) {
    if (/<packaging>\s*war\s*</.test(pom)) return { runner: 'war', archive: '*.war' }
    const classifier = /<classifier>\s*([\w-]+)\s*</.exec(spring)?.[1]
    return {
      runner: 'spring',
      archive: classifier === undefined ? '*.jar' : `*-${classifier}.jar`,
    }
  }
  if (plugin(pom, 'maven-shade-plugin') !== undefined) {
    const isAttached = /<shadedArtifactAttached>\s*true/.test(pom)
    const classifier = /<shadedClassifierName>\s*([\w-]+)\s*</.exec(pom)?.[1] ?? 'shaded'
    return {
      runner: 'shade',
      archive: isAttached ? `*-${classifier}.jar` : '*.jar',
    }
  }
  if (plugin(pom, 'maven-assembly-plugin')?.includes('jar-with-dependencies') === true)
    return {
      runner: 'assembly',
      archive: /<appendAssemblyId>\s*false/.test(pom) ? '*.jar' : '*-jar-with-dependencies.jar',
    }
  return undefined
}

const classPackaging = (folder: Folder, member: string): Packaging => {
  const said = /<(?:mainClass|exec\.mainClass)>\s*([\w.$]+)\s*</.exec(pomOf(folder, member))?.[1]
  return { runner: 'class', mainClass: said ?? mainClassIn(folder, member) }
}

/** The parts that the poms name, and theirs. */
function membersOf(folder: Folder): readonly string[] {
  const members = ['']
  for (const member of members)
    for (const [, module = ''] of pomOf(folder, member).matchAll(/<module>\s*([^<\s]+)\s*<\/module>/g)) {
      const path = within(member, module.replace(/\/pom\.xml$|\/$/, ''))
      if (isWord(path) && !members.includes(path) && folder.names.includes(within(path, 'pom.xml')))
        members.push(path)
    }
  return members
}

function at(folder: Folder, member: string, packaging: Packaging, among: number): MavenProject {
  return {
    stack: 'maven',
    name: javaName(folder, member, among),
    version: javaVersionIn(
      folder,
      [within(member, 'pom.xml'), 'pom.xml'],
      /<(?:java\.version|maven\.compiler\.(?:release|target|source)|release)>\s*(?:1\.)?(\d+)/,
    ),
    port: javaPort(folder, member),
    member,
    manager: 'none',
    entry: packaging.runner === 'class' ? (packaging.mainClass ?? 'app.jar') : 'app.jar',
    runner: packaging.runner === 'class' ? 'none' : packaging.runner,
    packaging,
    isPart: member !== '' || /<modules>/.test(pomOf(folder, '')),
    hasSettings: folder.names.some((name) => name.startsWith('.mvn/')),
  }
}

/** What becomes of `target` after the build: the lines of a shell, what is copied, and the arguments of Java. */
function artefact(
  packaging: Packaging,
  target: string,
): readonly [readonly string[], readonly string[], readonly string[]] {
  switch (packaging.runner) {
    case 'quarkus':
      return [[], [`${target}/quarkus-app .`], ['-jar', 'quarkus-run.jar']]
    case 'class': {
      const { mainClass } = packaging
      if (mainClass === undefined)
        return [
          [`rm -f ${target}/*-sources.jar ${target}/*-javadoc.jar`],
          [`${target}/*.jar app.jar`],
          ['-jar', 'app.jar'],
        ]
      return [[`cp ${target}/*.jar ${target}/lib`], [`${target}/lib lib/`], ['-cp', 'lib/*', mainClass]]
    }
    default: {
      const clean =
        packaging.archive === '*.jar'
          ? [`rm -f ${target}/original-*.jar ${target}/*-sources.jar ${target}/*-javadoc.jar`]
          : []
      return [clean, [`${target}/${packaging.archive} app.jar`], ['-jar', 'app.jar']]
    }
  }
}

export const maven: Stack<MavenProject> = {
  id: 'maven',
  title: 'Java (Maven)',
  plain: (folder) => at(folder, '', classPackaging(folder, ''), 1),
  detect(folder) {
    if (!folder.names.includes('pom.xml')) return []
    const members = membersOf(folder)
    const ofParent = packagingOf(pomOf(folder, '').replace(/<packaging>\s*pom\s*<\/packaging>/, ''))
    const isParent = (member: string): boolean => /<modules>/.test(pomOf(folder, member))
    const parts = members.filter((member) => !isParent(member))
    const found = startable(parts, (member) => packagingOf(pomOf(folder, member)), undefined)
    return found.map(({ member, kind }) =>
      at(
        folder,
        member,
        kind ?? (member === '' ? undefined : ofParent) ?? classPackaging(folder, member),
        found.length,
      ),
    )
  },
  dockerfile(project) {
    const { version, member, packaging, isPart, hasSettings } = project
    const [after, copies, command] = artefact(packaging, within(within('/src', member), 'target'))
    const libraries =
      packaging.runner === 'class' && packaging.mainClass !== undefined
        ? ' dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/lib'
        : ''
    const part = isPart && member !== '' ? ` -pl ${member} -am` : ''
    const steps = [`mvn -B package${libraries} -DskipTests${part}`, ...after]
    if (libraries !== '') steps.splice(1, 0, `mkdir -p ${within(within('/src', member), 'target/lib')}`)
    const first = isPart
      ? ''
      : `COPY pom.xml .
${hasSettings ? 'COPY .mvn .mvn\n' : ''}RUN --mount=type=cache,target=/root/.m2 mvn -B dependency:go-offline
`
    return javaDockerfile(
      `FROM maven:3-eclipse-temurin-${version} AS build
WORKDIR /src
${first}COPY . .
RUN --mount=type=cache,target=/root/.m2 ${steps.join(' && \\\n    ')}
`,
      copies,
      command,
      project,
    )
  },
  ignored: ({ isPart }) => ['target', ...(isPart ? ['**/target'] : [])],
}
