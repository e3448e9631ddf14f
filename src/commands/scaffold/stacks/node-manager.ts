export interface Berry {
  /** Where the folder has the program itself. */
  readonly program: string | undefined
  /** The manifest names the version. */
  readonly isNamed: boolean
  /** It can take away what is for developing only. */
  readonly canFocus: boolean
  /** The folder has plug-ins, patches or releases of it. */
  readonly hasFiles: boolean
}

/** What decides how a package manager is called. */
export interface NodeInstall {
  readonly manager: string
  /** The major version of the language. */
  readonly version: string
  /** The package manager has written down the exact versions. */
  readonly locked: boolean
  /** Yarn from its second version on. */
  readonly berry: Berry | undefined
  /** The folders of the packages of a workspace; none for a single one. */
  readonly members: readonly string[]
  /** The project's own scripts that installing runs, which may read all of its files. */
  readonly scripts: readonly string[]
}

/** How a package manager of Node is called in a Dockerfile. */
export interface NodeManager {
  readonly files: string
  /** The lines that come before the first call. */
  readonly setup: string
  readonly install: string
  /** The option of `install` that leaves out what only building needs. */
  readonly production: string
  /** The option of `install` that runs no script of a package. */
  readonly quiet: string
  /** Runs what `quiet` has left out, once all files are there. */
  readonly scripts: string
  /** Takes away again what was needed to build; nothing where it cannot. */
  readonly prune: string | undefined
  /** Runs a script of the folder itself. */
  readonly run: (script: string) => string
  /** Builds packages of a workspace: the last one, and before it those of the others that it needs. */
  readonly buildParts: (names: readonly string[]) => string
  readonly cache: string
}

const also = ' && \\\n    '

const rebuilt = (program: string, scripts: readonly string[]): string =>
  [`${program} rebuild`, ...scripts.map((script) => `${program} run ${script}`)].join(also)

/** Node comes without Corepack since 25, and with a Yarn that would be in its way. */
const corepack = (version: string): string =>
  `${Number(version) >= 25 ? 'npm install --global --force corepack@0 && ' : ''}corepack enable`

function yarn({ version, locked, berry, scripts }: NodeInstall): NodeManager {
  const files = `package.json ${locked ? 'yarn.lock' : 'yarn.lock*'}`
  if (berry !== undefined) {
    const { program, isNamed, canFocus, hasFiles } = berry
    const call = program === undefined ? 'yarn' : `node ${program}`
    return {
      files: `${files} .yarnrc.yml*`,
      // The packages lie where Node looks for them: then the image starts without Yarn, its cache and its resolver.
      setup: `ENV YARN_ENABLE_GLOBAL_CACHE=true \\
    YARN_NODE_LINKER=node-modules
${program === undefined ? `RUN ${corepack(version)}${isNamed ? '' : ' && corepack prepare yarn@4 --activate'}\n` : ''}${hasFiles ? 'COPY .yarn .yarn\n' : ''}`,
      install: `${call} install${locked ? ' --immutable' : ''}`,
      production: '',
      quiet: '--mode=skip-build',
      scripts: `${call} install${locked ? ' --immutable' : ''}`,
      prune: canFocus ? `${call} workspaces focus --all --production` : undefined,
      run: (script) => `${call} run ${script}`,
      buildParts: (names) => `${call} workspaces foreach -Rpt --from ${names.at(-1)} run build`,
      cache: '/root/.yarn/berry/cache',
    }
  }
  return {
    files,
    setup: `RUN ${corepack(version)}\n`,
    install: `yarn install${locked ? ' --frozen-lockfile' : ''}`,
    production: '--production',
    quiet: '--ignore-scripts',
    scripts: rebuilt('npm', scripts),
    prune: 'yarn install --production --ignore-scripts',
    run: (script) => `yarn ${script}`,
    buildParts: (names) => names.map((name) => `yarn workspace ${name} build`).join(also),
    cache: '/usr/local/share/.cache/yarn',
  }
}

export function nodeManager(asked: NodeInstall): NodeManager {
  const { manager, version, locked, members, scripts } = asked
  switch (manager) {
    case 'yarn':
      return yarn(asked)
    case 'pnpm': {
      const install = `pnpm install${locked ? ' --frozen-lockfile' : ''}`
      return {
        files: 'package.json pnpm-lock.yaml* pnpm-workspace.yaml*',
        setup: `RUN ${corepack(version)}\n`,
        install,
        production: '--prod',
        quiet: '--ignore-scripts',
        scripts: rebuilt('pnpm', scripts),
        // Pruning knows one package only.
        prune:
          members.length > 0
            ? `CI=true ${install} --prod --ignore-scripts`
            : 'CI=true pnpm prune --prod --ignore-scripts',
        run: (script) => `pnpm run ${script}`,
        buildParts: (names) => `pnpm --filter "${names.at(-1)}..." run --if-present build`,
        cache: '/root/.local/share/pnpm/store',
      }
    }
    case 'bun':
      return {
        files: 'package.json bun.lock*',
        setup: '',
        install: `bun install${locked ? ' --frozen-lockfile' : ''}`,
        production: '--production',
        quiet: '--ignore-scripts',
        scripts: 'bun install',
        prune: 'bun install --production --ignore-scripts',
        run: (script) => `bun run ${script}`,
        buildParts: (names) => names.map((name) => `bun run --filter ${name} build`).join(also),
        cache: '/root/.bun/install/cache',
      }
    default:
      return {
        files: locked ? 'package.json package-lock.json* npm-shrinkwrap.json*' : 'package.json',
        setup: '',
        install: locked ? 'npm ci' : 'npm install',
        production: '--omit=dev',
        quiet: '--ignore-scripts',
        scripts: rebuilt('npm', scripts),
        prune: 'npm prune --omit=dev --ignore-scripts',
        run: (script) => `npm run ${script}`,
        buildParts: (names) => `npm run build ${names.map((name) => `--workspace=${name}`).join(' ')}`,
        cache: '/root/.npm',
      }
  }
}
