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
  /** Which of the stack's package managers is in use: `npm`, `yarn`, `pnpm`, `bun`; `pip`, `uv`, `poetry`, `pipenv`. */
  readonly manager: string
  /** The package manager has written down the exact versions. */
  readonly locked: boolean
  /** What is started: a script, a module, a binary or an assembly. */
  readonly entry: string
  /** What starts the entry where it is not the language alone: a framework's server, a package script. */
  readonly runner: string
  /** There is something to build before it runs. */
  readonly builds: boolean
}

/** The files of a folder that tell of its project: their paths from it, and the text of those that are small. */
export interface Folder {
  readonly name: string
  readonly names: readonly string[]
  readonly text: (name: string) => string | undefined
}

/** The stacks that the folder's files speak for, the likeliest first. Never throws for any text. */
export function detect(folder: Folder): readonly Project[] {
  const has = (pattern: RegExp): boolean => folder.names.some((name) => pattern.test(name))
  const found: Project[] = []
  if (has(/^package\.json$/)) found.push(node(folder))
  if (has(/^(requirements\.txt|pyproject\.toml|Pipfile|manage\.py)$/)) found.push(python(folder))
  if (has(/^go\.mod$/)) found.push(go(folder))
  if (has(/^pom\.xml$/)) found.push(maven(folder))
  if (has(/^build\.gradle(\.kts)?$/)) found.push(gradle(folder))
  if (has(/^([\w.-]+\/){0,2}[^/]+\.(cs|fs|vb)proj$/)) found.push(dotnet(folder))
  if (has(/^Cargo\.toml$/)) found.push(rust(folder))
  if (has(/^Gemfile$/)) found.push(ruby(folder))
  if (has(/^(composer\.json|index\.php|public\/index\.php)$/)) found.push(php(folder))
  if (has(/^index\.html?$/)) found.push(project(folder, 'static', {}))
  return found
}

/** What the first of the files says that says something. */
function first({ text }: Folder, names: readonly string[], pattern: RegExp): string | undefined {
  for (const name of names) {
    const said = pattern.exec(text(name) ?? '')?.[1]
    if (said !== undefined) return said
  }
  return undefined
}

function project(folder: Folder, stack: Stack, known: Partial<Omit<Project, 'stack' | 'name'>>): Project {
  return { ...usual, ...defaults[stack], ...known, stack, name: safeName(folder.name) }
}

/** A project without any file that tells of it, for who chooses the stack by hand. */
export const plainProject = (folder: Folder, stack: Stack): Project =>
  detect(folder).find((found) => found.stack === stack) ?? project(folder, stack, {})

const usual = { port: 8080, manager: 'none', locked: false, entry: 'app', runner: 'none', builds: false }

const defaults: Readonly<
  Record<Stack, Partial<Omit<Project, 'stack' | 'name' | 'version'>> & { readonly version: string }>
> = {
  node: { version: '22', port: 3000, manager: 'npm', entry: 'index.js' },
  python: { version: '3.13', port: 8000, entry: 'main.py' },
  go: { version: '1.25', entry: '.' },
  maven: { version: '21' },
  gradle: { version: '21', manager: 'gradle' },
  dotnet: { version: '9.0', entry: 'App' },
  rust: { version: '1' },
  ruby: { version: '3.4', port: 4567, entry: 'app.rb' },
  php: { version: '8.4' },
  static: { version: '1' },
}

export const safeName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '') || 'app'

/** A word that may stand in a Dockerfile as it is; anything else of a workspace is not copied into one. */
const isWord = (text: string): boolean => /^[\w./@-]+$/.test(text)

/** The port that the code names where it listens. */
function portIn(folder: Folder, names: RegExp, pattern: RegExp, otherwise: number): number {
  const port = Number(
    first(
      folder,
      folder.names.filter((name) => names.test(name)),
      pattern,
    ),
  )
  return port > 0 && port < 65_536 ? port : otherwise
}

