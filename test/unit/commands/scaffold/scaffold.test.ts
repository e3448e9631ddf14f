import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { detect, plainProject, stacks, type Folder } from '../../../../src/commands/scaffold/detect.ts'
import { composeFile, dockerfile, dockerignore } from '../../../../src/commands/scaffold/dockerfiles.ts'
import { parseDockerfile } from '../../../../src/language/dockerfile/parse.ts'
import { fixAllText, lint } from '../../../../src/language/rules/lint.ts'

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
  ])('%s', (_, files, expected) => expect(detect(folder(files))[0]).toMatchObject(expected))

  test('nothing of a hostile manifest gets into a Dockerfile', () => {
    const [project] = detect(folder({ 'package.json': JSON.stringify({ main: 'a"]\nRUN evil' }) }))
    expect(dockerfile(project!)).not.toContain('evil')
  })

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
        'build.gradle': '',
        gradlew: '',
      }),
    ).filter((project) => project.stack === stack),
  ]

  test('our own rules find nothing in the Dockerfile', () => {
    for (const project of projects) {
      const text = dockerfile(project)
      const doc = parseDockerfile(text)
      expect(doc.problems).toEqual([])
      expect(
        lint(doc)
          .filter(({ severity }) => severity !== 'hint')
          .map(({ rule, message }) => `${rule}: ${message}`),
      ).toEqual([])
      expect(fixAllText(text)).toBe(text)
      expect(text).not.toMatch(/\n\n\n/)
    }
  })

  test('secrets and version control stay out of the image', () =>
    expect(dockerignore(projects[0]!).split('\n')).toEqual(expect.arrayContaining(['.git', '.env'])))
  test('the compose file publishes the port on this machine only', () =>
    expect(composeFile(projects[0]!)).toMatch(/- "127\.0\.0\.1:\d+:\d+"/))
})
