import { expect, test } from 'vitest'
import { looksLikeCompose } from '../../../src/shared/compose-content.ts'

test.each([
  'services:\n  web:\n    image: nginx\n',
  '# ours\nname: shop\n\nservices: # all\n\n  web:\n      ports: ["80:80"]\n      build: .\n',
  'x-a: {}\r\n"services":\r\n    db:\r\n        # old\r\n        image:\r\n',
  '---\nversion: "3"\nservices:\n  a:\n    image: x\n"x-b" : {}\nvolumes: {}\n',
  'services:\n  a:\n    labels:\n      image: no\n  b:\n      build:\n        context: .\n',
])('a compose file: %j', (text) => {
  expect(looksLikeCompose(text)).toBe(true)
})

test.each([
  '',
  'image: nginx\n',
  'jobs:\n  test:\n    services:\n      db:\n        image: postgres\n',
  'services:\n  - name: postgres\n    image: postgres\n',
  'services:\n  _defaults:\n    autowire: true\n  App\\Mailer:\n    arguments:\n      image: x\n',
  'services:\n  web:\n    port: 80\nspec:\n  a:\n    image: x\n',
  'services: [web]\n',
  'services:\n  db:\n    image: postgres\nsteps:\n  test:\n    image: node\n',
  'recipe: drupal\nservices:\n  appserver:\n    build:\n      - composer install\n',
])('something else: %j', (text) => {
  expect(looksLikeCompose(text)).toBe(false)
})
