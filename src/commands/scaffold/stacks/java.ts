import { first, isWord, jsonForm, nameOf, portIn, syntax, within, type Folder } from '../project.ts'

/** The images of Java that there are: what was never kept is built by the next that was. */
export function javaImage(version: string | undefined): string {
  const wanted = Number(version ?? 21)
  return String([8, 11, 17].find((kept) => kept >= wanted) ?? wanted)
}

const settings = ['config/', ''].flatMap((folder) =>
  ['properties', 'yml', 'yaml'].map((ending) => `src/main/resources/${folder}application.${ending}`),
)

/** The port that Spring Boot or Quarkus is told to listen on. */
export const javaPort = (folder: Folder, member: string): number =>
  portIn(
    folder,
    (name) => settings.some((path) => name === within(member, path)),
    /^(?:quarkus\.http\.port|server(?:\.|:[ \t]*(?:#[^\n]*)?\r?\n(?:(?:[ \t#][^\n]*)?\n|\r\n)*?[ \t]+)port)[ \t]*[=:][ \t]*["']?(?:\$\{[\w.]+:)?(\d{2,5})/m,
    8080,
  )

/** The class with `main`, by the names that it goes by. */
export function mainClassIn({ names }: Folder, member: string): string | undefined {
  for (const language of ['java', 'kotlin']) {
    const sources = within(member, `src/main/${language}/`)
    for (const name of names) {
      if (!name.startsWith(sources)) continue
      const path = /^([\w/]*(?:Main|App|Application|Server))\.(?:java|kt)$/.exec(
        name.slice(sources.length),
      )?.[1]
      if (path !== undefined) return path.replaceAll('/', '.') + (language === 'kotlin' ? 'Kt' : '')
    }
  }
  return undefined
}

/** The parts of a project, those first that say of themselves how they are started. */
export function startable<K>(
  members: readonly string[],
  kindOf: (member: string) => K | undefined,
  otherwise: K,
): readonly { readonly member: string; readonly kind: K }[] {
  const words = members.filter((member) => member === '' || isWord(member))
  const known = words.flatMap((member) => {
    const kind = kindOf(member)
    return kind === undefined ? [] : [{ member, kind }]
  })
  return known.length > 0 ? known : words.map((member) => ({ member, kind: otherwise }))
}

/** The only part that can be started is called as the whole is. */
export const javaName = (folder: Folder, member: string, among: number): string =>
  nameOf(folder, among === 1 ? '' : member)

/** The image that runs what a stage `build` has built. */
export const javaDockerfile = (
  build: string,
  copies: readonly string[],
  command: readonly string[],
  { version, port }: { readonly version: string; readonly port: number },
): string => `${syntax}${build}
FROM eclipse-temurin:${version}-jre
WORKDIR /app
RUN useradd --no-log-init --uid 10001 app
${copies.map((copy) => `COPY --from=build ${copy}\n`).join('')}USER 10001
EXPOSE ${port}
ENTRYPOINT ${jsonForm('java', ...command)}
`

/** What a version is said by, in any of the files. */
export const javaVersionIn = (folder: Folder, files: readonly string[], pattern: RegExp): string =>
  javaImage(
    first(folder, files, pattern) ??
      first(folder, ['.java-version'], /^(?:[a-z]+-)?(?:1\.)?(\d+)/) ??
      first(folder, ['.tool-versions'], /^java[ \t]+(?:[a-z]+-)*(\d+)/m) ??
      first(folder, ['.sdkmanrc'], /^java=(\d+)/m),
  )
