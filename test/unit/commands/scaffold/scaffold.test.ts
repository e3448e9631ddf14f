import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { composeFile, dockerfile, dockerignore } from '../../../../src/commands/scaffold/files.ts'
import type { Folder, Project } from '../../../../src/commands/scaffold/project.ts'
import { detect, stacks } from '../../../../src/commands/scaffold/stacks.ts'
import { fixAllText } from '../../../../src/language/rules/lint.ts'
import { diagnose } from '../../../../src/language/service.ts'
import { scaffoldFolders } from '../../../support/scaffold-folders.ts'
import { languageContext, memoryHost, sourceDocument } from '../../../support/language-context.ts'

const folder = (files: Readonly<Record<string, string>>, name = 'My Shop'): Folder => ({
  name,
  names: Object.keys(files),
  text: (file) => files[file],
})

const plain = (id: string, empty = folder({})): Project =>
  stacks.find((stack) => stack.id === id)!.plain(empty)

describe('what a folder is', () => {
  test.each<[string, Record<string, string>, object]>([
    [
      'node with pnpm',
      {
        'package.json':
          '{"main":"server.js","scripts":{"build":"tsc","start":"node dist/server.js"},"engines":{"node":"20.x"}}',
        'pnpm-lock.yaml': '',
      },
      {
        stack: 'node',
        version: '20',
        manager: 'pnpm',
        entry: 'dist/server.js',
        buildsAll: true,
        name: 'my-shop',
      },
    ],
    [
      'python with flask',
      { 'requirements.txt': 'Flask==3', 'app.py': '' },
      { stack: 'python', port: 5000, entry: 'app.py', manager: 'pip', application: 'app:app' },
    ],
    ['go', { 'go.mod': 'module x\n\ngo 1.24.1\n' }, { stack: 'go', version: '1.24' }],
    [
      'maven',
      { 'pom.xml': '<properties><java.version>17</java.version></properties>' },
      { stack: 'maven', version: '17' },
    ],
    [
      'gradle',
      {
        'build.gradle.kts': 'java { toolchain { languageVersion = JavaLanguageVersion.of(21) } }',
        gradlew: '',
      },
      { stack: 'gradle', version: '21', manager: 'wrapper' },
    ],
    [
      '.NET',
      { 'Shop.Web.csproj': '<TargetFramework>net8.0</TargetFramework>' },
      { stack: 'dotnet', version: '8.0', entry: 'Shop.Web' },
    ],
    ['rust', { 'Cargo.toml': '[package]\nname = "shop"\n' }, { stack: 'rust', entry: 'shop' }],
    [
      'ruby',
      { Gemfile: 'ruby "3.3"\n', 'config.ru': '' },
      { stack: 'ruby', version: '3.3', port: 3000, entry: 'config.ru' },
    ],
    [
      'php',
      { 'composer.json': '{"require":{"php":">=8.2"}}' },
      { stack: 'php', version: '8.2', manager: 'composer' },
    ],
    ['a static site', { 'index.html': '' }, { stack: 'static' }],
    [
      'node that names its manager, version and port in files of their own',
      {
        'package.json':
          '{"packageManager":"yarn@4.1.0","scripts":{"start":"next start -p 4000","build":"next build"}}',
        '.nvmrc': 'v20.11.0\n',
      },
      { version: '20', manager: 'yarn', locked: false, runner: 'start', port: 4000 },
    ],
    [
      'node without a lock file, whose code says where it listens',
      { 'package.json': '{"engines":{"node":"<23"}}', 'server.js': 'app.listen(process.env.PORT || 8081)' },
      { version: '22', manager: 'npm', locked: false, entry: 'server.js', runner: 'none', port: 8081 },
    ],
    [
      'a site that Vite builds',
      { 'package.json': '{"scripts":{"dev":"vite","build":"vite build"},"devDependencies":{"vite":"6"}}' },
      { runner: 'site', entry: 'dist', port: 8080 },
    ],
    ['bun', { 'package.json': '{}', 'bun.lock': '' }, { manager: 'bun', locked: true }],
    [
      'python with poetry and fastapi',
      {
        'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.11"\nfastapi = "*"\n',
        'poetry.lock': '',
      },
      { version: '3.11', manager: 'poetry', runner: 'uvicorn', port: 8000 },
    ],
    [
      'python with pipenv',
      {
        Pipfile: '[packages]\ndjango = "*"\n[requires]\npython_version = "3.12"\n',
        'Pipfile.lock': '',
        'manage.py': '',
      },
      { version: '3.12', manager: 'pipenv', runner: 'django', entry: 'manage.py' },
    ],
    [
      'go with its program in cmd',
      {
        'go.mod': 'module x\n\ngo 1.25.0\n',
        'cmd/api/main.go': 'package main\nhttp.ListenAndServe(":9000", nil)',
      },
      { version: '1.25', entry: './cmd/api', port: 9000 },
    ],
    [
      'maven with Java 8 and a port of its own',
      {
        'pom.xml': '<java.version>1.8</java.version>',
        'src/main/resources/application.yml': 'server:\n  servlet:\n    context-path: /x\n  port: 9090\n',
      },
      { version: '8', port: 9090 },
    ],
    [
      'gradle with Spring Boot',
      {
        'build.gradle':
          "plugins { id 'org.springframework.boot' version '3.4.0' }\nsourceCompatibility = '17'",
      },
      { version: '17', runner: 'spring' },
    ],
    [
      'gradle with an application',
      { 'build.gradle.kts': 'application { mainClass = "com.example.Main" }' },
      { runner: 'application', entry: 'com.example.Main' },
    ],
    [
      '.NET in a folder of its own, tests beside it',
      {
        'Shop.sln': '',
        'src/Shop.Core/Shop.Core.csproj': '<TargetFramework>net9.0</TargetFramework>',
        'src/Shop.Web/Shop.Web.csproj':
          '<Project Sdk="Microsoft.NET.Sdk.Web"><TargetFramework>net8.0</TargetFramework>',
        'test/Shop.Tests.csproj': '',
      },
      { stack: 'dotnet', file: 'src/Shop.Web/Shop.Web.csproj', entry: 'Shop.Web', version: '8.0' },
    ],
    [
      'rust with a toolchain and a program of another name',
      {
        'Cargo.toml': '[package]\nname = "shop"\n\n[[bin]]\nname = "shopd"\n',
        'rust-toolchain.toml': '[toolchain]\nchannel = "1.84.0"\n',
        'src/main.rs': 'TcpListener::bind("0.0.0.0:3030")',
      },
      { version: '1.84', entry: 'shopd', port: 3030 },
    ],
    [
      'rails',
      { Gemfile: 'gem "rails"\n', 'config.ru': '', '.ruby-version': '3.3.6\n' },
      { version: '3.3', runner: 'rails', port: 3000 },
    ],
    [
      'php that is served from public',
      { 'composer.json': '{"require":{"php":"^8.3"}}', 'public/index.php': '' },
      { version: '8.3', entry: 'public', manager: 'composer' },
    ],
  ])('%s', (_, files, expected) => expect(detect(folder(files))[0]).toMatchObject(expected))

  test.each(scaffoldFolders)(
    '$title: each thing that can be started has a name of its own',
    ({ files, starts }) => {
      const names = detect(folder(files)).map(({ stack, name }) => `${stack} ${name}`)
      expect(new Set(names).size).toBe(starts.length)
      expect(names).toHaveLength(starts.length)
    },
  )

  test('packages of a workspace are built in the order in which they need each other', () => {
    const member = (needs: readonly string[], name: string): string =>
      JSON.stringify({
        name,
        scripts: { build: 'tsc', ...(name === 'api' && { start: 'node .' }) },
        dependencies: Object.fromEntries(needs.map((each) => [each, '*'])),
      })
    const files = {
      'package.json': '{"workspaces":["a/*","!a/old"]}',
      'a/api/package.json': member(['words', 'http'], 'api'),
      'a/http/package.json': member(['words', 'api'], 'http'),
      'a/old/package.json': member([], 'old'),
      'a/words/package.json': member([], 'words'),
      'b/package.json': member([], 'other'),
    }
    const [project] = detect(folder(files))
    expect(project).toMatchObject({
      member: 'a/api',
      members: ['a/api', 'a/http', 'a/words'],
      order: ['words', 'http', 'api'],
    })
  })

  test('nothing of a hostile manifest gets into a Dockerfile', () => {
    const [project] = detect(folder({ 'package.json': JSON.stringify({ main: 'a"]\nRUN evil' }) }))
    expect(dockerfile(project!)).not.toContain('evil')
  })

  test.each<[string, Readonly<Record<string, string>>]>([
    [
      'a Maven module',
      { 'pom.xml': '<modules><module>a && evil</module></modules>', 'a && evil/pom.xml': '' },
    ],
    ['a Gradle project', { 'settings.gradle': "include 'a && evil'", 'a && evil/build.gradle': '' }],
    ['a folder of Go', { 'go.mod': '', 'a && evil/main.go': 'package main' }],
    [
      'a package of a workspace',
      { 'package.json': '{"workspaces":["*"]}', '; evil/package.json': '{"scripts":{"start":"a"}}' },
    ],
    [
      'the name of a package',
      {
        'package.json': '{"workspaces":["a"]}',
        'a/package.json': '{"name":"; evil","scripts":{"start":"a","build":"b"}}',
      },
    ],
    [
      'the program of Yarn',
      { 'package.json': '{}', 'yarn.lock': '', '.yarnrc.yml': 'yarnPath: "a; evil"', 'a; evil': '' },
    ],
    ['a project of .NET', { 'a; evil/A.csproj': '' }],
    [
      'a program of Rust',
      { 'Cargo.toml': '[package]\nname = "a; evil"\n', 'src/main.rs': '', 'src/bin/b; evil.rs': '' },
    ],
    [
      'settings of Django',
      { 'manage.py': 'DJANGO_SETTINGS_MODULE", "a; evil.settings', 'requirements.txt': 'gunicorn' },
    ],
    ['a module of Python', { 'requirements.txt': 'flask', 'a; evil/app.py': 'app = Flask()' }],
    ['an extension of PHP', { 'composer.json': '{"require":{"ext-zip; evil":"*"}}' }],
  ])('%s cannot bring a command into a Dockerfile', (_, files) => {
    for (const project of detect(folder(files))) expect(dockerfile(project)).not.toContain('evil')
  })

  test('nothing of a hostile file name gets into a Dockerfile', () => {
    const [project] = detect(folder({ 'a b\nRUN evil.csproj': '' }))
    expect(
      dockerfile(project!)
        .split('\n')
        .filter((line) => line.startsWith('RUN evil')),
    ).toEqual([])
  })

  test('a name that YAML would take for something else is written as a name', () => {
    expect(composeFile(plain('go', folder({}, 'NO')))).toContain('\n  "no":\n')
    expect(composeFile(plain('go', folder({}, '2048')))).toContain('\n  "2048":\n')
  })

  test('a manifest that is made to be slow to read is read at once', () => {
    const names = [
      ...['Gemfile', 'Cargo.toml', 'pyproject.toml', 'src/main/resources/application.yml', 'pom.xml'],
      ...[
        'pnpm-workspace.yaml',
        'package.json',
        '.yarnrc.yml',
        'yarn.lock',
        'settings.gradle',
        'build.gradle',
      ],
      ...['requirements.txt', 'app.py', 'composer.json', 'main.go', 'go.mod', 'A.csproj', 'index.php'],
      ...['config.yaml', 'config.toml', 'config/puma.rb', 'Rocket.toml', 'src/main.rs', 'angular.json'],
      ...['next.config.ts', 'vite.config.ts', 'config.ru'],
      ...['deno.json', 'hugo.toml', 'netlify.toml', 'mkdocs.yml', 'setup.py', '.streamlit/config.toml'],
      ...['.tool-versions', '.sdkmanrc', '.java-version', 'global.json', 'eleventy.config.js'],
    ]
    const length = 100_000
    const filled = (part: string): string => part.repeat(length / part.length)
    for (const text of [
      ...[' ', '\n', '\n ', 'a', '"', '<!--', '<pluginManagement>', '<plugin>', '[[bin]]', '[package]\n'].map(
        filled,
      ),
      ...['include "a"', "include 'a'\n", 'dynamic=[\n', 'a = ', 'a :', '-r a\n', '- "a"\n', 'a=a '].map(
        filled,
      ),
      `server:\n${filled(' \n')}`,
      `server:\n ${filled(' ')}`,
      ...['port', 'PORT")', 'port: ', 'server:\n\n', 'addr ', 'output: '].map(filled),
      ...[
        '"tasks":{',
        '"tasks":{"start":',
        'console_scripts',
        'console_scripts = ',
        '[project.scripts]\n',
      ].map(filled),
      ...['requires-python=', '3.1 ', '>=', 'java a-', 'java=1', 'Static("', 'vitepress build '].map(filled),
      `packages:\n${filled(' - *a*a*a*a*a*a*a\n')}`,
      JSON.stringify({ workspaces: Array(9000).fill('**/**/**/*a*a*a*a*a*a*a*b') }),
      JSON.stringify({ scripts: { start: filled('a=a ') } }),
    ]) {
      const all = Object.fromEntries(names.map((name) => [name, text]))
      const deep = Object.fromEntries(
        Array.from({ length: 500 }, (_, i) => [`a/a/a/a/a/a/aaaaaaaaaaaaaa${i}/package.json`, '{}']),
      )
      for (const project of detect(folder({ ...all, ...deep }))) dockerfile(project)
    }
  }, 60_000)

  test('no text of a manifest makes it throw', () => {
    const names = [
      'package.json',
      'pyproject.toml',
      'go.mod',
      'pom.xml',
      'build.gradle',
      'a.csproj',
      'Cargo.toml',
      'Gemfile',
      'composer.json',
      'settings.gradle',
      'pnpm-workspace.yaml',
      '.yarnrc.yml',
      'requirements.txt',
      'app.py',
      'deno.json',
      'hugo.toml',
      'mkdocs.yml',
      'setup.py',
      'global.json',
    ]
    const property = fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const project of detect(folder(Object.fromEntries(names.map((name) => [name, text])))))
        dockerfile(project)
    })
    fc.assert(property, { seed: 9, numRuns: 200 })
  })
})

