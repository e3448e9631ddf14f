import { nodeCommand, type Command } from './command.ts'
import { openWhyOfAll } from './why/open-why.ts'

const whyStopped = nodeCommand({
  id: 'containers.whyStopped',
  title: 'Why Did It Stop?',
  icon: 'question',
  on: ['container+stopped', 'container+restarting', 'container+created'],
  place: { group: '3_show@6' },
  run: (deps, nodes) =>
    openWhyOfAll(
      deps,
      nodes.map(({ container }) => container),
    ),
})

export const whyCommands: readonly Command[] = [whyStopped]
