import { nodeBeside, type NodeBeside } from './node-assets.ts'
import {
  aptInstall,
  first,
  jsonForm,
  nameOf,
  portIn,
  served,
  syntax,
  type Folder,
  type Project,
  type Stack,
} from '../project.ts'

/** They call Node when Rails makes its assets. */
const callNode = 'jsbundling-rails|cssbundling-rails|vite_rails|vite_ruby|shakapacker|webpacker'

interface RubyProject extends Project {
  /** Packages of Debian that gems are built upon and the slim image lacks. */
  readonly libraries: readonly string[]
  /** Rails has assets to make before it runs. */
  readonly hasAssets: boolean
  /** What Rails makes its assets with, beside Ruby. */
  readonly node: NodeBeside | undefined
}

function plain(folder: Folder): RubyProject {
  const gem = (names: string): boolean =>
    first(folder, ['Gemfile'], new RegExp(`^[ \\t]*gem\\s+["'](${names})["']`, 'm')) !== undefined
  const isRack = folder.names.includes('config.ru')
  const script = folder.names.find((name) => /^(app|main|server)\.rb$/.test(name))
  const node = gem('rails') && gem(callNode) ? nodeBeside(folder) : undefined
  const runner = gem('rails')
    ? 'rails'
    : gem('jekyll|github-pages')
      ? 'jekyll'
      : isRack && gem('puma')
        ? 'puma'
        : isRack
          ? 'rackup'
          : gem('sinatra')
            ? 'sinatra'
            : 'none'
  return {
    stack: 'ruby',
    name: nameOf(folder, ''),
    version:
      first(folder, ['.ruby-version'], /^(?:ruby-)?(\d+\.\d+)/) ??
      first(folder, ['.tool-versions'], /^ruby[ \t]+(\d+\.\d+)/m) ??
      first(folder, ['Gemfile'], /^ruby\s+["'][^\d"']*(\d+\.\d+)/m) ??
      '3.4',
    port: portIn(
      folder,
      (name) => name === 'config/puma.rb',
      /^[ \t]*(?:port\b[^\n#]{0,60}?\b|bind[ \t]+["']tcp:\/\/[\w.[\]]*:)(\d{2,5})\b/m,
      portIn(
        folder,
        (name) => /^(app|main|server)\.rb$/.test(name),
        /\bport,?\s*[:=]?\s*(\d{2,5})\b/i,
        isRack || runner === 'rails' ? 3000 : 4567,
      ),
    ),
    ...(runner === 'jekyll' && { port: 8080, innerPort: 8080 }),
    ...(runner === 'rails' && {
      environment: ['RAILS_MASTER_KEY', 'SECRET_KEY_BASE'],
    }),
    member: '',
    manager: 'none',
    entry: isRack ? 'config.ru' : (script ?? 'app.rb'),
    runner,
    libraries: [...(gem('mysql2') ? ['libmariadb3'] : []), ...(gem('pg') ? ['libpq5'] : [])],
    hasAssets:
      runner === 'rails' &&
      (node !== undefined || folder.names.some((name) => name.startsWith('app/assets/'))),
    node,
  }
}

function command({ runner, entry, port }: Project): string {
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

const jekyllDockerfile = ({ version }: Project): string => `${syntax}FROM ruby:${version} AS build
ENV BUNDLE_WITHOUT=development:test \\
    JEKYLL_ENV=production
WORKDIR /app
COPY Gemfile Gemfile.lock* .ruby-version* ./
RUN --mount=type=cache,target=/usr/local/bundle/cache bundle install
COPY . .
RUN bundle exec jekyll build --destination /site

${served('--from=build /site')}`

export const ruby: Stack<RubyProject> = {
  id: 'ruby',
  title: 'Ruby',
  plain,
  detect: (folder) => (folder.names.includes('Gemfile') ? [plain(folder)] : []),
  dockerfile(project) {
    if (project.runner === 'jekyll') return jekyllDockerfile(project)
    const { version, port, runner, libraries, hasAssets, node } = project
    // Frameworks look for the groups of gems that are left out here, unless they are told where they run.
    const mode = runner === 'rails' ? 'RAILS_ENV' : runner === 'none' ? undefined : 'RACK_ENV'
    const env = `ENV BUNDLE_WITHOUT=development:test${mode === undefined ? '' : ` \\\n    ${mode}=production`}`
    const assets = hasAssets
      ? `${node?.packages ?? ''}COPY . .
RUN ${node?.scripts === undefined ? '' : `${node.scripts} && \\\n    `}SECRET_KEY_BASE_DUMMY=1 bundle exec rails assets:precompile
`
      : ''
    return `${syntax}FROM ruby:${version} AS build
${env}
WORKDIR /app
${node?.programs ?? ''}COPY Gemfile Gemfile.lock* .ruby-version* ./
RUN --mount=type=cache,target=/usr/local/bundle/cache bundle install
${assets}
FROM ruby:${version}-slim
${env}
${aptInstall(libraries)}RUN useradd --no-log-init --uid 10001 app && install -d -o app /app
WORKDIR /app
COPY --from=build /usr/local/bundle /usr/local/bundle
COPY --chown=10001 . .
${hasAssets ? 'COPY --from=build --chown=10001 /app/public public\n' : ''}USER 10001
EXPOSE ${port}
CMD ${command(project)}
`
  },
  ignored: ({ runner, node }) => [
    // Where Bundler was told to put gems on this machine.
    '.bundle',
    'vendor/bundle',
    'log',
    'tmp',
    ...(runner === 'rails'
      ? ['config/*.key', 'config/credentials/*.key', 'public/assets', 'storage/*', '!storage/.keep']
      : []),
    ...(runner === 'jekyll' ? ['_site', '.jekyll-cache', '.sass-cache', '!*.md'] : []),
    ...(node === undefined ? [] : ['app/assets/builds/*', '!app/assets/builds/.keep', 'public/vite*']),
  ],
}
