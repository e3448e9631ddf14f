export const stacks = [
  'node',
  'python',
  'go',
  'maven',
  'gradle',
  'dotnet',
  'rust',
  'ruby',
  'php',
  'static',
] as const
export type Stack = (typeof stacks)[number]

/** What is known of a folder's project, for its Docker files. */
export interface Project {
  readonly stack: Stack
  /** A name for images and services: lower case, letters, digits and dashes. */
  readonly name: string
  /** The version of the language to build with: `22`, `3.13`. */
  readonly version: string
  readonly port: number
  /** Which of the stack's package managers is in use: `npm`, `yarn`, `pnpm`; `pip`, `uv`, `poetry`. */
  readonly manager: string
  /** What is started: a script, a module, a binary or an assembly. */
  readonly entry: string
  /** There is something to build before it runs. */
  readonly builds: boolean
}

/** The files of a folder that tell of its project: names, and the text of those that are small. */
export interface Folder {
  readonly name: string
  readonly names: readonly string[]
  readonly text: (name: string) => string | undefined
}

/** The stacks that the folder's files speak for, the likeliest first. Never throws for any text. */
export function detect(folder: Folder): readonly Project[] {
  const has = (pattern: RegExp): string | undefined => folder.names.find((name) => pattern.test(name))
  const found: Project[] = []
  if (has(/^package\.json$/)) found.push(node(folder))
  if (has(/^(requirements\.txt|pyproject\.toml|Pipfile|manage\.py)$/)) found.push(python(folder))
  if (has(/^go\.mod$/))
    found.push(
      project(folder, 'go', {
        version: first(folder, 'go.mod', /^go\s+(\d+\.\d+)/m) ?? '1.25',
        port: 8080,
        entry: '.',
      }),
    )
  if (has(/^pom\.xml$/))
    found.push(
      project(folder, 'maven', {
        version:
          first(
            folder,
            'pom.xml',
            /<(?:java\.version|maven\.compiler\.release|maven\.compiler\.target)>(\d+)/,
          ) ?? '21',
        port: 8080,
      }),
    )
  const gradle = has(/^build\.gradle(\.kts)?$/)
  if (gradle !== undefined)
    found.push(
      project(folder, 'gradle', {
        version:
          first(folder, gradle, /(?:JavaLanguageVersion\.of\(|JavaVersion\.VERSION_|jvmToolchain\()(\d+)/) ??
          '21',
        port: 8080,
        manager: has(/^gradlew$/) === undefined ? 'gradle' : 'wrapper',
      }),
    )
  const csproj = has(/\.(cs|fs|vb)proj$/)
  if (csproj !== undefined)
    found.push(
      project(folder, 'dotnet', {
        version: first(folder, csproj, /<TargetFramework>net(\d+\.\d+)/) ?? '9.0',
        port: 8080,
        entry: csproj.replace(/\.\w+$/, ''),
        manager: csproj,
      }),
    )
  if (has(/^Cargo\.toml$/))
    found.push(
      project(folder, 'rust', {
        version: '1',
        port: 8080,
        entry: first(folder, 'Cargo.toml', /^\s*name\s*=\s*"([\w-]+)"/m) ?? 'app',
      }),
    )
  if (has(/^Gemfile$/))
    found.push(
      project(folder, 'ruby', {
        version: first(folder, 'Gemfile', /^ruby\s+["'](\d+\.\d+)/m) ?? '3.4',
        port: has(/^config\.ru$/) === undefined ? 4567 : 3000,
        entry: has(/^(app|main|server)\.rb$/) ?? 'config.ru',
      }),
    )
  if (has(/^composer\.json$/) || has(/^index\.php$/))
    found.push(
      project(folder, 'php', {
        version: first(folder, 'composer.json', /"php"\s*:\s*"[^\d"]*(\d+\.\d+)/) ?? '8.4',
        port: 80,
        manager: has(/^composer\.json$/) === undefined ? 'none' : 'composer',
      }),
    )
  if (has(/^index\.html?$/)) found.push(project(folder, 'static', { version: '1', port: 8080 }))
  return found
}

function first({ text }: Folder, name: string, pattern: RegExp): string | undefined {
  return pattern.exec(text(name) ?? '')?.[1]
}

function project({ name }: Folder, stack: Stack, known: Partial<Omit<Project, 'stack' | 'name'>>): Project {
  return {
    stack,
    name: safeName(name),
    version: 'latest',
    port: 8080,
    manager: 'none',
    entry: 'app',
    builds: false,
    ...known,
  }
}

/** A project without any file that tells of it, for who chooses the stack by hand. */
export const plainProject = (folder: Folder, stack: Stack): Project =>
  detect(folder).find((found) => found.stack === stack) ?? project(folder, stack, defaults[stack])

const defaults: Readonly<Record<Stack, Partial<Omit<Project, 'stack' | 'name'>>>> = {
  node: { version: '22', port: 3000, manager: 'npm', entry: 'index.js' },
  python: { version: '3.13', port: 8000, manager: 'pip', entry: 'main.py' },
  go: { version: '1.25', entry: '.' },
  maven: { version: '21' },
  gradle: { version: '21', manager: 'gradle' },
  dotnet: { version: '9.0', entry: 'App', manager: 'App.csproj' },
  rust: { version: '1', entry: 'app' },
  ruby: { version: '3.4', port: 4567, entry: 'app.rb' },
  php: { version: '8.4', port: 80 },
  static: { version: '1' },
}

export const safeName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'app'

/** A word that may stand in a Dockerfile as it is; anything else of a manifest is not copied into one. */
const word = (text: string | undefined, otherwise: string): string =>
  text !== undefined && /^[\w./:@-]+$/.test(text) ? text : otherwise

function node(folder: Folder): Project {
  const manifest = parsed(folder.text('package.json'))
  const scripts = record(manifest['scripts'])
  const engine = /(\d+)/.exec(String(record(manifest['engines'])['node'] ?? ''))?.[1]
  const manager = folder.names.includes('pnpm-lock.yaml')
    ? 'pnpm'
    : folder.names.includes('yarn.lock')
      ? 'yarn'
      : 'npm'
  const main = typeof manifest['main'] === 'string' ? manifest['main'] : undefined
  const start = /^node\s+(\S+)$/.exec(String(scripts['start'] ?? ''))?.[1]
  return project(folder, 'node', {
    version: engine ?? '22',
    port: 3000,
    manager,
    entry: word(start ?? main, 'index.js'),
    builds: 'build' in scripts,
  })
}

function python(folder: Folder): Project {
  const requirements = `${folder.text('requirements.txt') ?? ''}\n${folder.text('pyproject.toml') ?? ''}`
  const version = /requires-python\s*=\s*"[^\d"]*(\d+\.\d+)/.exec(requirements)?.[1] ?? '3.13'
  const entry = folder.names.find((name) => /^(main|app|server|manage|wsgi)\.py$/.test(name)) ?? 'main.py'
  const manager = folder.names.includes('uv.lock')
    ? 'uv'
    : folder.names.includes('requirements.txt')
      ? 'pip'
      : folder.names.includes('pyproject.toml')
        ? 'project'
        : 'none'
  return project(folder, 'python', {
    version,
    port: /flask/i.test(requirements) ? 5000 : 8000,
    manager,
    entry,
  })
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(text ?? '{}'))
  } catch {
    return {}
  }
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {}
