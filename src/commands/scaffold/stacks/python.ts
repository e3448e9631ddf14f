import { first, isWord, nameOf, portIn, type Folder, type Stack } from '../project.ts'
import { pythonDockerfile, type PythonProject } from './python-dockerfile.ts'
import { pythonVersion } from './python-version.ts'

const managers: readonly (readonly [manager: string, file: string])[] = [
  ['uv', 'uv.lock'],
  ['poetry', 'poetry.lock'],
  ['pipenv', 'Pipfile.lock'],
  ['pip', 'requirements.txt'],
  ['pipenv', 'Pipfile'],
]

function managerOf({ names, text }: Folder): string {
  const manager = managers.find(([, file]) => names.includes(file))?.[0]
  if (manager !== undefined) return manager
  const manifest = text('pyproject.toml') ?? ''
  if (/^\[tool\.poetry\.dependencies\]/m.test(manifest)) return 'poetry'
  if (!/^\[project\]/m.test(manifest))
    return names.some((name) => /^setup\.(?:py|cfg)$/.test(name)) ? 'package' : 'none'
  return /^dynamic\s*=\s*\[[^\]]{0,1000}["']dependencies["']/m.test(manifest) ? 'package' : 'project'
}

const places = /^(?:src\/)?(?:[\w-]+\/){0,2}(?:main|app|server|wsgi|asgi|api|run|__init__)\.py$/
const made = /^(\w+)(?:\s*:\s*[\w.]+)?\s*=\s*(?:\w+\.)?(?:FastAPI|Flask|Starlette|Quart|Litestar)\(/m
const factory = /^def\s+(create_app|make_app)\s*\(/m

/** Where the application of a framework is made. */
function applicationIn(folder: Folder):
  | {
      readonly file: string
      readonly name: string
      readonly isFactory: boolean
    }
  | undefined {
  const files = folder.names
    .filter((name) => places.test(name) && !/(?:^|\/)(?:tests?|examples?|docs?)\//.test(name))
    .sort((one, other) => one.split('/').length - other.split('/').length)
  for (const [pattern, isFactory] of [
    [made, false],
    [factory, true],
  ] as const)
    for (const file of files) {
      const name = pattern.exec(folder.text(file) ?? '')?.[1]
      if (name !== undefined) return { file, name, isFactory }
    }
  return undefined
}

const moduleOf = (file: string): string =>
  file
    .replace(/^src\//, '')
    .replace(/\.py$/, '')
    .replace(/\/__init__$/, '')
    .replaceAll('/', '.')

/** The one file of the folder itself that is no tool's or test's. */
function onlyProgram(names: readonly string[]): string | undefined {
  const programs = names.filter(
    (name) =>
      /^[\w-]+\.py$/.test(name) &&
      !/^(?:setup|conftest|noxfile|tasks|fabfile|test_[\w-]*|[\w-]*_test)\.py$/.test(name),
  )
  return programs.length === 1 ? programs[0] : undefined
}

/** The page that Streamlit begins with. */
function streamlitIn({ names, text }: Folder): string | undefined {
  const pages = names.filter(
    (name) =>
      /^(?:src\/|app\/)?\w+\.py$/.test(name) && /^\s*(?:import|from) streamlit\b/m.test(text(name) ?? ''),
  )
  return pages.find((name) => /(?:^|\/)(?:streamlit_app|home|app|main)\.py$/i.test(name)) ?? pages[0]
}

/** The first program that the package brings by its name. */
function scriptOf(folder: Folder): string | undefined {
  const name =
    first(folder, ['pyproject.toml'], /^\[(?:project|tool\.poetry)\.scripts\]\s*["']?([\w.-]+)["']?\s*=/m) ??
    first(folder, ['setup.py', 'setup.cfg'], /\bconsole_scripts\b["']?\s*[:=]\s*\[?\s*["']?([\w.-]+)\s*=/)
  return name !== undefined && isWord(name) ? name : undefined
}

const mkdocs = /^mkdocs\.ya?ml$/

/** What makes a documentation of `mkdocs.yml`, where no manifest names it. */
function documentationTool(folder: Folder, needs: string): string | undefined {
  if (/\bmkdocs\b/i.test(needs)) return undefined
  const isMaterial =
    first(folder, ['mkdocs.yml', 'mkdocs.yaml'], /^(?:theme:|[ \t]+name:)[ \t]*["']?(material)\b/m) !==
    undefined
  return isMaterial ? 'mkdocs-material' : 'mkdocs'
}

function plain(folder: Folder): PythonProject {
  const { names, text } = folder
  const needs = ['requirements.txt', 'pyproject.toml', 'Pipfile', 'setup.py', 'setup.cfg']
    .map((name) => text(name) ?? '')
    .join('\n')
  const locks = ['uv.lock', 'poetry.lock', 'Pipfile.lock'].map((name) => text(name) ?? '').join('\n')
  const usesOne = (name: string, where = needs): boolean =>
    new RegExp(`(?:^|["'])[ \\t]*${name}(?![\\w-])`, 'im').test(where)
  const manage = names.find((name) => /^(?:[\w-]+\/)?manage\.py$/.test(name))
  const found = manage === undefined ? applicationIn(folder) : undefined
  const isStreamlit = manage === undefined && found === undefined && usesOne('streamlit')
  const program =
    manage ??
    found?.file ??
    (isStreamlit ? streamlitIn(folder) : undefined) ??
    names.find((name) => /^(?:src\/)?(?:main|app|server|wsgi)\.py$/.test(name)) ??
    names.find((name) => /^(?:src\/)?[\w-]+\/__main__\.py$/.test(name)) ??
    onlyProgram(names)
  const script = program === undefined ? scriptOf(folder) : undefined
  const isDocumentation =
    program === undefined && script === undefined && names.some((name) => mkdocs.test(name))
  const entry = program ?? script ?? 'main.py'
  const runner = isDocumentation
    ? 'mkdocs'
    : script !== undefined
      ? 'script'
      : isStreamlit
        ? 'streamlit'
        : manage !== undefined
          ? usesOne('gunicorn')
            ? 'gunicorn'
            : 'django'
          : usesOne('fastapi') || usesOne('uvicorn')
            ? 'uvicorn'
            : usesOne('gunicorn')
              ? 'gunicorn'
              : usesOne('flask')
                ? 'flask'
                : 'none'
  const settings = /DJANGO_SETTINGS_MODULE["'],\s*["']([\w.]+)\.settings/.exec(text(manage ?? '') ?? '')?.[1]
  const hasServer =
    runner !== 'uvicorn' ||
    usesOne('uvicorn') ||
    usesOne('uvicorn', locks) ||
    /fastapi\[(?:[\w,]*,)?(?:standard|all)\b/i.test(needs)
  const isAll = /^[ \t]*(?:-[rce]|--(?:requirement|constraint|editable)|\.)/m.test(
    text('requirements.txt') ?? '',
  )
  const manager = managerOf(folder)
  const usual = isDocumentation
    ? 8080
    : isStreamlit
      ? 8501
      : usesOne('gradio') && runner === 'none'
        ? 7860
        : usesOne('flask') && manage === undefined
          ? 5000
          : 8000
  return {
    stack: 'python',
    name: nameOf(folder, ''),
    version: pythonVersion(folder, needs),
    port: portIn(
      folder,
      (name) => places.test(name) || name === entry,
      /\bport\s*=\s*(?:int\(\s*)?(?:os\.(?:environ\.get|getenv)\(\s*["']\w+["']\s*,\s*)?["']?(\d{2,5})\b/i,
      Number(first(folder, ['.streamlit/config.toml'], /^port\s*=\s*(\d{2,5})\b/m) ?? usual),
    ),
    ...(isDocumentation && { innerPort: 8080 }),
    member: '',
    manager,
    installsItself: script !== undefined && manager !== 'package',
    listensEverywhere: usesOne('gradio') ? ['GRADIO_SERVER_NAME=0.0.0.0'] : [],
    entry: isWord(entry) ? entry : 'main.py',
    runner,
    application:
      manage !== undefined ? `${settings ?? 'config'}.wsgi` : `${moduleOf(entry)}:${found?.name ?? 'app'}`,
    isFactory: found?.isFactory === true,
    isBelowSrc: entry.startsWith('src/') && !names.includes('src/__init__.py'),
    extra: isDocumentation ? documentationTool(folder, needs) : hasServer ? undefined : 'uvicorn',
    needsAll: isAll,
    libraries: [
      ...(usesOne('mysqlclient') ? ['libmariadb3'] : []),
      ...(usesOne('psycopg2') || usesOne('psycopg(?!\\[[\\w,]*binary)') ? ['libpq5'] : []),
    ],
  }
}

export const python: Stack<PythonProject> = {
  id: 'python',
  title: 'Python',
  plain,
  detect: (folder) =>
    folder.names.some((name) =>
      /^(requirements\.txt|pyproject\.toml|Pipfile|manage\.py|setup\.py|mkdocs\.ya?ml)$/.test(name),
    )
      ? [plain(folder)]
      : [],
  dockerfile: pythonDockerfile,
  // A build may read what the package says of itself.
  ignored: ({ runner }) => [
    '!README*',
    '**/__pycache__',
    '.venv',
    'venv',
    '.*_cache',
    '.tox',
    '**/*.egg-info',
    ...(runner === 'streamlit' ? ['.streamlit/secrets.toml'] : []),
    ...(runner === 'mkdocs' ? ['site'] : []),
  ],
}
