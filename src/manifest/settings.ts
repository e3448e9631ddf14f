import { choice, list, number, structure, text, toggle, type Setting } from './setting.ts'

const level = { type: 'string', enum: ['off', 'hint', 'information', 'warning', 'error'] } as const
type Level = (typeof level.enum)[number]
export type RuleLevels = Readonly<Record<string, Level>>

/** Every setting, by its id without the leading `quayside.`. */
export const settings = {
  'engine.host': text('', {
    section: 'engine',
    reach: 'endpoint',
    description:
      'The address of the engine: `unix:///…`, `npipe:////./pipe/…`, `tcp://host:port` or `ssh://user@host`. Comes before `DOCKER_HOST` and all contexts. Empty: the engine is found as the docker CLI finds it.',
  }),
  'engine.context': text('', {
    section: 'engine',
    reach: 'endpoint',
    description:
      'The docker context to use. Comes before `DOCKER_HOST` and the current context; `#quayside.engine.host#` comes before it.',
  }),
  'docker.path': text('docker', {
    section: 'engine',
    reach: 'program',
    description:
      'The docker program, used for what the engine has no API for: compose, buildx, bake and writing contexts. A name is looked up on the `PATH` only.',
  }),

  'containers.scope': choice(
    {
      all: 'All containers.',
      running: 'Running and paused ones.',
      workspace: 'Those whose compose project or bind mount lies in an open folder.',
    },
    {
      section: 'containers',
      description: 'Which containers the view shows until another scope is chosen there.',
    },
  ),
  'containers.groupBy': choice(
    {
      project: 'By compose project.',
      none: 'Not at all.',
      image: 'By image.',
      network: 'By network.',
      state: 'By state.',
      label: 'By the value of a label, see `#quayside.containers.groupByLabel#`.',
      engine: 'By engine.',
    },
    {
      section: 'containers',
      description: 'How containers are grouped until something else is chosen in the view.',
    },
  ),
  'containers.groupByLabel': text('', {
    section: 'containers',
    description: 'The label that containers are grouped by when they are grouped by label.',
  }),
  'containers.sortBy': choice(
    {
      name: 'By name.',
      created: 'Newest first.',
      state: 'Running ones first, then by name.',
      image: 'By image, then by name.',
    },
    {
      section: 'containers',
      description: 'How containers are sorted until something else is chosen in the view.',
    },
  ),
  'containers.confirmStop': toggle(false, {
    section: 'containers',
    description: 'Ask before containers are stopped, restarted or killed. Removing always asks.',
  }),
  'containers.stopTimeout': number(
    0,
    { minimum: 0, maximum: 3600 },
    {
      section: 'containers',
      description:
        'Seconds that a container gets to stop by itself before it is killed. 0: what the container asks for, else 10.',
    },
  ),

  'images.groupBy': choice(
    { repository: 'By repository.', none: 'Not at all.' },
    { section: 'images', description: 'How images are grouped until something else is chosen in the view.' },
  ),
  'images.sortBy': choice(
    { name: 'By name.', created: 'Newest first.', size: 'Largest first.' },
    { section: 'images', description: 'How images are sorted until something else is chosen in the view.' },
  ),
  'volumes.groupBy': choice(
    {
      none: 'Not at all.',
      project: 'By compose project.',
      driver: 'By driver.',
      label: 'By the value of a label.',
    },
    {
      section: 'volumes',
      description: 'How volumes are grouped until something else is chosen in the view.',
    },
  ),
  'volumes.sortBy': choice(
    { name: 'By name.', created: 'Newest first.', size: 'Largest first, where sizes are known.' },
    { section: 'volumes', description: 'How volumes are sorted until something else is chosen in the view.' },
  ),
  'networks.groupBy': choice(
    {
      none: 'Not at all.',
      project: 'By compose project.',
      driver: 'By driver.',
      label: 'By the value of a label.',
    },
    {
      section: 'networks',
      description: 'How networks are grouped until something else is chosen in the view.',
    },
  ),
  'networks.sortBy': choice(
    { name: 'By name.', created: 'Newest first.', driver: 'By driver, then by name.' },
    {
      section: 'networks',
      description: 'How networks are sorted until something else is chosen in the view.',
    },
  ),

  'logs.open': choice(
    {
      editor: 'In the log viewer, as an editor tab.',
      panel: 'In the log viewer, in the panel.',
      terminal: 'As a plain tail in a terminal.',
      document: 'As a read-only document with the last lines.',
    },
    { section: 'logs', description: 'Where “View Logs” shows the logs of containers.' },
  ),
  'logs.tail': number(
    1000,
    { minimum: 0, maximum: 1_000_000 },
    {
      section: 'logs',
      description:
        'How many earlier lines of each container are shown at first. The log viewer pages back to older ones.',
    },
  ),
  'logs.memory': number(
    64,
    { minimum: 4, maximum: 2048 },
    {
      section: 'logs',
      description:
        'Memory of a log viewer in MiB. When it is full the oldest lines leave it; the viewer can read them from the engine again.',
    },
  ),
  'logs.timestamps': choice(
    {
      off: 'No times.',
      local: 'In the time zone of this machine.',
      utc: 'In UTC.',
      sinceStart: 'Since the container was started.',
      delta: 'Since the line above.',
    },
    { section: 'logs', description: 'How the log viewer shows the time of each line.' },
  ),
  'logs.wrap': toggle(false, { section: 'logs', description: 'Wrap long lines in the log viewer.' }),

  'stats.history': number(
    300,
    { minimum: 30, maximum: 3600 },
    { section: 'stats', description: 'How many seconds the plots of the statistics show.' },
  ),
  'stats.inRows': toggle(false, {
    section: 'stats',
    description:
      'Show CPU and memory in the rows of running containers until something else is chosen in the view. While the view can be seen, this keeps a request to the engine open for each of them; without it nothing is asked of the engine while nothing happens.',
  }),
  'stats.inRowsInterval': number(
    2,
    { minimum: 1, maximum: 60 },
    {
      section: 'stats',
      description: 'How many seconds CPU and memory in the rows stand before they change.',
    },
  ),
  'stats.inRowsLimit': number(
    50,
    { minimum: 1, maximum: 1000 },
    {
      section: 'stats',
      description:
        'CPU and memory are not shown in the rows while more containers than this run in the view.',
    },
  ),

  'lint.enabled': toggle(true, {
    section: 'editing',
    scope: 'resource',
    description: 'Check Dockerfiles and compose files while they are edited.',
  }),
  'lint.rules': structure<RuleLevels>(
    {},
    { type: 'object', additionalProperties: level },
    {
      section: 'editing',
      scope: 'resource',
      description:
        'How loud each rule is: `off`, `hint`, `information`, `warning` or `error`, by its id or by the code another tool knows it by (`DL3006`). What is not named keeps its own level.',
    },
  ),
  'lint.overrides': structure<readonly { readonly files: string; readonly rules: RuleLevels }[]>(
    [],
    {
      type: 'array',
      items: {
        type: 'object',
        required: ['files', 'rules'],
        additionalProperties: false,
        properties: {
          files: { type: 'string' },
          rules: { type: 'object', additionalProperties: level },
        },
      },
    },
    {
      section: 'editing',
      scope: 'resource',
      description:
        'Other levels for some files: a glob pattern and rules, over `#quayside.lint.rules#`; the last one that fits counts.',
    },
  ),
  'lint.hadolintConfig': toggle(true, {
    section: 'editing',
    scope: 'resource',
    description: 'Honour a `.hadolint.yaml` beside or above the Dockerfile.',
  }),
  'lint.shellCheck': toggle(true, {
    section: 'editing',
    scope: 'machine',
    reach: 'program',
    description:
      'Check the shell code of RUN instructions with ShellCheck where it is installed. See `#quayside.lint.shellCheckPath#`.',
  }),
  'lint.shellCheckPath': text('shellcheck', {
    section: 'editing',
    reach: 'program',
    description:
      'The ShellCheck program: a name on the `PATH`, or an absolute path. Never run in Restricted Mode.',
  }),
  'lint.trustedRegistries': list([], {
    section: 'editing',
    scope: 'resource',
    description: 'The registries that FROM may name; others are reported. Empty: all.',
  }),
  'format.enabled': toggle(true, {
    section: 'editing',
    scope: 'resource',
    description: 'Offer formatting of Dockerfiles and compose files.',
  }),
  'format.keywordCase': choice(
    { upper: '`RUN`', lower: '`run`', keep: 'As written.' },
    {
      section: 'editing',
      scope: 'resource',
      description: 'How formatting writes the keywords of a Dockerfile.',
    },
  ),
  'format.stageSpacing': toggle(true, {
    section: 'editing',
    scope: 'resource',
    description: 'Formatting puts exactly one empty line between the stages of a Dockerfile.',
  }),
  inlayHints: toggle(true, {
    section: 'editing',
    scope: 'resource',
    description: 'Show values of variables and sizes in the text of Dockerfiles and compose files.',
  }),
  codeLens: toggle(true, {
    section: 'editing',
    scope: 'resource',
    description: 'Show commands such as Build and Up above the lines of Dockerfiles and compose files.',
  }),
  registryCompletion: toggle(false, {
    section: 'editing',
    scope: 'machine',
    reach: 'network',
    tags: ['usesOnlineServices'],
    description:
      'Let completion ask the registry of an image for its tags, with the credentials of the docker CLI. Otherwise only the images of the engine are offered. Never in Restricted Mode.',
  }),
} as const satisfies Record<string, Setting<unknown>>

export type SettingId = keyof typeof settings
export type SettingType<K extends SettingId> = (typeof settings)[K] extends Setting<infer T> ? T : never

/** What an untrusted workspace may not change: everything that reaches an endpoint, a program, a command line or the network. */
export const restrictedSettings: readonly SettingId[] = (Object.keys(settings) as SettingId[])
  .filter((id) => (settings[id] as Setting<unknown>).reach !== undefined)
  .sort()
