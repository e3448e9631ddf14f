import type { Project } from './detect.ts'

/** How a package manager of Node is called in a Dockerfile. */
export interface NodeManager {
  readonly files: string
  readonly install: string
  /** The option of `install` that leaves out what only building needs. */
  readonly production: string
  /** Takes away again what was needed to build. */
  readonly prune: string
  readonly run: string
  readonly cache: string
}

export function nodeManager({ manager, locked }: Project): NodeManager {
  switch (manager) {
    case 'yarn':
      return {
        files: `package.json ${locked ? 'yarn.lock' : 'yarn.lock*'} .yarnrc.yml*`,
        install: `corepack enable && yarn install${locked ? ' --frozen-lockfile' : ''}`,
        production: '--production',
        prune: 'yarn install --production --ignore-scripts',
        run: 'yarn build',
        cache: '/usr/local/share/.cache/yarn',
      }
    case 'pnpm':
      return {
        files: 'package.json pnpm-lock.yaml* pnpm-workspace.yaml*',
        install: `corepack enable && pnpm install${locked ? ' --frozen-lockfile' : ''}`,
        production: '--prod',
        prune: 'CI=true pnpm prune --prod',
        run: 'pnpm build',
        cache: '/root/.local/share/pnpm/store',
      }
    case 'bun':
      return {
        files: 'package.json bun.lock*',
        install: `bun install${locked ? ' --frozen-lockfile' : ''}`,
        production: '--production',
        prune: 'bun install --production',
        run: 'bun run build',
        cache: '/root/.bun/install/cache',
      }
    default:
      return {
        files: locked ? 'package.json package-lock.json* npm-shrinkwrap.json*' : 'package.json',
        install: locked ? 'npm ci' : 'npm install',
        production: '--omit=dev',
        prune: 'npm prune --omit=dev',
        run: 'npm run build',
        cache: '/root/.npm',
      }
  }
}