describe.each(stacks)('the files for $title', (stack) => {
  const projects = [
    stack.plain(folder({})),
    ...scaffoldFolders.flatMap(({ files }) => stack.detect(folder(files))),
  ]

  test('our own rules find nothing in them', async () => {
    for (const project of projects) {
      const files: Readonly<Record<string, string>> = {
        Dockerfile: dockerfile(project),
        '.dockerignore': dockerignore(project),
        'compose.yaml': composeFile(project),
      }
      const languages = {
        Dockerfile: 'dockerfile',
        '.dockerignore': 'dockerignore',
        'compose.yaml': 'compose',
      } as const
      for (const [name, language] of Object.entries(languages)) {
        const doc = sourceDocument(files[name]!, language, `file:///ws/${name}`)
        const context = languageContext(memoryHost(files, 'file:///ws'))
        for await (const found of diagnose(doc, context))
          expect(found.map(({ rule, message }) => `${name} ${rule}: ${message}\n${files[name]}`)).toEqual([])
      }
      expect(fixAllText(files['Dockerfile']!)).toBe(files['Dockerfile'])
      expect(files['Dockerfile']).not.toMatch(/\n\n\n/)
    }
  })

  test('secrets and version control stay out of the image', () =>
    expect(dockerignore(projects[0]!).split('\n')).toEqual(expect.arrayContaining(['.git', '**/.env'])))
  test('the compose file publishes the port on this machine only', () =>
    expect(composeFile(projects[0]!)).toMatch(/- "127\.0\.0\.1:\d+:\d+"/))
})
