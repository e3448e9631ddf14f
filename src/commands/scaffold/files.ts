import type { Project } from './project.ts'
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
      '.env',
      '.env.*',
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

export const composeFile = ({ name, port, innerPort, environment = [] }: Project): string => `services:
  ${key(name)}:
    build: .
    image: ${name}:dev
    init: true
    restart: unless-stopped
    ports:
      - "127.0.0.1:${port}:${innerPort ?? port}"
${environment.length === 0 ? '' : `    environment:\n${environment.map((each) => `      - ${each}\n`).join('')}`}`
