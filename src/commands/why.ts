import { nodeCommand, type Command } from './command.ts'
import { openWhy } from './why/open-why.ts'

const whyStopped = nodeCommand({
  id: 'containers.whyStopped',
  title: 'Why Did It Stop?',
  icon: 'question',
  on: ['container+stopped', 'container+restarting', 'container+created'],
  place: { group: '3_show@6' },
  many: false,
  async run(deps, [node]) {
    if (node !== undefined) await openWhy(deps, node.container)
  },
})

export const whyCommands: readonly Command[] = [whyStopped]
