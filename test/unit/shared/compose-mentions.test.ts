import { expect, test } from 'vitest'
import { mentionsFile } from '../../../src/shared/compose-mentions.ts'

test('a file counts as read by a compose file where its name ends a path in it', () => {
  const text = [
    'include: [more/db.yaml]',
    'services:',
    '  a:',
    '    env_file: ./config/web.env',
    '    label_file: {path: "my labels"}',
    '    extends: {file: base.yaml,service: x}',
  ].join('\n')
  for (const name of ['db.yaml', 'web.env', 'my labels', 'base.yaml'])
    expect(mentionsFile(text, name), name).toBe(true)
  for (const name of ['b.yaml', 'web.en', 'labels.txt', 'config', 'absent'])
    expect(mentionsFile(text, name), name).toBe(false)
  expect(mentionsFile('env_file:\n  - a.env', 'a.env')).toBe(true)
})

test('a file that is mounted is not read by compose', () => {
  expect(mentionsFile('volumes:\n  - ./app.log:/var/log/app.log:rw\n', 'app.log')).toBe(false)
  expect(mentionsFile('volumes: ["./app.log:/app.log"]', 'app.log')).toBe(false)
  expect(mentionsFile('volumes:\n  - ./a.env:/app/a.env\nenv_file: a.env', 'a.env')).toBe(true)
  expect(mentionsFile('env_file: C:\\app\\a.env', 'a.env')).toBe(true)
})
