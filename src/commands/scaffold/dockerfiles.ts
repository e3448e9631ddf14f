import type { Project, Stack } from './detect.ts'
import { nodeManager } from './node-manager.ts'

/** A command in its JSON form. */
const jsonForm = (...words: readonly string[]): string =>
  `[${words.map((word) => JSON.stringify(word)).join(', ')}]`

function node(project: Project): string {
  const { version, manager, entry, port, builds, runner } = project
  const { files, install, production, prune, run, cache } = nodeManager(project)
  const image = manager === 'bun' ? 'oven/bun:1-alpine' : `node:${version}-alpine`
  const build = `FROM ${image} AS build
WORKDIR /app
COPY ${files} ./
RUN --mount=type=cache,target=${cache} ${install}
COPY . .
RUN --mount=type=cache,target=${cache} ${run}${runner === 'site' ? '' : ` && ${prune}`}
`
  if (runner === 'site') return `${syntax}${build}\n${served(`--from=build /app/${entry}`)}`
  const program = manager === 'bun' ? 'bun' : 'node'
  const command =
    runner === 'start' ? jsonForm(manager === 'bun' ? 'bun' : 'npm', 'start') : jsonForm(program, entry)
  return `${syntax}${builds ? `${build}\n` : ''}FROM ${image}
ENV NODE_ENV=production \\
    PORT=${port}
WORKDIR /app
${
  builds
    ? 'COPY --from=build --chown=1000:1000 /app .'
    : `COPY ${files} ./\nRUN --mount=type=cache,target=${cache} ${install} ${production}\nCOPY --chown=1000:1000 . .`
}
USER 1000
EXPOSE ${port}
CMD ${command}
`
}

const pythonInstall: Readonly<Record<string, string>> = {
  pip: `COPY requirements.txt .
RUN --mount=type=cache,target=/root/.cache python -m venv /venv && /venv/bin/pip install -r requirements.txt
`,
  project: `COPY . .
RUN --mount=type=cache,target=/root/.cache python -m venv /venv && /venv/bin/pip install .
`,
  uv: `COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/uv
ENV UV_LINK_MODE=copy \\
    UV_PROJECT_ENVIRONMENT=/venv
COPY pyproject.toml uv.lock ./
RUN --mount=type=cache,target=/root/.cache uv sync --frozen --no-dev --no-install-project
`,
  poetry: `RUN --mount=type=cache,target=/root/.cache python -m venv /venv && pip install "poetry==2.*"
ENV VIRTUAL_ENV=/venv
COPY pyproject.toml poetry.lock ./
RUN --mount=type=cache,target=/root/.cache poetry install --only main --no-root
`,
  pipenv: `RUN --mount=type=cache,target=/root/.cache python -m venv /venv && pip install "pipenv==2025.*"
ENV VIRTUAL_ENV=/venv
COPY Pipfile Pipfile.lock ./
RUN --mount=type=cache,target=/root/.cache pipenv sync
`,
}

function pythonCommand({ runner, entry, port }: Project): string {
  const module = entry.replace(/\.py$/, '')
  switch (runner) {
    case 'django':
      return jsonForm('python', entry, 'runserver', `0.0.0.0:${port}`)
    case 'uvicorn':
      return jsonForm('uvicorn', `${module}:app`, '--host', '0.0.0.0', '--port', String(port))
    case 'gunicorn':
      return jsonForm('gunicorn', '--bind', `0.0.0.0:${port}`, `${module}:app`)
    case 'flask':
      return jsonForm('flask', '--app', module, 'run', '--host', '0.0.0.0', '--port', String(port))
    default:
      return jsonForm('python', entry)
  }
}

function python(project: Project): string {
  const { version, manager, port } = project
  const install = pythonInstall[manager]
  const build = install === undefined ? '' : `FROM python:${version} AS build\nWORKDIR /app\n${install}\n`
  return `${syntax}${build}FROM python:${version}-slim
ENV ${install === undefined ? '' : 'PATH=/venv/bin:$PATH \\\n    '}PYTHONDONTWRITEBYTECODE=1 \\
    PYTHONUNBUFFERED=1
WORKDIR /app
RUN useradd --no-log-init --uid 10001 app
${install === undefined ? '' : 'COPY --from=build /venv /venv\n'}COPY . .
USER 10001
EXPOSE ${port}
CMD ${pythonCommand(project)}
`
}

