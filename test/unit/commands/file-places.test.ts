import { expect, test } from 'vitest'
import { outermost } from '../../../src/commands/file-places.ts'
import { containerPlace } from '../../../src/tree/places.ts'
import { container } from '../../support/models.ts'

const [web, db] = [containerPlace(container('web')), containerPlace(container('db'))]

test('a file goes with the folder that it is in, not with a link to it, nor with one of another container', () => {
  const items = [
    { place: web, path: '/srv/a/b', link: false },
    { place: web, path: '/srv', link: false },
    { place: web, path: '/srvx', link: false },
    { place: web, path: '/lib', link: true },
    { place: web, path: '/lib/x', link: false },
    { place: db, path: '/srv/a', link: false },
  ]
  const left = (all: typeof items): string[] =>
    outermost(all, ({ link }) => !link).map(({ place, path }) => `${place.name}${path}`)
  expect(left(items)).toEqual(['web/srv', 'web/srvx', 'web/lib', 'web/lib/x', 'db/srv/a'])
  expect(left([{ place: web, path: '/', link: false }, ...items])).toEqual(['web/', 'db/srv/a'])
})
