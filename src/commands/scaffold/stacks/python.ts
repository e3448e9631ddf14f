import {
  aptInstall,
  first,
  isWord,
  jsonForm,
  nameOf,
  portIn,
  syntax,
  type Folder,
  type Project,
  type Stack,
} from '../project.ts'

interface PythonProject extends Project {
  /** `module:name` of the application, in a framework's words; of Django's the module alone. */
  readonly application: string
  /** The application is what a function gives. */
  readonly isFactory: boolean
  /** The modules are below `src`. */
  readonly isBelowSrc: boolean
  /** The server that no manifest names. */
  readonly extra: string | undefined
  /** What is installed reads more of the folder than its manifests. */
  readonly needsAll: boolean
  /** Packages of Debian that packages are built upon and the slim image lacks. */
  readonly libraries: readonly string[]
}

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
  if (!/^\[project\]/m.test(manifest)) return 'none'
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

function plain(folder: Folder): PythonProject {
  const { names, text } = folder
  const needs = ['requirements.txt', 'pyproject.toml', 'Pipfile'].map((name) => text(name) ?? '').join('\n')
  const locks = ['uv.lock', 'poetry.lock', 'Pipfile.lock'].map((name) => text(name) ?? '').join('\n')
  const usesOne = (name: string, where = needs): boolean =>
    new RegExp(`(?:^|["'])[ \\t]*${name}(?![\\w-])`, 'im').test(where)
  const manage = names.find((name) => /^(?:[\w-]+\/)?manage\.py$/.test(name))
  const found = manage === undefined ? applicationIn(folder) : undefined
  const entry =
    manage ??
    found?.file ??
    names.find((name) => /^(?:src\/)?(?:main|app|server|wsgi)\.py$/.test(name)) ??
    names.find((name) => /^[\w-]+\/__main__\.py$/.test(name)) ??
    onlyProgram(names) ??
    'main.py'
  const runner =
    manage !== undefined
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
  return {
    stack: 'python',
    name: nameOf(folder, ''),
    version:
      first(folder, ['.python-version', 'runtime.txt'], /^(?:python-)?(3\.\d+)/) ??
      /(?:requires-python|python_version|^python)\s*=\s*["'][^\d"']*(3\.\d+)/m.exec(needs)?.[1] ??
      '3.13',
    port: portIn(
      folder,
      (name) => places.test(name) || name === entry,
      /\bport\s*=\s*(?:int\(\s*)?(?:os\.(?:environ\.get|getenv)\(\s*["']\w+["']\s*,\s*)?["']?(\d{2,5})\b/i,
      usesOne('flask') && manage === undefined ? 5000 : 8000,
    ),
    member: '',
    manager: managerOf(folder),
    entry: isWord(entry) ? entry : 'main.py',
    runner,
    application:
      manage !== undefined ? `${settings ?? 'config'}.wsgi` : `${moduleOf(entry)}:${found?.name ?? 'app'}`,
    isFactory: found?.isFactory === true,
    isBelowSrc: entry.startsWith('src/') && !names.includes('src/__init__.py'),
    extra: hasServer ? undefined : 'uvicorn',
    needsAll: isAll,
    libraries: [
      ...(usesOne('mysqlclient') ? ['libmariadb3'] : []),
      ...(usesOne('psycopg2') || usesOne('psycopg') ? ['libpq5'] : []),
    ],
  }
}

const venv = 'python -m venv /venv'
const cache = 'RUN --mount=type=cache,target=/root/.cache'
const withUv = `COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/uv
ENV UV_LINK_MODE=copy \\
    UV_PROJECT_ENVIRONMENT=/venv \\
    UV_PYTHON_DOWNLOADS=never
`

/** The lines that make `/venv`, which holds all that the project needs. */
function install({ manager, extra, needsAll }: PythonProject): string | undefined {
  const also = extra === undefined ? '' : ` ${extra}`
  const after = extra === undefined ? '' : ` && /venv/bin/pip install ${extra}`
  switch (manager) {
    case 'pip':
      // What refers to other files of the folder is installed with all of them at hand, and none of them copied.
      return needsAll
        ? `RUN --mount=type=bind,rw,target=. --mount=type=cache,target=/root/.cache \\
    ${venv} && /venv/bin/pip install -r requirements.txt${also}
`
        : `COPY requirements.txt .
${cache} ${venv} && /venv/bin/pip install -r requirements.txt${also}
`
    case 'package':
      return `COPY . .
${cache} ${venv} && /venv/bin/pip install .${also}
`
    case 'project':
      return `${withUv}COPY pyproject.toml .
${cache} ${venv} && uv pip install --python /venv/bin/python -r pyproject.toml${also}
`
    case 'uv':
      return `${withUv}COPY pyproject.toml uv.lock ./
${cache} uv sync --frozen --no-dev --no-install-project${
        extra === undefined ? '' : ` && \\\n    uv pip install --python /venv/bin/python ${extra}`
      }
`
    case 'poetry':
      return `${cache} ${venv} && pip install "poetry==2.*"
ENV VIRTUAL_ENV=/venv
COPY pyproject.toml poetry.lock* ./
${cache} poetry install --only main --no-root${after}
`
    case 'pipenv':
      return `${cache} ${venv} && pip install "pipenv==2025.*"
ENV VIRTUAL_ENV=/venv
COPY Pipfile Pipfile.lock* ./
${cache} if [ -f Pipfile.lock ]; then pipenv sync; else pipenv install --skip-lock; fi${after}
`
    default:
      return extra === undefined ? undefined : `${cache} ${venv} && /venv/bin/pip install ${extra}\n`
  }
}

function command({ runner, entry, port, application, isFactory }: PythonProject): string {
  switch (runner) {
    case 'django':
      return jsonForm('python', entry, 'runserver', `0.0.0.0:${port}`)
    case 'uvicorn':
      return jsonForm(
        'uvicorn',
        ...(isFactory ? ['--factory'] : []),
        application,
        ...['--host', '0.0.0.0', '--port', String(port)],
      )
    case 'gunicorn': {
      const folder = /^([\w-]+)\/manage\.py$/.exec(entry)?.[1]
      return jsonForm(
        'gunicorn',
        ...(folder === undefined ? [] : ['--chdir', folder]),
        ...['--bind', `0.0.0.0:${port}`, `${application}${isFactory ? '()' : ''}`],
      )
    }
    case 'flask':
      return jsonForm(
        'flask',
        '--app',
        application.replace(/:.*/, ''),
        'run',
        '--host',
        '0.0.0.0',
        '--port',
        String(port),
      )
    default: {
      const module = /^([\w-]+)\/__main__\.py$/.exec(entry)?.[1]
      return module === undefined ? jsonForm('python', entry) : jsonForm('python', '-m', module)
    }
  }
}

export const python: Stack<PythonProject> = {
  id: 'python',
  title: 'Python',
  plain,
  detect: (folder) =>
    folder.names.some((name) => /^(requirements\.txt|pyproject\.toml|Pipfile|manage\.py)$/.test(name))
      ? [plain(folder)]
      : [],
  dockerfile(project) {
    const { version, port, libraries, isBelowSrc } = project
    const lines = install(project)
    const build = lines === undefined ? '' : `FROM python:${version} AS build\nWORKDIR /app\n${lines}\n`
    const env = [
      ...(lines === undefined ? [] : ['PATH=/venv/bin:$PATH']),
      'PYTHONDONTWRITEBYTECODE=1',
      ...(isBelowSrc ? ['PYTHONPATH=/app/src'] : []),
      'PYTHONUNBUFFERED=1',
    ]
    return `${syntax}${build}FROM python:${version}-slim
ENV ${env.join(' \\\n    ')}
WORKDIR /app
${aptInstall(libraries)}RUN useradd --no-log-init --uid 10001 app
${lines === undefined ? '' : 'COPY --from=build /venv /venv\n'}COPY . .
USER 10001
EXPOSE ${port}
CMD ${command(project)}
`
  },
  // A build may read what the package says of itself.
  ignored: () => ['!README*', '__pycache__', '*.pyc', '.venv', 'venv', '.pytest_cache', '*.egg-info'],
}
