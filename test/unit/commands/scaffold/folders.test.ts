import { expect, test } from 'vitest'
import { detectWithin } from '../../../../src/commands/scaffold/stacks.ts'

const found = (files: Readonly<Record<string, string>>): readonly string[] =>
  detectWithin({ name: 'shop', names: Object.keys(files), text: (file) => files[file] }).map(
    ({ folder, path, project }) => `${path}: ${project.stack} ${project.name} of ${folder.names.length}`,
  )

test('a folder that holds folders of projects offers those', () =>
  expect(
    found({
      'README.md': '',
      'backend/requirements.txt': 'flask',
      'backend/app.py': '',
      'frontend/package.json': '{"scripts":{"start":"node a.js"}}',
      'services/mail/go.mod': 'module mail',
      'services/mail/main.go': 'package main',
    }),
  ).toEqual(['backend: python backend of 2', 'frontend: node frontend of 1', 'services/mail: go mail of 2']))

test('of a project its own folders are parts, and are not offered', () =>
  expect(found({ 'go.mod': '', 'web/package.json': '{"scripts":{"start":"node a.js"}}' })).toEqual([
    ': go shop of 2',
  ]))

test('what lies in a project of a folder is a part of that', () =>
  expect(found({ 'api/go.mod': '', 'api/web/index.html': '' })).toEqual(['api: go api of 2']))

test('a manifest of tools above them is no project', () => {
  const tools = { 'package.json': '{"devDependencies":{"husky":"9"}}' }
  expect(found({ ...tools, 'api/go.mod': '' })).toEqual(['api: go api of 1'])
  expect(found(tools)).toEqual([': node shop of 1'])
})
