/** One step of a walkthrough. `media` is a Markdown file of the package. */
export interface WalkthroughStep {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly media: string
  readonly completionEvents: readonly string[]
}

export interface Walkthrough {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly steps: readonly WalkthroughStep[]
}

export const walkthroughs: readonly Walkthrough[] = [
  {
    id: 'start',
    title: 'Docker in the Editor',
    description: 'See your containers live, handle them, and write Dockerfiles and compose files with help.',
    steps: [
      {
        id: 'engine',
        title: 'Connect to an engine',
        description:
          'Quayside finds the engine as the docker CLI does: address, environment, context. Others can be chosen at any time.\n[Choose an Engine](command:quayside.engines.use)\n[Connection Diagnostics](command:quayside.engines.diagnostics)',
        media: 'media/walkthrough/engine.md',
        completionEvents: ['onContext:quayside.connection == connected', 'onCommand:quayside.engines.use'],
      },
      {
        id: 'containers',
        title: 'See containers live',
        description:
          'State, health and ports change in the row at the moment they change in the engine.\n[Open the Containers View](command:quayside.containers.focus)',
        media: 'media/walkthrough/containers.md',
        completionEvents: ['onView:quayside.containers'],
      },
      {
        id: 'images',
        title: 'Get an image',
        description:
          'Search Docker Hub or name an image of any registry; layers come with progress and can be cancelled.\n[Pull an Image](command:quayside.images.pull)\n[Search Docker Hub](command:quayside.images.search)',
        media: 'media/walkthrough/images.md',
        completionEvents: ['onCommand:quayside.images.pull', 'onCommand:quayside.images.search'],
      },
      {
        id: 'cleanup',
        title: 'See what disk space goes to',
        description:
          'What can go is listed with its size before anything does.\n[Disk Usage](command:quayside.system.diskUsage)\n[Clean Up](command:quayside.system.prune)',
        media: 'media/walkthrough/cleanup.md',
        completionEvents: ['onCommand:quayside.system.diskUsage', 'onCommand:quayside.system.prune'],
      },
      {
        id: 'editing',
        title: 'Write Dockerfiles and compose files',
        description:
          'Hover, completion, checks with fixes, formatting. Each rule has a page and a level of its own.\n[Levels of the Rules](command:workbench.action.openSettings?%22quayside.lint.rules%22)',
        media: 'media/walkthrough/editing.md',
        completionEvents: ['onLanguage:dockerfile', 'onLanguage:dockercompose'],
      },
    ],
  },
]
