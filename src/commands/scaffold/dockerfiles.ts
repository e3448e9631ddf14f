import type { Project, Stack } from './detect.ts'

const nodeInstall: Readonly<
  Record<
    string,
    {
      readonly files: string
      readonly all: string
      readonly production: string
      readonly run: string
      readonly cache: string
    }
  >
> = {
  npm: {
    files: 'package.json package-lock.json*',
    all: 'npm ci',
    production: 'npm ci --omit=dev',
    run: 'npm run build',
    cache: '/root/.npm',
  },
  yarn: {
    files: 'package.json yarn.lock',
    all: 'corepack enable && yarn install --frozen-lockfile',
    production: 'corepack enable && yarn install --frozen-lockfile --production',
    run: 'corepack enable && yarn build',
    cache: '/usr/local/share/.cache/yarn',
  },
  pnpm: {
    files: 'package.json pnpm-lock.yaml',
    all: 'corepack enable && pnpm install --frozen-lockfile',
    production: 'corepack enable && pnpm install --frozen-lockfile --prod',
    run: 'corepack enable && pnpm build',
    cache: '/root/.local/share/pnpm/store',
  },
}

function node({ version, manager, entry, port, builds }: Project): string {
  const install = nodeInstall[manager] ?? nodeInstall['npm']!
  const build = builds
    ? `FROM node:${version}-alpine AS build
WORKDIR /app
COPY ${install.files} ./
RUN --mount=type=cache,target=${install.cache} ${install.all}
COPY . .
RUN ${install.run}

`
    : ''
  const source = builds ? 'COPY --from=build --chown=node:node /app .' : 'COPY --chown=node:node . .'
  return `# syntax=docker/dockerfile:1

${build}FROM node:${version}-alpine
ENV NODE_ENV=production
WORKDIR /app
${builds ? '' : `COPY ${install.files} ./\nRUN --mount=type=cache,target=${install.cache} ${install.production}\n`}${source}
USER node
EXPOSE ${port}
CMD ["node", "${entry}"]
`
}

function python({ version, manager, entry, port }: Project): string {
  const install: Readonly<Record<string, string>> = {
    pip: 'COPY requirements.txt .\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\nCOPY . .',
    project: 'COPY . .\nRUN --mount=type=cache,target=/root/.cache/pip pip install .',
    uv: 'COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/uv\nCOPY pyproject.toml uv.lock ./\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --frozen --no-install-project\nENV PATH=/app/.venv/bin:$PATH\nCOPY . .',
    none: 'COPY . .',
  }
  const command =
    entry === 'manage.py'
      ? `["python", "manage.py", "runserver", "0.0.0.0:${port}"]`
      : `["python", "${entry}"]`
  return `# syntax=docker/dockerfile:1

FROM python:${version}-slim
ENV PYTHONDONTWRITEBYTECODE=1 \\
    PYTHONUNBUFFERED=1
WORKDIR /app
RUN useradd --no-log-init --uid 10001 app
${install[manager] ?? install['none']!}
USER app
EXPOSE ${port}
CMD ${command}
`
}

const go = ({ version, port, entry }: Project): string => `# syntax=docker/dockerfile:1

FROM golang:${version}-alpine AS build
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

const java = (build: string, jar: string, { version, port }: Project): string => `# syntax=docker/dockerfile:1

${build}
FROM eclipse-temurin:${version}-jre
WORKDIR /app
RUN useradd --no-log-init --uid 10001 app
COPY --from=build ${jar} app.jar
USER app
EXPOSE ${port}
ENTRYPOINT ["java", "-jar", "app.jar"]
`

const maven = (project: Project): string =>
  java(
    `FROM maven:3-eclipse-temurin-${project.version} AS build
WORKDIR /src
COPY pom.xml .
RUN --mount=type=cache,target=/root/.m2 mvn -B dependency:go-offline
COPY src src
RUN --mount=type=cache,target=/root/.m2 mvn -B package -DskipTests
`,
    '/src/target/*.jar',
    project,
  )

const gradle = (project: Project): string => {
  const program = project.manager === 'wrapper' ? './gradlew' : 'gradle'
  return java(
    `FROM gradle:8-jdk${project.version} AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/home/gradle/.gradle ${program} build -x test --no-daemon
`,
    '/src/build/libs/*.jar',
    project,
  )
}

const dotnet = ({ version, port, entry, manager }: Project): string => `# syntax=docker/dockerfile:1

FROM mcr.microsoft.com/dotnet/sdk:${version} AS build
WORKDIR /src
COPY ${manager} .
RUN --mount=type=cache,target=/root/.nuget/packages dotnet restore
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:${version}
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
EXPOSE ${port}
ENTRYPOINT ["dotnet", "${entry}.dll"]
`

const rust = ({ version, port, entry }: Project): string => `# syntax=docker/dockerfile:1

FROM rust:${version}-alpine AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \\
    cargo build --release && cp target/release/${entry} /app

FROM alpine:3.22
RUN adduser -D -u 10001 app
COPY --from=build /app /usr/local/bin/app
USER app
EXPOSE ${port}
CMD ["app"]
`

const ruby = ({ version, port, entry }: Project): string => `# syntax=docker/dockerfile:1

FROM ruby:${version}-slim
ENV BUNDLE_WITHOUT=development:test
WORKDIR /app
RUN useradd --no-log-init --uid 10001 app
COPY Gemfile Gemfile.lock* ./
RUN --mount=type=cache,target=/usr/local/bundle/cache bundle install
COPY . .
USER app
EXPOSE ${port}
CMD ${entry === 'config.ru' ? `["bundle", "exec", "rackup", "--host", "0.0.0.0", "--port", "${port}"]` : `["ruby", "${entry}"]`}
`

const php = ({ version, port, manager }: Project): string => `# syntax=docker/dockerfile:1

${
  manager === 'composer'
    ? `FROM composer:2 AS vendor
WORKDIR /app
COPY composer.json composer.lock* ./
RUN --mount=type=cache,target=/tmp/cache composer install --no-dev --no-scripts --prefer-dist

`
    : ''
}FROM php:${version}-apache
WORKDIR /var/www/html
COPY . .
${manager === 'composer' ? 'COPY --from=vendor /app/vendor vendor\n' : ''}USER www-data
EXPOSE ${port}
`

const site = ({ port }: Project): string => `# syntax=docker/dockerfile:1

FROM nginxinc/nginx-unprivileged:1-alpine
COPY . /usr/share/nginx/html
EXPOSE ${port}
`

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
  static: site,
}

/** A Dockerfile in stages, with cache mounts and a user that is not root; Quayside's own rules find nothing in it. */
export const dockerfile = (project: Project): string => templates[project.stack](project)

const ignored: Readonly<Record<Stack, readonly string[]>> = {
  node: ['node_modules', 'npm-debug.log*', 'dist', 'coverage'],
  python: ['__pycache__', '*.pyc', '.venv', 'venv', '.pytest_cache', '*.egg-info'],
  go: ['bin', '*.test'],
  maven: ['target'],
  gradle: ['build', '.gradle'],
  dotnet: ['**/bin', '**/obj', '*.user'],
  rust: ['target'],
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

export const composeFile = ({ name, port }: Project): string => `services:
  ${name}:
    build: .
    image: ${name}:dev
    init: true
    restart: unless-stopped
    ports:
      - "127.0.0.1:${port === 80 ? 8080 : port}:${port}"
`
