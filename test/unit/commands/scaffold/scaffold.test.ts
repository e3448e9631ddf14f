import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detect, plainProject, stacks, type Folder } from '../../../../src/commands/scaffold/detect.ts'
import { composeFile, dockerfile, dockerignore } from '../../../../src/commands/scaffold/dockerfiles.ts'
import { fixAllText } from '../../../../src/language/rules/lint.ts'
import { diagnose } from '../../../../src/language/service.ts'
import { languageContext, memoryHost, sourceDocument } from '../../../support/language-context.ts'

const folder = (files: Readonly<Record<string, string>>, name = 'My Shop'): Folder => ({
  name,
  names: Object.keys(files),
  text: (file) => files[file],
})

describe('what a folder is', () => {
  test.each<[string, Record<string, string>, object]>([
    [
      'node with pnpm',
      {
        'package.json':
          '{"main":"server.js","scripts":{"build":"tsc","start":"node dist/server.js"},"engines":{"node":">=20"}}',
        'pnpm-lock.yaml': '',
      },
      {
        stack: 'node',
        version: '20',
        manager: 'pnpm',
        entry: 'dist/server.js',
        builds: true,
        name: 'my-shop',
      },
    ],
    [
      'python with flask',
      { 'requirements.txt': 'Flask==3', 'app.py': '' },
      { stack: 'python', port: 5000, entry: 'app.py', manager: 'pip' },
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
      { 'go.mod': 'module x\n\ngo 1.25.0\n', 'cmd/api/main.go': 'http.ListenAndServe(":9000", nil)' },
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
      { stack: 'dotnet', manager: 'src/Shop.Web/Shop.Web.csproj', entry: 'Shop.Web', version: '8.0' },
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

  test('nothing of a hostile manifest gets into a Dockerfile', () => {
    const [project] = detect(folder({ 'package.json': JSON.stringify({ main: 'a"]\nRUN evil' }) }))
    expect(dockerfile(project!)).not.toContain('evil')
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
    expect(composeFile(plainProject(folder({}, 'NO'), 'go'))).toContain('\n  "no":\n')
    expect(composeFile(plainProject(folder({}, '2048'), 'go'))).toContain('\n  "2048":\n')
  })

  test('a manifest that is made to be slow to read is read at once', () => {
    const names = ['Gemfile', 'Cargo.toml', 'pyproject.toml', 'src/main/resources/application.yml', 'pom.xml']
    for (const text of [
      `server:\n${' \n'.repeat(60_000)}`,
      '\n'.repeat(200_000),
      `server:\n ${' '.repeat(200_000)}`,
    ])
      for (const project of detect(folder(Object.fromEntries(names.map((name) => [name, text])))))
        dockerfile(project)
  }, 5000)

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
    ]
    const property = fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const project of detect(folder(Object.fromEntries(names.map((name) => [name, text])))))
        dockerfile(project)
    })
    fc.assert(property, { seed: 9, numRuns: 200 })
  })
})

const variants: readonly Readonly<Record<string, string>>[] = [
  { 'package.json': '{}' },
  { 'package.json': '{"scripts":{"build":"x"}}', 'pnpm-lock.yaml': '' },
  { 'package.json': '{"scripts":{"build":"x","start":"x"}}', 'package-lock.json': '' },
  { 'package.json': '{"scripts":{"build":"x","start":"x"}}', 'bun.lock': '' },
  { 'package.json': '{"scripts":{"build":"vite build"},"devDependencies":{"vite":"6"}}' },
  { 'requirements.txt': 'flask' },
  { 'requirements.txt': 'gunicorn' },
  { 'requirements.txt': 'fastapi', 'app.py': '' },
  { 'pyproject.toml': '', 'poetry.lock': '' },
  { 'pyproject.toml': '' },
  { Pipfile: '', 'Pipfile.lock': '' },
  { 'build.gradle': 'mainClass = "a.Main"' },
  { 'a.csproj': '' },
  { Gemfile: '', 'config.ru': '' },
  { Gemfile: 'gem "puma"', 'config.ru': '' },
  { Gemfile: 'gem "sinatra"', 'app.rb': '' },
]

describe.each(stacks)('the files for %s', (stack) => {
  const projects = [
    plainProject(folder({}), stack),
    ...detect(
      folder({
        'package.json': '{"scripts":{"build":"x"}}',
        'yarn.lock': '',
        'pyproject.toml': '',
        'uv.lock': '',
        'composer.json': '{}',
        'manage.py': '',
        'build.gradle': 'id "org.springframework.boot"',
        gradlew: '',
        'a/A.csproj': '',
        'public/index.php': '',
        Gemfile: 'gem "rails"',
      }),
    ).filter((project) => project.stack === stack),
    ...variants.flatMap((files) => detect(folder(files)).filter((project) => project.stack === stack)),
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
    expect(dockerignore(projects[0]!).split('\n')).toEqual(expect.arrayContaining(['.git', '.env'])))
  test('the compose file publishes the port on this machine only', () =>
    expect(composeFile(projects[0]!)).toMatch(/- "127\.0\.0\.1:\d+:\d+"/))
})
