import type { Folder, Project } from './project.ts'
import { stackOf } from './stacks.ts'

/** A Dockerfile in stages, with cache mounts and a user that is not root; Quayside's own rules find nothing in it. */
export const dockerfile = (project: Project): string => stackOf(project).dockerfile(project)

/** What no image needs, and what must not get into one. */
export const dockerignore = (project: Project): string =>
  [
    ...[
      '.git',
      '.gitignore',
      '.vscode',
      '.idea',
      // Also where another language leads: its site may be made with Node.
      '**/node_modules',
      // Also those of the parts of a workspace.
      '**/.env',
      '**/.env.*',
      '*.md',
      '.dockerignore',
      'Dockerfile*',
      '*compose*.y*ml',
    ],
    ...stackOf(project).ignored(project),
  ].join('\n') + '\n'

/** A name that YAML takes for a word. */
const key = (name: string): string =>
  /^[a-z]/.test(name) && !/^(true|false|null|yes|no|on|off|y|n)$/.test(name) ? name : JSON.stringify(name)

/** The name that compose looks for first among those that are there: another beside it would be read in its place. */
export const composeNameIn = ({ names }: Folder): string =>
  ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'].find((name) =>
    names.includes(name),
  ) ?? 'compose.yaml'

/** A compose file with the one service, reachable from this machine only. */
export const composeFile = (project: Project): string => {
  const { name, port, innerPort = port, environment = [], buildSecrets = [] } = project
  const building =
    buildSecrets.length === 0
      ? ['    build: .']
      : [
          ...['    build:', '      context: .', '      secrets:'],
          ...buildSecrets.map(({ id }) => `        - ${id}`),
        ]
  const lines = [
    ...['services:', `  ${key(name)}:`],
    ...building,
    ...[`    image: ${name}:dev`, '    init: true', '    restart: unless-stopped'],
    ...['    ports:', `      - "127.0.0.1:${port}:${innerPort}"`],
    ...(environment.length === 0
      ? []
      : ['    environment:', ...environment.map((each) => `      - ${each}`)]),
    ...(buildSecrets.length === 0
      ? []
      : ['', 'secrets:', ...buildSecrets.map(({ id, file }) => `  ${id}:\n    file: ${file}`)]),
  ]
  return `${lines.join('\n')}\n`
}
