import { describe, expect, test } from 'vitest'
import { dockerfile, dockerignore } from '../../../../src/commands/scaffold/files.ts'
import { nodeVersionFor } from '../../../../src/commands/scaffold/stacks/node-version.ts'
import { detect } from '../../../../src/commands/scaffold/stacks.ts'

type Manifest = Readonly<Record<string, unknown>>

const found = (manifest: Manifest, files: Readonly<Record<string, string>> = {}) => {
  const all: Readonly<Record<string, string>> = {
    'package-lock.json': '{}',
    ...files,
    'package.json': JSON.stringify(manifest),
  }
  return detect({ name: 'shop', names: Object.keys(all), text: (file) => all[file] })
}
const image = (...given: Parameters<typeof found>): string => dockerfile(found(...given)[0]!)
const command = (...given: Parameters<typeof found>): string =>
  image(...given)
    .trim()
    .split('\n')
    .at(-1)!

describe('what starts the image', () => {
  test.each<[string, Manifest, Readonly<Record<string, string>>, string]>([
    [
      'a script for production goes before one for developing',
      { scripts: { start: 'nest start', 'start:prod': 'node dist/main' } },
      {},
      'CMD ["node", "dist/main"]',
    ],
    [
      'but not one that builds as well',
      { scripts: { start: 'node a.js', 'start:prod': 'npm run build && npm start' } },
      {},
      'CMD ["node", "a.js"]',
    ],
    [
      'a script for production that is more than Node',
      { scripts: { start: 'x', 'start:prod': 'tsx src/main.ts' }, dependencies: { tsx: '4' } },
      {},
      'CMD ["npm", "run", "start:prod"]',
    ],
    [
      'Nest without such a script',
      {
        scripts: { start: 'nest start', build: 'nest build' },
        dependencies: { '@nestjs/core': '11' },
        devDependencies: { '@nestjs/cli': '11' },
      },
      {},
      'CMD ["node", "dist/main.js"]',
    ],
    [
      'the file of variables is for whoever starts the container, and so is watching',
      {
        scripts: { start: 'NODE_ENV=production node --env-file=.env --watch --enable-source-maps index.js' },
      },
      {},
      'CMD ["node", "--enable-source-maps", "index.js"]',
    ],
    [
      'a file of variables that is a word of its own',
      { scripts: { start: 'node --env-file .env index.js' } },
      {},
      'CMD ["node", "index.js"]',
    ],
    ['what nodemon watches', { scripts: { start: 'nodemon index.js' } }, {}, 'CMD ["node", "index.js"]'],
    [
      'what nodemon compiles is left to it',
      { scripts: { start: 'nodemon src/index.ts' }, devDependencies: { nodemon: '3' } },
      {},
      'CMD ["npm", "start"]',
    ],
    [
      'SvelteKit with its adapter for Node',
      {
        scripts: { build: 'vite build' },
        devDependencies: { '@sveltejs/kit': '2', '@sveltejs/adapter-node': '5' },
      },
      {},
      'CMD ["node", "build"]',
    ],
    [
      'SvelteKit with an adapter for other places',
      {
        scripts: { build: 'vite build', preview: 'vite preview' },
        devDependencies: { vite: '7', '@sveltejs/kit': '2', '@sveltejs/adapter-auto': '6' },
      },
      {},
      'CMD ["npm", "run", "preview", "--", "--host", "0.0.0.0", "--port", "3000"]',
    ],
    [
      'Angular that is rendered on the server',
      {
        scripts: { start: 'ng serve', build: 'ng build', 'serve:ssr:web': 'node dist/web/server/server.mjs' },
        dependencies: { '@angular/core': '20', '@angular/ssr': '20' },
      },
      {
        'angular.json':
          '{"projects": {"web": {"architect": {"build": {"builder": "@angular/build:application"}}}}}',
      },
      'CMD ["node", "dist/web/server/server.mjs"]',
    ],
    [
      'Bun, by the file that its manifest names',
      { module: 'index.ts' },
      { 'bun.lock': '', 'index.ts': '' },
      'CMD ["bun", "index.ts"]',
    ],
    [
      'Bun, by the file that is started for developing',
      { scripts: { dev: 'bun run --hot src/index.ts' } },
      { 'bun.lock': '', 'src/index.ts': '' },
      'CMD ["bun", "src/index.ts"]',
    ],
  ])('%s', (_, manifest, files, expected) => expect(command(manifest, files)).toBe(expected))

  test('Astro with its server listens to more than its own container', () => {
    const text = image({
      scripts: { start: 'astro dev', build: 'astro build' },
      dependencies: { astro: '5', '@astrojs/node': '9' },
    })
    expect(text).toContain('ENV HOST=0.0.0.0 \\\n    NODE_ENV=production')
    expect(text).toContain('CMD ["node", "dist/server/entry.mjs"]')
  })
})