function node(folder: Folder): Project {
  const { names, text } = folder
  const manifest = parsed(text('package.json'))
  const scripts = record(manifest['scripts'])
  const packages = { ...record(manifest['dependencies']), ...record(manifest['devDependencies']) }
  // What a range only forbids says nothing of what to build with.
  const range = words(record(manifest['engines'])['node']).replace(/<=?\s*\d+/g, '')
  const major = first(folder, ['.nvmrc', '.node-version'], /^v?(\d+)/) ?? /(\d+)/.exec(range)?.[1]
  const locks: readonly (readonly [string, string])[] = [
    ['pnpm', 'pnpm-lock.yaml'],
    ['yarn', 'yarn.lock'],
    ['bun', 'bun.lock'],
    ['bun', 'bun.lockb'],
    ['npm', 'package-lock.json'],
    ['npm', 'npm-shrinkwrap.json'],
  ]
  const lock = locks.find(([, file]) => names.includes(file))
  const named = /^(npm|yarn|pnpm|bun)@/.exec(words(manifest['packageManager']))?.[1]
  const start = words(scripts['start'])
  const direct = /^node\s+([\w./@-]+)$/.exec(start)?.[1]
  const main = words(manifest['main'])
  const isSite =
    'build' in scripts &&
    main === '' &&
    /^$|^(vite|react-scripts|astro)\b/.test(start) &&
    ['vite', 'react-scripts', 'astro'].some((name) => name in packages) &&
    !('@sveltejs/kit' in packages)
  const scripted = names.find((name) => /^(src\/)?(server|app|index|main)\.[cm]?js$/.test(name))
  const entry = direct ?? (isWord(main) ? main : (scripted ?? 'index.js'))
  const code = /^(src\/)?(server|app|index|main)\.[cm]?[jt]s$/
  const listens = /(?:\.listen\(\s*|\bPORT\s*(?:\|\||\?\?)\s*|\bport\s*[:=]\s*)["'`]?(\d{2,5})\b/i
  const flag = /(?:\bPORT=|\s(?:-p|--port)[ =])(\d{2,5})\b/.exec(start)?.[1]
  return project(folder, 'node', {
    ...(major !== undefined && Number(major) >= 4 && Number(major) < 100 && { version: major }),
    port: Number(flag ?? portIn(folder, code, listens, isSite ? 8080 : 3000)),
    manager: lock?.[0] ?? named ?? 'npm',
    locked: lock !== undefined,
    entry: isSite ? ('react-scripts' in packages ? 'build' : 'dist') : entry,
    runner: isSite ? 'site' : direct === undefined && start !== '' ? 'start' : 'none',
    builds: 'build' in scripts,
  })
}

function python(folder: Folder): Project {
  const { names, text } = folder
  const told = ['requirements.txt', 'pyproject.toml', 'Pipfile']
  const needs = told.map((name) => text(name) ?? '').join('\n')
  const version =
    first(folder, ['.python-version', 'runtime.txt'], /^(?:python-)?(3\.\d+)/) ??
    /(?:requires-python|python_version|^python)\s*=\s*["'][^\d"']*(3\.\d+)/m.exec(needs)?.[1]
  const entry =
    names.find((name) => name === 'manage.py') ??
    names.find((name) => /^(main|app|server|wsgi)\.py$/.test(name)) ??
    'main.py'
  const managers: readonly (readonly [string, string])[] = [
    ['uv', 'uv.lock'],
    ['poetry', 'poetry.lock'],
    ['pipenv', 'Pipfile.lock'],
    ['pip', 'requirements.txt'],
    ['project', 'pyproject.toml'],
  ]
  const manager = managers.find(([, file]) => names.includes(file))?.[0] ?? 'none'
  const usesOne = (name: string): boolean => new RegExp(`(?:^|["'])[ \\t]*${name}\\b`, 'im').test(needs)
  const runner =
    entry === 'manage.py'
      ? 'django'
      : usesOne('fastapi') || usesOne('uvicorn')
        ? 'uvicorn'
        : usesOne('gunicorn')
          ? 'gunicorn'
          : usesOne('flask')
            ? 'flask'
            : 'none'
  const port = usesOne('flask') ? 5000 : 8000
  return project(folder, 'python', {
    ...(version !== undefined && { version }),
    port: portIn(folder, /^(main|app|server|wsgi)\.py$/, /\bport\s*=\s*(\d{2,5})\b/i, port),
    manager,
    entry,
    runner,
  })
}

function go(folder: Folder): Project {
  const version = first(folder, ['go.mod'], /^go\s+(\d+\.\d+)/m)
  const command = folder.names.includes('main.go')
    ? undefined
    : folder.names.find((name) => /^cmd\/[\w.-]+\/main\.go$/.test(name))
  const listens = /(?:ListenAndServe(?:TLS)?|\.(?:Run|Start|Listen)|Addr:)\(?\s*"[\w.]*:(\d{2,5})"/
  return project(folder, 'go', {
    ...(version !== undefined && { version }),
    port: portIn(folder, /^(cmd\/[\w.-]+\/)?main\.go$/, listens, 8080),
    ...(command !== undefined && { entry: `./${command.slice(0, -'/main.go'.length)}` }),
  })
}

const springPort = (folder: Folder): number =>
  portIn(
    folder,
    /^src\/main\/resources\/application\.(properties|ya?ml)$/,
    /^server(?:\.|:[ \t]*\r?\n(?:[ \t][^\n]*\n)*?[ \t]+)port[ \t]*[=:][ \t]*(?:\$\{[\w.]+:)?(\d{2,5})/m,
    8080,
  )

function maven(folder: Folder): Project {
  const version = first(
    folder,
    ['pom.xml'],
    /<(?:java\.version|maven\.compiler\.(?:release|target|source)|release)>\s*(?:1\.)?(\d+)/,
  )
  return project(folder, 'maven', { ...(version !== undefined && { version }), port: springPort(folder) })
}

function gradle(folder: Folder): Project {
  const scripts = ['build.gradle', 'build.gradle.kts']
  const version = first(
    folder,
    scripts,
    /(?:JavaLanguageVersion\.of\(|JavaVersion\.VERSION_(?:1_)?|jvmToolchain\(|(?:source|target)Compatibility\s*=\s*["']?(?:1\.)?)(\d+)/,
  )
  const spring = first(folder, scripts, /(org\.springframework\.boot)/)
  const main = first(folder, scripts, /mainClass(?:Name)?(?:\.set\(|\s*=)\s*["']([\w.$]+)["']/)
  return project(folder, 'gradle', {
    ...(version !== undefined && { version }),
    port: springPort(folder),
    manager: folder.names.includes('gradlew') ? 'wrapper' : 'gradle',
    runner: spring !== undefined ? 'spring' : main !== undefined ? 'application' : 'none',
    ...(spring === undefined && main !== undefined && { entry: main }),
  })
}

function dotnet(folder: Folder): Project {
  const projects = folder.names.filter((name) => /\.(cs|fs|vb)proj$/.test(name) && !/tests?\./i.test(name))
  const isWeb = (name: string): boolean => /Sdk="Microsoft\.NET\.Sdk\.Web"/.test(folder.text(name) ?? '')
  const atTop = projects.filter((name) => !name.includes('/'))
  const file =
    [atTop, projects].flatMap((some) => some.find(isWeb) ?? []).concat(atTop, projects)[0] ?? 'App.csproj'
  const version = first(folder, [file], /<TargetFrameworks?>net(\d+\.\d+)/)
  const assembly = first(folder, [file], /<AssemblyName>([\w.-]+)</)
  return project(folder, 'dotnet', {
    ...(version !== undefined && { version }),
    entry: assembly ?? file.replace(/^.*\//, '').replace(/\.\w+$/, ''),
    ...(isWord(file) && { manager: file }),
  })
}

function rust(folder: Folder): Project {
  const name =
    first(folder, ['Cargo.toml'], /^\[\[bin\]\][^[]*?^name\s*=\s*"([\w-]+)"/m) ??
    first(folder, ['Cargo.toml'], /^[ \t]*name\s*=\s*"([\w-]+)"/m)
  const version =
    first(folder, ['rust-toolchain.toml', 'rust-toolchain'], /^(?:channel\s*=\s*")?(1\.\d+)/m) ??
    first(folder, ['Cargo.toml'], /^rust-version\s*=\s*"(1\.\d+)/m)
  const listens = /(?:"\d+\.\d+\.\d+\.\d+:|"\d+\.\d+\.\d+\.\d+",\s*|\[\d+(?:,\s*\d+){3}\],\s*)(\d{2,5})\b/
  return project(folder, 'rust', {
    ...(version !== undefined && { version }),
    port: portIn(folder, /^src\/main\.rs$/, listens, 8080),
    ...(name !== undefined && { entry: name }),
  })
}

function ruby(folder: Folder): Project {
  const version =
    first(folder, ['.ruby-version'], /^(?:ruby-)?(\d+\.\d+)/) ??
    first(folder, ['Gemfile'], /^ruby\s+["'][^\d"']*(\d+\.\d+)/m)
  const gem = (name: string): boolean =>
    first(folder, ['Gemfile'], new RegExp(`^[ \\t]*gem\\s+["'](${name})["']`, 'm')) !== undefined
  const isRack = folder.names.includes('config.ru')
  const script = folder.names.find((name) => /^(app|main|server)\.rb$/.test(name))
  const runner = gem('rails')
    ? 'rails'
    : isRack && gem('puma')
      ? 'puma'
      : isRack
        ? 'rackup'
        : gem('sinatra')
          ? 'sinatra'
          : 'none'
  return project(folder, 'ruby', {
    ...(version !== undefined && { version }),
    port: portIn(folder, /^(app|main|server)\.rb$/, /\bport,?\s*[:=]?\s*(\d{2,5})\b/i, isRack ? 3000 : 4567),
    entry: isRack ? 'config.ru' : (script ?? 'app.rb'),
    runner,
  })
}

function php(folder: Folder): Project {
  const version = first(folder, ['composer.json'], /"php"\s*:\s*"[^\d"]*(\d+\.\d+)/)
  return project(folder, 'php', {
    ...(version !== undefined && { version }),
    manager: folder.names.includes('composer.json') ? 'composer' : 'none',
    ...(folder.names.includes('public/index.php') && { entry: 'public' }),
  })
}

const words = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')

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
