import { expect, test } from 'vitest'
import { writtenServices } from '../../../src/shared/compose-services.ts'

test('services with their lines, profiles and numbers of containers', () => {
  const text = [
    'name: shop',
    'services:',
    '  # the page',
    '  web:',
    '    image: x',
    '    deploy:',
    '      resources: {}',
    '      replicas: 3 # enough',
    '  "debug":',
    '    profiles: [tools, "dev"]',
    '    scale: 2',
    '    labels:',
    '      scale: 9',
    '  old: {image: x}',
    '  late:',
    '    profiles:',
    '    - a # first',
    "    - 'b'",
    '    ports:',
    '      - target: 80',
    '        profiles: 5',
    'volumes:',
    '  data:',
  ].join('\n')
  expect(writtenServices(text)).toEqual([
    { name: 'web', line: 4, replicas: 3 },
    { name: 'debug', line: 9, profiles: ['tools', 'dev'], replicas: 2 },
    { name: 'old', line: 14 },
    { name: 'late', line: 15, profiles: ['a', 'b'] },
  ])
})
