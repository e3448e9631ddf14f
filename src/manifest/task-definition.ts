import { composeTaskCommands, composeTaskType } from '../commands/compose/compose-task.ts'
import type { Texts } from './texts.ts'

/** The type of task that `tasks.json` can hold; the schema is what completion there offers. */
export function composeTaskDefinition(texts: Texts): Readonly<Record<string, unknown>> {
  const list = (name: string, description: string) => ({
    type: 'array',
    items: { type: 'string' },
    description: texts.add(`tasks.compose.${name}`, description),
  })
  return {
    type: composeTaskType,
    required: ['command'],
    properties: {
      command: {
        type: 'string',
        enum: composeTaskCommands,
        description: texts.add('tasks.compose.command', 'The command of docker compose.'),
      },
      files: list(
        'files',
        'Compose files in the order in which they are merged, relative to the folder. Without any compose finds them itself.',
      ),
      profiles: list('profiles', 'Profiles that are switched on.'),
      options: list(
        'options',
        'Options of the command: "--build", "--wait". Up has --detach when there is none.',
      ),
      services: list('services', 'Services that are meant; all without any.'),
    },
    when: 'shellExecutionSupported || processExecutionSupported',
  }
}
