/** What is known of a folder's project, for its Docker files. */
export interface Project {
  readonly stack: StackId
  /** A name for images and services: lower case, letters, digits and dashes. */
  readonly name: string
  /** The version of the language to build with: `22`, `3.13`. */
  readonly version: string
  readonly port: number
  /** Where it listens in its image when that is not for the project to say. */
  readonly innerPort?: number
  /** Variables of whoever starts it that it cannot do without. */
  readonly environment?: readonly string[]
  /** Files that only building may read, by the names that the Dockerfile calls them. */
  readonly buildSecrets?: readonly {
    readonly id: string
    readonly file: string
  }[]
  /** The folder of the part that is started, of a project of several: `services/web`. Empty for the folder itself. */
  readonly member: string
  /** What its manifest names are tools: nothing of it is known to start. */
  readonly hasOnlyTools?: boolean
  /** Which of the stack's package managers is in use: `npm`, `pnpm`; `pip`, `uv`; `wrapper`. */
  readonly manager: string
  /** What is started: a script, a module, a class, a binary or an assembly. */
  readonly entry: string
  /** What starts the entry where it is not the language alone: a framework's server, a package script. */
  readonly runner: string
}

export const stackIds = [
  'hugo',
  'deno',
  'node',
  'python',
  'go',
  'maven',
  'gradle',
  'dotnet',
  'rust',
  'ruby',
  'php',
  'static',
] as const
export type StackId = (typeof stackIds)[number]

/** One kind of project: how it is told, and how its image is built. */
export interface Stack<P extends Project = Project> {
  readonly id: StackId
  readonly title: string
  /** What can be started of the folder, the likeliest first; nothing when the folder holds none. Never throws for any text. */
  detect(folder: Folder): readonly P[]
  /** A project without any file that tells of it, for who chooses the stack by hand. */
  plain(folder: Folder): P
  /** In stages, with cache mounts and a user that is not root. */
  dockerfile(project: P): string
  /** What of it belongs into no image, in the words of `.dockerignore`. */
  ignored(project: P): readonly string[]
}

/** The files of a folder that tell of its project: their paths from it, and the text of those that are small. */
export interface Folder {
  readonly name: string
  readonly names: readonly string[]
  readonly text: (name: string) => string | undefined
}

export const safeName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'app'

/** A word that may stand in a Dockerfile as it is; anything else of a workspace is not copied into one. */
export const isWord = (text: string): boolean => /^[\w./@-]+$/.test(text) && !text.startsWith('-')

/** The part as it is called among others: the folder's own name, or the last of the path of a part. */
export const nameOf = (folder: Folder, member: string): string =>
  safeName(member === '' ? folder.name : member.replace(/^.*\//, ''))

/** The files of one of its folders, as a folder of its own. */
export function folderWithin({ names, text }: Folder, path: string): Folder {
  const place = `${path}/`
  return {
    name: path.replace(/^.*\//, ''),
    names: names.flatMap((name) => (name.startsWith(place) ? [name.slice(place.length)] : [])),
    text: (name) => text(place + name),
  }
}

/** The path of a file of a part; of the part itself without a name. */
export const within = (member: string, name: string): string =>
  member === '' || name === '' ? member + name : `${member}/${name}`

/** The folders that hold a file of such a name, the folder itself as an empty word. Others than words are left out. */
export const foldersWith = ({ names }: Folder, pattern: RegExp): readonly string[] =>
  names.flatMap((path) => {
    const at = path.lastIndexOf('/')
    const member = path.slice(0, Math.max(at, 0))
    return pattern.test(path.slice(at + 1)) && (member === '' || isWord(member)) ? [member] : []
  })

/** What the first of the files says that says something. */
export function first({ text }: Folder, names: readonly string[], pattern: RegExp): string | undefined {
  for (const name of names) {
    const said = pattern.exec(text(name) ?? '')?.[1]
    if (said !== undefined) return said
  }
  return undefined
}

/** The port that the code names where it listens. */
export function portIn(
  folder: Folder,
  isCode: (name: string) => boolean,
  pattern: RegExp,
  otherwise: number,
): number {
  const port = Number(first(folder, folder.names.filter(isCode), pattern))
  return port > 0 && port < 65_536 ? port : otherwise
}

/** A command in its JSON form. */
export const jsonForm = (...words: readonly string[]): string =>
  `[${words.map((word) => JSON.stringify(word)).join(', ')}]`

/** Installs packages of Debian and then runs a command, in one layer. */
export const aptInstall = (packages: readonly string[], command?: string): string =>
  packages.length === 0
    ? ''
    : `# Debian keeps one version of each: a number that is written down here would soon be gone.
# hadolint ignore=DL3008
RUN apt-get update && \\
    apt-get install -y --no-install-recommends ${packages.join(' ')} && \\
    rm -rf /var/lib/apt/lists/*${command === undefined ? '' : ` && \\\n    ${command}`}
`

/** Installs packages of Alpine. */
export const apkAdd = (packages: readonly string[]): string =>
  packages.length === 0
    ? ''
    : `# Alpine keeps one version of each: a number that is written down here would soon be gone.
# hadolint ignore=DL3018
RUN apk add --no-cache ${packages.join(' ')}
`

export const syntax = '# syntax=docker/dockerfile:1\n\n'

/** The stage of a site that needs nothing but a web server; of a single page, which knows itself what its addresses mean. */
export const served = (
  files: string,
  isSinglePage = false,
): string => `FROM nginxinc/nginx-unprivileged:1-alpine
${
  isSinglePage
    ? `COPY <<'END' /etc/nginx/conf.d/default.conf
server {
    listen 8080;
    root /usr/share/nginx/html;
    location / {
        try_files $uri $uri/ /index.html;
    }
}
END
`
    : ''
}COPY ${files} /usr/share/nginx/html
EXPOSE 8080
`
