import type { Folder } from '../project.ts'
import { nodeAt } from './node.ts'
import { installing, nodeStage } from './node-dockerfile.ts'
import { nodeManager } from './node-manager.ts'
import { manifestOf, membersOf, record } from './node-workspace.ts'

/** Where plug-ins lay what they build for the pages of another language. */
const assetsFor = [
  ['laravel-vite-plugin', 'public/build'],
  ['vite-plugin-symfony', 'public/build'],
  ['@symfony/webpack-encore', 'public/build'],
] as const

/** The stage `assets` that builds what the pages of another language need of Node, and the folder of that. */
export function assetsOf(folder: Folder): { readonly stage: string; readonly folder: string } | undefined {
  const { text, scripts } = manifestOf(folder, '')
  const packages = { ...record(text['dependencies']), ...record(text['devDependencies']) }
  const made = assetsFor.find(([name]) => name in packages)?.[1]
  if (made === undefined || !('build' in scripts)) return undefined
  return { stage: nodeStage({ ...nodeAt(folder, '', [], 1), runner: 'site' }, 'assets'), folder: made }
}

/** What a stage upon Debian needs for a build of another language that calls Node: each a part of its Dockerfile. */
export interface NodeBeside {
  /** Brings the programs. */
  readonly programs: string
  /** Installs the packages. */
  readonly packages: string
  /** Runs what installing has left out, once all files are there. */
  readonly scripts: string | undefined
}

/** Node as a build of another language calls it, for a folder that has a manifest of it. */
export function nodeBeside(folder: Folder): NodeBeside | undefined {
  if (!folder.names.includes('package.json')) return undefined
  const project = nodeAt(folder, '', membersOf(folder), 1)
  const { setup, install, quiet, scripts } = nodeManager(project)
  const { copied, run } = installing(project)
  const node = `node:${project.version}-slim`
  const programs =
    project.manager === 'bun'
      ? 'COPY --from=oven/bun:1 /usr/local/bin /usr/local/bin\n'
      : `COPY --from=${node} /usr/local/bin /usr/local/bin
COPY --from=${node} /usr/local/lib/node_modules /usr/local/lib/node_modules
`
  const hasScripts = project.scripts.length > 0
  return {
    programs: `${programs}${setup}`,
    packages: `${copied.slice(setup.length)}${run}${install}${hasScripts ? ` ${quiet}` : ''}\n`,
    scripts: hasScripts ? scripts : undefined,
  }
}
