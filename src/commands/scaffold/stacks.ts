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
export const detect = (folder: Folder): readonly Project[] => stacks.flatMap((stack) => stack.detect(folder))

export const stackOf = ({ stack }: Project): Stack => stacks.find(({ id }) => id === stack)!
