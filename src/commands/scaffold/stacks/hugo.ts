import { first, nameOf, served, syntax, type Folder, type Project, type Stack } from '../project.ts'

interface HugoProject extends Project {
  /** How its packages of Node are installed, where it has any. */
  readonly packages: 'npm ci' | 'npm install' | undefined
  /** It asks Git when each page was changed; the image has no history. */
  readonly asksGit: boolean
}

/** The version that is taken where a site names none, and the first one that is surely there as an image. */
const usual = '0.164.0'
const leastMinor = 136

const own = /^(?:hugo|config\/_default\/(?:hugo|config))\.(?:toml|ya?ml|json)$/
const shared = /^config\.(?:toml|ya?ml|json)$/

/** Other programs have a file `config.toml` as well, but no pages or archetypes beside it. */
export const isHugo = ({ names }: Folder): boolean =>
  names.some((name) => own.test(name)) ||
  (names.some((name) => shared.test(name)) &&
    names.some((name) => /^archetypes\/|^content\/.+\.md$/.test(name)))

function versionOf(folder: Folder): string {
  const named =
    first(folder, ['netlify.toml'], /^[ \t]*HUGO_VERSION\s*=\s*"(\d+\.\d+\.\d+)"/m) ??
    first(folder, ['.tool-versions'], /^g?o?hugo[ \t]+(?:extended_)?(\d+\.\d+\.\d+)/m)
  const [major, minor] = (named ?? '').split('.').map(Number)
  return named !== undefined && (major! > 0 || minor! >= leastMinor) ? named : usual
}

const plain = (folder: Folder): HugoProject => ({
  stack: 'hugo',
  name: nameOf(folder, ''),
  version: versionOf(folder),
  port: 8080,
  innerPort: 8080,
  member: '',
  manager: 'none',
  entry: 'public',
  runner: 'none',
  packages: folder.names.includes('package-lock.json')
    ? 'npm ci'
    : folder.names.includes('package.json')
      ? 'npm install'
      : undefined,
  asksGit:
    first(
      folder,
      folder.names.filter((name) => own.test(name) || shared.test(name)),
      /["']?(enableGitInfo)["']?\s*[=:]\s*true/i,
    ) !== undefined,
})

export const hugo: Stack<HugoProject> = {
  id: 'hugo',
  title: 'Hugo',
  plain,
  detect: (folder) => (isHugo(folder) ? [plain(folder)] : []),
  dockerfile: ({ version, packages, asksGit }) => {
    const env = [
      'HUGO_CACHEDIR=/cache',
      ...(asksGit ? ['HUGO_ENABLEGITINFO=false'] : []),
      ...(packages === undefined ? [] : ['NPM_CONFIG_CACHE=/cache']),
    ]
    const run = 'RUN --mount=type=cache,target=/cache,uid=1000'
    return `${syntax}FROM ghcr.io/gohugoio/hugo:v${version} AS build
ENV ${env.join(' \\\n    ')}
USER 1000
WORKDIR /src
${packages === undefined ? '' : `COPY --chown=1000:1000 package.json ${packages === 'npm ci' ? 'package-lock.json ' : ''}./\n${run} ${packages}\n`}COPY --chown=1000:1000 . .
# Its links lead to any address; for one: docker build --build-arg BASE_URL=https://www.example.com/ .
ARG BASE_URL=/
${run} hugo --minify --baseURL "$BASE_URL"

${served('--from=build /src/public')}`
  },
  ignored: () => ['public', 'resources/_gen', '.hugo_build.lock'],
}
