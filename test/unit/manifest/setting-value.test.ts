import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { settingSchemas, settingValue } from '../../../src/manifest/setting-value.ts'
import { settings } from '../../../src/manifest/settings.ts'

const schemas = settingSchemas(JSON.parse(readFileSync('package.json', 'utf8')))

describe('the value of a setting', () => {
  test('is known for every setting of the manifest, and each default is one', () => {
    expect([...schemas.keys()].sort()).toEqual(Object.keys(settings).sort())
    for (const [id, schema] of schemas)
      expect([id, settingValue(schema, schema.default)]).toEqual([id, schema.default])
  })

  test.each([
    ['containers.stopTimeout', 20, 20],
    ['containers.stopTimeout', 'soon', 0],
    ['containers.stopTimeout', -5, 0],
    ['containers.stopTimeout', 1e9, 3600],
    ['containers.stopTimeout', 2.6, 3],
    ['containers.stopTimeout', null, 0],
    ['logs.memory', Number.NaN, 64],
    ['logs.memory', 'lots', 64],
    ['logs.open', 'panel', 'panel'],
    ['logs.open', 'Panel', 'editor'],
    ['logs.wrap', 'false', settings['logs.wrap'].default],
    ['docker.path', ['docker', '--tls'], 'docker'],
    ['docker.path', '/usr/bin/docker', '/usr/bin/docker'],
    ['lint.rules', ['no-tabs'], {}],
    ['lint.rules', { a: 'off' }, { a: 'off' }],
    ['lint.overrides', {}, []],
  ])('%s: %j counts as %j', (id, value, counts) => {
    expect(settingValue(schemas.get(id)!, value)).toEqual(counts)
  })
})
