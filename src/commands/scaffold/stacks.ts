import { folderWithin, type Folder, type Project, type Stack } from './project.ts'
import { deno } from './stacks/deno.ts'
import { dotnet } from './stacks/dotnet.ts'
import { go } from './stacks/go.ts'
import { gradle } from './stacks/gradle.ts'
import { hugo } from './stacks/hugo.ts'
import { maven } from './stacks/maven.ts'
import { node } from './stacks/node.ts'
import { php } from './stacks/php.ts'
import { python } from './stacks/python.ts'
import { ruby } from './stacks/ruby.ts'
import { rust } from './stacks/rust.ts'
import { staticSite } from './stacks/static-site.ts'

/** All kinds of project, the likeliest first where a folder speaks for several. */
export const stacks: readonly Stack[] = [
  hugo,
  deno,
  node,
  python,
  go,
  maven,
  gradle,
  dotnet,
  rust,
  ruby,
  php,
  staticSite,
]

/** What can be started of a folder, the likeliest first. Never throws for any text. */
export function detect(folder: Folder): readonly Project[] {
  const found = stacks.flatMap((stack) => stack.detect(folder))
  const isSite = ({ stack, runner }: Project): boolean => stack === 'node' && runner === 'site'
  const isPage = ({ stack }: Project): boolean => stack === 'static'
  const some = found.filter(({ hasOnlyTools }) => hasOnlyTools !== true)
  const likely = some.length > 0 ? some : found
  // A site beside a program of another language is a part of it; and the page beside a site is what that is built from.
  return [
    ...likely.filter((project) => !isSite(project) && !isPage(project)),
    ...likely.filter(isSite),
    ...(likely.some(isSite) ? [] : likely.filter(isPage)),
  ]
}

/** What can be started of a folder, and where that lies in it. */
export interface Found {
  readonly folder: Folder
  /** The path of that folder from the one that was looked at; empty for that itself. */
  readonly path: string
  readonly project: Project
}

/** As `detect`; of a folder that holds folders of projects and is none itself, those: `backend` and `frontend`. */
export function detectWithin(folder: Folder): readonly Found[] {
  const own = detect(folder).map((project) => ({ folder, path: '', project }))
  if (own.some(({ project }) => project.hasOnlyTools !== true)) return own
  const below = (depth: number): readonly string[] => [
    ...new Set(
      folder.names.flatMap((name) => {
        const parts = name.split('/')
        return parts.length > depth ? [parts.slice(0, depth).join('/')] : []
      }),
    ),
  ]
  const found: Found[] = []
  for (const path of [...below(1), ...below(2)].slice(0, mostFolders)) {
    // What a project holds is a part of it.
    if (found.some((each) => path.startsWith(`${each.path}/`))) continue
    const part = folderWithin(folder, path)
    found.push(...detect(part).map((project) => ({ folder: part, path, project })))
  }
  return found.length > 0 ? found : own
}

const mostFolders = 100

export const stackOf = ({ stack }: Project): Stack => stacks.find(({ id }) => id === stack)!