const go = ({ version, port, entry }: Project): string => `${syntax}FROM golang:${version}-alpine AS build
WORKDIR /src
COPY go.mod go.sum* ./
RUN --mount=type=cache,target=/go/pkg/mod go mod download
COPY . .
RUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build \\
    CGO_ENABLED=0 go build -ldflags="-s -w" -o /app ${entry}

FROM gcr.io/distroless/static-debian12:nonroot
COPY --from=build /app /app
EXPOSE ${port}
ENTRYPOINT ["/app"]
`

const java = (
  build: string,
  from: string,
  command: readonly string[],
  { version, port }: Project,
): string => `${syntax}${build}
FROM eclipse-temurin:${version}-jre
WORKDIR /app
RUN useradd --no-log-init --uid 10001 app
COPY --from=build ${from}
USER 10001
EXPOSE ${port}
ENTRYPOINT ${jsonForm('java', ...command)}
`

const maven = (project: Project): string =>
  java(
    `FROM maven:3-eclipse-temurin-${project.version} AS build
WORKDIR /src
COPY pom.xml .
RUN --mount=type=cache,target=/root/.m2 mvn -B dependency:go-offline
COPY src src
RUN --mount=type=cache,target=/root/.m2 mvn -B package -DskipTests && \\
    rm -f target/original-*.jar target/*-sources.jar target/*-javadoc.jar
`,
    '/src/target/*.jar app.jar',
    ['-jar', 'app.jar'],
    project,
  )

const gradle = (project: Project): string => {
  const program = project.manager === 'wrapper' ? './gradlew' : 'gradle'
  const isApplication = project.runner === 'application'
  const task = project.runner === 'spring' ? 'bootJar' : isApplication ? 'installDist' : 'jar'
  return java(
    `FROM gradle:8-jdk${project.version} AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/home/gradle/.gradle ${program} ${task} --no-daemon
`,
    isApplication ? '/src/build/install/*/lib lib/' : '/src/build/libs/*.jar app.jar',
    isApplication ? ['-cp', 'lib/*', project.entry] : ['-jar', 'app.jar'],
    project,
  )
}

function dotnet({ version, port, entry, manager }: Project): string {
  const file = manager === 'none' ? '' : ` ${manager}`
  const restore =
    manager === 'none' || manager.includes('/')
      ? ''
      : `COPY ${manager} .\nRUN --mount=type=cache,target=/root/.nuget/packages dotnet restore${file}\n`
  return `${syntax}FROM mcr.microsoft.com/dotnet/sdk:${version} AS build
WORKDIR /src
${restore}COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish${file} -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:${version}
ENV ASPNETCORE_URLS=http://+:${port}
WORKDIR /app
COPY --from=build /app .
USER 10001
EXPOSE ${port}
ENTRYPOINT ${jsonForm('dotnet', `${entry}.dll`)}
`
}

const rust = ({ version, port, entry }: Project): string => `${syntax}FROM rust:${version}-alpine AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \\
    cargo build --release && cp target/release/${entry} /app

FROM alpine:3.22
RUN adduser -D -u 10001 app
COPY --from=build /app /usr/local/bin/app
USER 10001
EXPOSE ${port}
CMD ["app"]
`

function rubyCommand({ runner, entry, port }: Project): string {
  switch (runner) {
    case 'rails':
      return jsonForm('bundle', 'exec', 'rails', 'server', '-b', '0.0.0.0', '-p', String(port))
    case 'puma':
      return jsonForm('bundle', 'exec', 'puma', '-b', `tcp://0.0.0.0:${port}`)
    case 'rackup':
      return jsonForm('bundle', 'exec', 'rackup', '--host', '0.0.0.0', '--port', String(port))
    case 'sinatra':
      return jsonForm('bundle', 'exec', 'ruby', entry, '-o', '0.0.0.0', '-p', String(port))
    default:
      return jsonForm('bundle', 'exec', 'ruby', entry)
  }
}

