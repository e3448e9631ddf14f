import { assetsOf } from './node-assets.ts'
import {
  aptInstall,
  first,
  nameOf,
  syntax,
  within,
  type Folder,
  type Project,
  type Stack,
} from '../project.ts'

interface PhpProject extends Project {
  /** Extensions that the manifest asks for and the image has the source of. */
  readonly extensions: readonly string[]
  /** What Node builds for its pages. */
  readonly assets: ReturnType<typeof assetsOf>
}

/** Extensions that the image brings as source, with the package that each is built upon. */
const buildable: ReadonlyMap<string, string | undefined> = new Map([
  ...['bcmath', 'calendar', 'exif', 'mysqli', 'pcntl', 'pdo_mysql', 'shmop', 'sockets'].map(
    (name) => [name, undefined] as const,
  ),
  ...(
    [
      ['bz2', 'libbz2-dev'],
      ['gd', 'libpng-dev'],
      ['gmp', 'libgmp-dev'],
      ['intl', 'libicu-dev'],
      ['pdo_pgsql', 'libpq-dev'],
      ['pgsql', 'libpq-dev'],
      ['soap', 'libxml2-dev'],
      ['xsl', 'libxslt1-dev'],
      ['zip', 'libzip-dev'],
    ] as const
  ).map(([name, needs]) => [name, needs] as const),
])

/** Folders that a framework has served. */
const served = ['public', 'web', 'webroot']

function plain(folder: Folder): PhpProject {
  const manifest = folder.text('composer.json') ?? ''
  const asked = [...manifest.matchAll(/"ext-([a-z0-9_-]+)"\s*:/g)].map(([, name = '']) =>
    name.replace('-', '_'),
  )
  return {
    stack: 'php',
    name: nameOf(folder, ''),
    version: first(folder, ['composer.json'], /"php"\s*:\s*"[^\d"]*(\d+\.\d+)/) ?? '8.4',
    port: 8080,
    innerPort: 80,
    member: '',
    manager: folder.names.includes('composer.json') ? 'composer' : 'none',
    entry: served.find((name) => folder.names.includes(`${name}/index.php`)) ?? 'index.php',
    runner: 'none',
    // Without its key Laravel answers nothing; what is in `.env` compose reads from there.
    ...(/"laravel\/framework"/.test(manifest) && { environment: ['APP_KEY'] }),
    assets: assetsOf(folder),
    extensions: [...new Set(asked)].filter((name) => buildable.has(name)).sort(),
  }
}

function built(extensions: readonly string[]): string {
  if (extensions.length === 0) return ''
  const needs = [...new Set(extensions.flatMap((name) => buildable.get(name) ?? []))].sort()
  const install = `docker-php-ext-install ${extensions.join(' ')}`
  return needs.length === 0 ? `RUN ${install}\n` : aptInstall(needs, install)
}

export const php: Stack<PhpProject> = {
  id: 'php',
  title: 'PHP',
  plain,
  detect: (folder) =>
    folder.names.some((name) => /^(composer\.json|index\.php|(?:public|web|webroot)\/index\.php)$/.test(name))
      ? [plain(folder)]
      : [],
  dockerfile: ({ version, manager, entry, extensions, assets }) => `${syntax}${
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
  }${assets === undefined ? '' : `${assets.stage}\n`}FROM php:${version}-apache
WORKDIR /var/www/html
${built(extensions)}${
    entry !== 'index.php'
      ? `RUN a2enmod rewrite && \\
    sed -i "s!/var/www/html!/var/www/html/${entry}!" /etc/apache2/sites-available/000-default.conf
`
      : ''
  }COPY --chown=33:33 . .
${manager === 'composer' ? 'COPY --from=vendor --chown=33:33 /app/vendor vendor\n' : ''}${
    assets === undefined
      ? ''
      : `COPY --from=assets --chown=33:33 ${within('/app', assets.folder)} ${assets.folder}\n`
  }USER 33
EXPOSE 80
`,
  ignored: ({ assets }) => [
    'vendor',
    // What Laravel keeps there of a folder with the packages for developing names them.
    'bootstrap/cache/*.php',
    ...(assets === undefined ? [] : [assets.folder, 'public/hot']),
  ],
}
