import type { Folder, Project, Stack } from './project.ts'
import { dotnet } from './stacks/dotnet.ts'
import { go } from './stacks/go.ts'
import { gradle } from './stacks/gradle.ts'
import { maven } from './stacks/maven.ts'
import { node } from './stacks/node.ts'
import { php } from './stacks/php.ts'
import { python } from './stacks/python.ts'
import { ruby } from './stacks/ruby.ts'
import { rust } from './stacks/rust.ts'
import { staticSite } from './stacks/static-site.ts'

/** All kinds of project, the likeliest first where a folder speaks for several. */
export const stacks: readonly Stack[] = [node, python, go, maven, gradle, dotnet, rust, ruby, php, staticSite]

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

export const stackOf = ({ stack }: Project): Stack => stacks.find(({ id }) => id === stack)!