const ruby = (project: Project): string => `${syntax}FROM ruby:${project.version} AS build
ENV BUNDLE_WITHOUT=development:test
WORKDIR /app
COPY Gemfile Gemfile.lock* .ruby-version* ./
RUN --mount=type=cache,target=/usr/local/bundle/cache bundle install

FROM ruby:${project.version}-slim
ENV BUNDLE_WITHOUT=development:test
RUN useradd --no-log-init --uid 10001 app && install -d -o app /app
WORKDIR /app
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY --chown=10001 . .
USER 10001
EXPOSE ${project.port}
CMD ${rubyCommand(project)}
`

const php = ({ version, manager, entry }: Project): string => `${syntax}${
  manager === 'composer'
    ? `FROM composer:2 AS vendor
WORKDIR /app
COPY composer.json composer.lock* ./
RUN --mount=type=cache,target=/tmp/cache \\
    composer install --no-dev --no-scripts --no-autoloader --prefer-dist --ignore-platform-reqs
COPY . .
RUN composer dump-autoload --no-dev --no-scripts --optimize --ignore-platform-reqs

`
    : ''
}FROM php:${version}-apache
WORKDIR /var/www/html
${
  entry === 'public'
    ? `RUN a2enmod rewrite && \\
    sed -i "s!/var/www/html!/var/www/html/public!" /etc/apache2/sites-available/000-default.conf
`
    : ''
}COPY --chown=33:33 . .
${manager === 'composer' ? 'COPY --from=vendor /app/vendor vendor\n' : ''}USER 33
EXPOSE 80
`

const served = (files: string): string => `FROM nginxinc/nginx-unprivileged:1-alpine
COPY ${files} /usr/share/nginx/html
EXPOSE 8080
`

const syntax = '# syntax=docker/dockerfile:1\n\n'

const templates: Readonly<Record<Stack, (project: Project) => string>> = {
  node,
  python,
  go,
  maven,
  gradle,
  dotnet,
  rust,
  ruby,
  php,
  static: () => `${syntax}${served('.')}`,
}

/** A Dockerfile in stages, with cache mounts and a user that is not root; Quayside's own rules find nothing in it. */
export const dockerfile = (project: Project): string => templates[project.stack](project)

const ignored: Readonly<Record<Stack, readonly string[]>> = {
  node: ['node_modules', 'npm-debug.log*', 'dist', 'coverage'],
  // A build may read what the package says of itself.
  python: ['!README*', '__pycache__', '*.pyc', '.venv', 'venv', '.pytest_cache', '*.egg-info'],
  go: ['bin', '*.test'],
  maven: ['target'],
  gradle: ['build', '.gradle'],
  dotnet: ['**/bin', '**/obj', '*.user'],
  rust: ['!README*', 'target'],
  ruby: ['vendor/bundle', 'log', 'tmp'],
  php: ['vendor'],
  static: [],
}

/** What no image needs, and what must not get into one. */
export const dockerignore = ({ stack }: Project): string =>
  [
    ...[
      '.git',
      '.gitignore',
      '.vscode',
      '.idea',
      '.env',
      '.env.*',
      '*.md',
      '.dockerignore',
      'Dockerfile*',
      '*compose*.y*ml',
    ],
    ...ignored[stack],
  ].join('\n') + '\n'

/** The web servers that come with an image listen where their image says. */
const innerPort = ({ stack, runner, port }: Pick<Project, 'stack' | 'runner' | 'port'>): number =>
  stack === 'php' ? 80 : stack === 'static' || runner === 'site' ? 8080 : port

/** A name that YAML takes for a word. */
const key = (name: string): string =>
  /^[a-z]/.test(name) && !/^(true|false|null|yes|no|on|off|y|n)$/.test(name) ? name : JSON.stringify(name)

export const composeFile = (project: Project): string => `services:
  ${key(project.name)}:
    build: .
    image: ${project.name}:dev
    init: true
    restart: unless-stopped
    ports:
      - "127.0.0.1:${project.port}:${innerPort(project)}"
`
