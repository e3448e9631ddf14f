import { aptInstall, jsonForm, served, syntax, type Project } from '../project.ts'

export interface PythonProject extends Project {
  /** `module:name` of the application, in a framework's words; of Django's the module alone. */
  readonly application: string
  /** The application is what a function gives. */
  readonly isFactory: boolean
  /** The modules are below `src`. */
  readonly isBelowSrc: boolean
  /** The server that no manifest names. */
  readonly extra: string | undefined
  /** Variables without which it listens to its own container only. */
  readonly listensEverywhere: readonly string[]
  /** What starts it is a program of the package itself, which is then installed too. */
  readonly installsItself: boolean
  /** What is installed reads more of the folder than its manifests. */
  readonly needsAll: boolean
  /** Packages of Debian that packages are built upon and the slim image lacks. */
  readonly libraries: readonly string[]
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

/** The lines that install what the project needs, and itself where it is started by its name. */
function installed(project: PythonProject): string | undefined {
  const lines = install(project)
  if (lines === undefined || !project.installsItself) return lines
  const isUv = project.manager === 'uv' || project.manager === 'project'
  const pip = isUv ? 'uv pip install --python /venv/bin/python' : '/venv/bin/pip install'
  return `${lines}COPY . .\n${cache} ${pip} --no-deps .\n`
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
    case 'streamlit':
      return jsonForm(
        ...['streamlit', 'run', entry, '--server.headless', 'true', '--browser.gatherUsageStats', 'false'],
        ...['--server.address', '0.0.0.0', '--server.port', String(port)],
      )
    case 'script':
      return jsonForm(entry)
    default: {
      const module = /^(?:src\/)?([\w-]+)\/__main__\.py$/.exec(entry)?.[1]
      return module === undefined ? jsonForm('python', entry) : jsonForm('python', '-m', module)
    }
  }
}

export function pythonDockerfile(project: PythonProject): string {
  const { version, port, libraries, isBelowSrc, runner, manager, listensEverywhere } = project
  const lines = installed(project)
  const build = lines === undefined ? '' : `FROM python:${version} AS build\nWORKDIR /app\n${lines}\n`
  if (runner === 'mkdocs')
    return `${syntax}${build.trimEnd()}
${manager === 'package' ? '' : 'COPY . .\n'}RUN /venv/bin/mkdocs build --site-dir /site

${served('--from=build /site')}`
  const env = [
    ...(lines === undefined ? [] : ['PATH=/venv/bin:$PATH']),
    ...listensEverywhere,
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
}
