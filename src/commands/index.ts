import type { Command } from './command.ts'
import { containerCommands } from './containers.ts'

/** Every command there is. Each group is a file; a new group is one import and one line. */
export const commands: readonly Command[] = [...containerCommands]
