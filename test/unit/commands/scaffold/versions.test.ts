import { expect, test } from 'vitest'
import { composeNameIn, dockerfile, dockerignore } from '../../../../src/commands/scaffold/files.ts'
import type { Folder } from '../../../../src/commands/scaffold/project.ts'
import { detect } from '../../../../src/commands/scaffold/stacks.ts'

type Files = Readonly<Record<string, string>>

const folder = (files: Files): Folder => ({
  name: 'shop',
  names: Object.keys(files),
  text: (file) => files[file],
})
const image = (files: Files): string => dockerfile(detect(folder(files))[0]!)

const manifest = (engines: string): Files => ({
  'package.json': JSON.stringify({ main: 'a.js', engines: { node: engines } }),
})
const python = (range: string): Files => ({
  'pyproject.toml': `[project]\nrequires-python = "${range}"\n`,
  'main.py': '',
})
const csproj: Files = {
  'Shop.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"><TargetFramework>net8.0</TargetFramework></Project>',
}
const hugo: Files = { 'hugo.toml': '', 'content/_index.md': '' }

test.each<[string, Files, string]>([
  ['a name that nvm has for Node', { ...manifest(''), '.nvmrc': 'lts/iron\n' }, 'node:20-alpine'],
  ['.tool-versions', { ...manifest('>=18'), '.tool-versions': 'nodejs 22.3.0\n' }, 'node:22-alpine'],
  ['a least version of Python', python('>=3.9'), 'python:3.13-slim'],
  ['a later least version of Python', python('>=3.14'), 'python:3.14-slim'],
  ['a range of Python', python('>=3.9,<3.12'), 'python:3.11-slim'],
  ['a most version of Python', python('<=3.12'), 'python:3.12-slim'],
  ['a version of Python', python('~=3.10'), 'python:3.10-slim'],
  ['a version that is not wanted', python('>=3.8,!=3.9.1'), 'python:3.13-slim'],
  [
    'what setup.py needs',
    { 'setup.py': 'setup(python_requires=">=3.7,<3.12")', 'main.py': '' },
    'python:3.11-slim',
  ],
  [
    '.tool-versions of Python',
    { ...python('>=3.9'), '.tool-versions': 'poetry 1.8\npython 3.12.4\n' },
    'python:3.12-slim',
  ],
  [
    '.tool-versions of Java',
    { 'pom.xml': '', '.tool-versions': 'java temurin-17.0.2+8\n' },
    'eclipse-temurin:17-jre',
  ],
  ['.sdkmanrc', { 'build.gradle': '', '.sdkmanrc': 'java=25.0.1-tem\n' }, 'gradle:9-jdk25'],
  ['.tool-versions of Ruby', { Gemfile: '', '.tool-versions': 'ruby 3.3.1\n' }, 'ruby:3.3-slim'],
  [
    '.tool-versions of Rust',
    { 'Cargo.toml': '', 'src/main.rs': '', '.tool-versions': 'rust 1.84.0\n' },
    'rust:1.84-alpine',
  ],
  [
    'a kit of .NET that rolls forward',
    { ...csproj, 'global.json': '{"sdk":{"version":"9.0.100","rollForward":"latestFeature"}}' },
    'dotnet/sdk:9.0 AS',
  ],
  [
    'a kit of .NET that does not',
    { ...csproj, 'global.json': '{"sdk":{"version":"8.0.404"}}' },
    'dotnet/sdk:8.0.404 AS',
  ],
  [
    'the version of Hugo where it is built elsewhere',
    { ...hugo, 'netlify.toml': '[build.environment]\n  HUGO_VERSION = "0.147.6"\n' },
    'hugo:v0.147.6 AS',
  ],
  [
    'a version of Hugo that is no image',
    { ...hugo, 'netlify.toml': 'HUGO_VERSION = "0.80.0"\n' },
    'hugo:v0.164.0 AS',
  ],
])('%s decides on the image', (_, files, expected) => expect(image(files)).toContain(expected))

test.each<[string, Files, string]>([
  [
    'Streamlit by its settings',
    {
      'requirements.txt': 'streamlit',
      'app.py': 'import streamlit',
      '.streamlit/config.toml': 'port = 8600',
    },
    '"--server.port", "8600"]',
  ],
  ['Gradio', { 'requirements.txt': 'gradio', 'app.py': 'demo.launch()\n' }, 'GRADIO_SERVER_NAME=0.0.0.0'],
  [
    'Deno whose settings have comments',
    {
      'deno.jsonc':
        '{\n  // tasks\n  "tasks": { "build": "vite build", "start": "deno serve --port 9000 a.js", },\n}',
    },
    'RUN deno task build\nEXPOSE 9000\nCMD ["deno", "task", "start"]',
  ],
  [
    'Deno by what a module exports',
    { 'deno.json': '{}', 'main.ts': 'export default {\n  fetch: () => new Response(),\n}' },
    '"--host", "0.0.0.0", "--port", "8000", "main.ts"]',
  ],
  [
    'a program of a package by Poetry',
    {
      'pyproject.toml':
        '[tool.poetry.dependencies]\npython = "^3.12"\n[tool.poetry.scripts]\nshop = "shop.cli:main"\n',
      'shop/cli.py': '',
    },
    '/venv/bin/pip install --no-deps .\n',
  ],
])('%s is started as it is meant to be', (_, files, expected) => expect(image(files)).toContain(expected))

test('packages that bring their C library need none of Debian', () => {
  const needs = (psycopg: string): Files => ({ 'requirements.txt': `${psycopg}\n`, 'main.py': '' })
  expect(image(needs('psycopg[binary,pool]'))).not.toContain('libpq5')
  expect(image(needs('psycopg[pool]'))).toContain('libpq5')
})

test('of several programs of Go one that listens comes first', () => {
  const found = detect(
    folder({
      'go.mod': 'module shop\n',
      'cmd/migrate/main.go': 'package main\n',
      'cmd/server/main.go': 'package main\nfunc main() { http.ListenAndServe(":4000", nil) }\n',
    }),
  )
  expect(found.map(({ name }) => name)).toEqual(['server', 'migrate'])
})

test('a compose file that is there is the one that is written', () => {
  expect(composeNameIn(folder({ 'docker-compose.yml': '' }))).toBe('docker-compose.yml')
  expect(composeNameIn(folder({ 'docker-compose.yml': '', 'compose.yml': '' }))).toBe('compose.yml')
  expect(composeNameIn(folder({}))).toBe('compose.yaml')
})

test('secrets of Streamlit and databases of Rails stay on this machine', () => {
  const ignored = (files: Files): readonly string[] => dockerignore(detect(folder(files))[0]!).split('\n')
  expect(ignored({ 'requirements.txt': 'streamlit', 'app.py': '' })).toContain('.streamlit/secrets.toml')
  expect(ignored({ Gemfile: 'gem "rails"' })).toContain('storage/*')
})
