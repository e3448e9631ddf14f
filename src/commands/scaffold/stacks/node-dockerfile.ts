import { apkAdd, jsonForm, served, syntax, within, type Project } from '../project.ts'
import type { Product } from './node-framework.ts'
import { nodeManager, type NodeInstall } from './node-manager.ts'

export interface NodeProject extends Project, NodeInstall {
  /** There is something to build before it runs. */
  readonly builds: boolean
  /** The folder's own script builds it. */
  readonly buildsAll: boolean
  /** The name of that script. */
  readonly builder: string
  /** npm's settings lie in the folder. They may hold passwords: only building may read them. */
  readonly hasSettings: boolean
  /** What a framework makes of it. */
  readonly product: Product | undefined
  /** What starts it. */
  readonly command: readonly string[]
  /** Folders that its tools write. */
  readonly made: readonly string[]
  /** Packages of Alpine that packages are built upon. */
  readonly libraries: readonly string[]
  /** What starts it is itself one of the packages for developing. */
  readonly startsWithTool: boolean
  /** The packages of a workspace that are built for it, each after those that it needs. */
  readonly order: readonly string[]
}

/** The commands that come once all files are there. */
function afterwards(project: NodeProject): string | undefined {
  const { buildsAll, builder, order, runner, startsWithTool, product } = project
  const isPart = product?.kind === 'program' && product.parts !== undefined
  const { scripts, run, buildParts, prune } = nodeManager(project)
  const steps = [
    ...(project.scripts.length > 0 ? [scripts] : []),
    ...(buildsAll ? [run(builder)] : order.length > 0 ? [buildParts(order)] : []),
    ...(runner === 'site' || isPart || startsWithTool || prune === undefined ? [] : [prune]),
  ]
  return steps.length === 0 ? undefined : steps.join(' && \\\n    ')
}

/** How an image comes by the packages: what is copied for it, and the instruction that runs a package manager. */
export function installing(project: NodeProject) {
  const { version, manager, members, hasSettings } = project
  const { files, setup, cache } = nodeManager(project)
  const secret = hasSettings ? '--mount=type=secret,id=npmrc,target=/app/.npmrc ' : ''
  const manifests = [
    ...(secret === '' ? [] : ['# By hand: docker build --secret id=npmrc,src=.npmrc .\n']),
    `COPY ${files} ./\n`,
    ...members.map((each) => `COPY ${each}/package.json ${each}/\n`),
  ].join('')
  return {
    image: manager === 'bun' ? 'oven/bun:1-alpine' : `node:${version}-alpine`,
    copied: `${setup}${manifests}`,
    run: `RUN ${secret}--mount=type=cache,target=${cache} `,
  }
}

/** The stage that installs all packages and builds. */
export function nodeStage(project: NodeProject, name: string): string {
  const { image, copied, run } = installing(project)
  const { install, quiet } = nodeManager(project)
  const then = afterwards(project)
  return `FROM ${image} AS ${name}
${apkAdd(project.libraries)}WORKDIR /app
${copied}${run}${install}${project.scripts.length > 0 ? ` ${quiet}` : ''}
COPY . .
${then === undefined ? '' : `${run}${then}\n`}`
}

export function nodeDockerfile(project: NodeProject): string {
  const { entry, port, builds, member, members, product, startsWithTool } = project
  const build = nodeStage(project, 'build')
  const home = within('/app', member)
  if (product?.kind === 'site')
    return `${syntax}${build}\n${served(`--from=build ${within(home, entry)}`, product.isSinglePage)}`
  const isStaged =
    builds ||
    project.scripts.length > 0 ||
    members.length > 0 ||
    project.berry !== undefined ||
    startsWithTool
  const { image, copied, run } = installing(project)
  const { install, production } = nodeManager(project)
  const { parts, environment = [] } = product?.kind === 'program' ? product : {}
  const env = ['NODE_ENV=production', `PORT=${port}`, ...environment].sort()
  return `${syntax}${isStaged ? `${build}\n` : ''}FROM ${image}
${apkAdd(project.libraries)}ENV ${env.join(' \\\n    ')}
WORKDIR /app
${
  parts !== undefined
    ? parts.map(([from, to]) => `COPY --from=build --chown=1000:1000 ${within(home, from)} ${to}`).join('\n')
    : isStaged
      ? `COPY --from=build --chown=1000:1000 /app .${member === '' ? '' : `\nWORKDIR ${home}`}`
      : `${copied}${run}${install} ${production}\nCOPY --chown=1000:1000 . .`
}
USER 1000
EXPOSE ${port}
CMD ${jsonForm(...project.command)}
`
}