describe('a site', () => {
  test.each<[string, Manifest, Readonly<Record<string, string>>, string]>([
    [
      'Next, exported',
      { next: '15' },
      { 'next.config.mjs': "export default { output: 'export' }" },
      '/app/out',
    ],
    ['Vite with a folder of its own', { vite: '7' }, { 'vite.config.ts': "outDir: './web'" }, '/app/web'],
    ['Vite with a folder elsewhere', { vite: '7' }, { 'vite.config.ts': "outDir: '../web'" }, '/app/dist'],
    [
      'Angular of before',
      { '@angular/core': '15' },
      {
        'angular.json':
          '{"projects":{"web":{"builder":"@angular-devkit/build-angular:browser","outputPath":"dist/web"}}}',
      },
      '/app/dist/web',
    ],
    ['SvelteKit', { vite: '7', '@sveltejs/kit': '2', '@sveltejs/adapter-static': '3' }, {}, '/app/build'],
    ['Docusaurus', { '@docusaurus/core': '3' }, {}, '/app/build'],
    ['Vue by its own program', { '@vue/cli-service': '5' }, {}, '/app/dist'],
  ])('%s is taken from where it is built', (_, devDependencies, files, folder) =>
    expect(image({ scripts: { dev: 'x', build: 'y' }, devDependencies }, files)).toContain(
      `\nCOPY --from=build ${folder} /usr/share/nginx/html\n`,
    ),
  )

  test('of a single page answers all of its addresses; one of many pages does not', () => {
    const scripts = { dev: 'x', build: 'y' }
    expect(image({ scripts, devDependencies: { vite: '7' } })).toContain('try_files $uri $uri/ /index.html;')
    expect(image({ scripts, devDependencies: { astro: '5' } })).not.toContain('try_files')
  })

  test('is not offered a second time as the page that it is built from', () =>
    expect(
      found({ scripts: { build: 'vite build' }, devDependencies: { vite: '7' } }, { 'index.html': '' }),
    ).toHaveLength(1))

  test('of another language’s program is no project of its own', () => {
    const manifest = {
      scripts: { build: 'vite build', dev: 'vite' },
      devDependencies: { vite: '7', 'laravel-vite-plugin': '2' },
    }
    const [first] = found(manifest, { 'composer.json': '{}', artisan: '', 'public/index.php': '' })
    expect(first?.stack).toBe('php')
    expect(dockerfile(first!)).toContain(
      '\nCOPY --from=assets --chown=33:33 /app/public/build public/build\n',
    )
  })

  test('that only a manifest of tools lies beside is offered alone', () =>
    expect(
      found({ devDependencies: { prettier: '3' } }, { 'index.html': '' }).map(({ stack }) => stack),
    ).toEqual(['static']))
})

test('what tools leave in the folder is not sent to the engine', () => {
  const [next] = found({
    scripts: { build: 'next build', start: 'next start' },
    dependencies: { next: '15' },
  })
  expect(dockerignore(next!).split('\n')).toContain('.next')
})

test('the port behind a number made of a variable is found', () => {
  const code = 'const port = Number(process.env.PORT) || 4000\napp.listen(port)\n'
  expect(found({ main: 'index.js' }, { 'index.js': code })[0]).toMatchObject({ port: 4000 })
})

test.each([
  ['20.x', 20],
  ['^22.1.0', 22],
  ['v20', 20],
  ['>=18', 24],
  ['>= 26', 26],
  ['<23', 22],
  ['<=22', 22],
  ['>=18 <21', 20],
  ['>=18 <24.5', 24],
  ['^20.19.0 || >=22.12.0', 24],
  ['18 || 20', 20],
  ['*', undefined],
  ['', undefined],
])('of Node %s the version %s is chosen', (range, version) => expect(nodeVersionFor(range)).toBe(version))
