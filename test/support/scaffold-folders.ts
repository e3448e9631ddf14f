/** Folders as people have them, and how each of their programs says that it was started by its Docker files. */
export interface ScaffoldFolder {
  readonly title: string
  readonly files: Readonly<Record<string, string>>
  /** One for each thing that can be started, in the order in which they are offered. */
  readonly starts: readonly string[]
}

const nodeServer = (
  needs: readonly string[] = [],
): string => `${needs.map((name) => `require('${name}')\n`).join('')}
if (process.env.NODE_ENV !== 'production') process.exit(1)
const said = ['node', ...process.argv.slice(1)].join(' ') + \` (user \${process.getuid()}, folder \${process.cwd()})\`
require('node:http').createServer((_, answer) => answer.end(said)).listen(process.env.PORT)
`
const json = (value: object): string => JSON.stringify(value)
const shop = { name: 'shop', version: '1.0.0' }
const express = {
  dependencies: { express: '5' },
  devDependencies: { typescript: '5' },
}
const typescript = {
  ...shop,
  ...express,
  scripts: {
    build: 'tsc && mkdir -p dist && cp server.ts dist/server.js',
    start: 'node dist/server.js',
  },
}
const lockOf: Readonly<Record<string, string>> = {
  npm: 'package-lock.json',
  yarn: 'yarn.lock',
  pnpm: 'pnpm-lock.yaml',
  bun: 'bun.lock',
}
const server = (words: string, folder = '/app'): string => `${words} (user 1000, folder ${folder})`

/** Whose script `start` is for developing, or is not there. */
const frameworks: readonly ScaffoldFolder[] = [
  {
    title: 'Nest',
    files: {
      'package.json': json({
        ...shop,
        scripts: { build: 'nest build', start: 'nest start', 'start:prod': 'node --env-file=.env dist/main' },
        dependencies: { '@nestjs/core': '11' },
        devDependencies: { '@nestjs/cli': '11' },
      }),
      'package-lock.json': '{}',
      '.env': 'LEVEL=debug\n',
      'src/main.ts': nodeServer(['@nestjs/core']),
    },
    starts: [server('node /app/dist/main')],
  },
  {
    title: 'Next, all that it needs in one folder',
    files: {
      'package.json': json({
        ...shop,
        scripts: { dev: 'next dev', build: 'next build', start: 'next start' },
        dependencies: { next: '15' },
      }),
      'package-lock.json': '{}',
      'next.config.ts': "const config = {\n  // output: 'export',\n  output: 'standalone',\n}\n",
      'page.ts': `${nodeServer()}
if (process.env.HOSTNAME !== '0.0.0.0' || require('node:fs').existsSync('node_modules')) process.exit(1)
`,
      'public/robots.txt': '',
    },
    starts: [server('node /app/server.js')],
  },
  {
    title: 'Next, all that it needs in one folder, as a part of a workspace',
    files: {
      'package.json': json({ private: true, workspaces: ['apps/*'] }),
      'package-lock.json': '# member @shop/web\n',
      'apps/web/package.json': json({
        name: '@shop/web',
        scripts: { dev: 'next dev', build: 'next build', start: 'next start' },
        dependencies: { next: '15' },
      }),
      'apps/web/next.config.mjs': "export default { output: 'standalone' }\n",
      'apps/web/page.ts': `${nodeServer()}
const { existsSync } = require('node:fs')
const isThere = existsSync('apps/web/public/robots.txt') && existsSync('apps/web/.next/static')
if (process.env.HOSTNAME !== '0.0.0.0' || !isThere) process.exit(1)
`,
      'apps/web/public/robots.txt': '',
    },
    starts: [server('node /app/apps/web/server.js')],
  },
  {
    title: 'Eleventy',
    files: {
      'package.json': json({
        ...shop,
        scripts: { start: 'npx @11ty/eleventy --serve', build: 'eleventy' },
        devDependencies: { '@11ty/eleventy': '3' },
      }),
      'package-lock.json': '{}',
      'index.md': '# Shop\n',
    },
    starts: ['a site of eleventy'],
  },
  {
    title: 'VitePress, by a script of its own',
    files: {
      'package.json': json({
        ...shop,
        scripts: { 'docs:dev': 'vitepress dev docs', 'docs:build': 'vitepress build docs' },
        devDependencies: { vitepress: '1' },
      }),
      'pnpm-lock.yaml': '',
      'docs/index.md': '# Shop\n',
    },
    starts: ['a site of vitepress'],
  },
  {
    title: 'Nuxt',
    files: {
      'package.json': json({
        ...shop,
        scripts: { build: 'nuxt build', dev: 'nuxt dev', postinstall: 'nuxt prepare' },
        dependencies: { nuxt: '4' },
      }),
      'package-lock.json': '{}',
      'page.ts': `import { createServer } from 'node:http'
const said = \`\${process.argv[1]} as \${process.getuid()}\`
createServer((_, answer) => answer.end(said)).listen(process.env.PORT)
`,
    },
    starts: ['/app/.output/server/index.mjs as 1000'],
  },
  {
    title: 'Angular',
    files: {
      'package.json': json({
        ...shop,
        scripts: { ng: 'ng', start: 'ng serve', build: 'ng build' },
        dependencies: { '@angular/core': '20' },
        devDependencies: { '@angular/cli': '20' },
      }),
      'package-lock.json': '{}',
      'angular.json':
        '{"projects":{"shop":{"architect":{"build":{"builder":"@angular/build:application"}}}}}',
    },
    starts: ['a site of ng'],
  },
]

const nodes: readonly ScaffoldFolder[] = [
  ...Object.entries(lockOf).flatMap(([manager, lock]): ScaffoldFolder[] => [
    {
      title: `${manager}, nothing to build`,
      files: {
        'package.json': json({ ...shop, ...express, main: 'server.js' }),
        [lock]: '',
        'server.js': nodeServer(['express']),
      },
      starts: [server('node /app/server.js')],
    },
    {
      title: `${manager}, with a build`,
      files: {
        'package.json': json(typescript),
        [lock]: '',
        'server.ts': nodeServer(['express']),
      },
      starts: [server('node /app/dist/server.js')],
    },
    {
      title: `${manager}, a site that Vite builds`,
      files: {
        'package.json': json({
          ...shop,
          scripts: { dev: 'vite', build: 'vite build' },
          devDependencies: { vite: '7' },
        }),
        [lock]: '',
        'index.html': 'a page',
      },
      starts: ['a site of vite'],
    },
    {
      title: `${manager}, a start script, scripts at the installation that read files, a tool that stays`,
      files: {
        'package.json': json({
          ...shop,
          scripts: {
            postinstall: 'prisma generate',
            prepare: 'husky',
            start: 'tsx server.ts',
          },
          devDependencies: { husky: '9', tsx: '4', prisma: '6' },
        }),
        [lock]: '',
        'prisma/schema.prisma': '',
        'server.ts': nodeServer(),
      },
      starts: [server('node /app/server.ts')],
    },
    {
      title: `${manager}, a workspace`,
      files: {
        'package.json': json({
          private: true,
          workspaces: ['apps/*', 'packages/*'],
        }),
        ...(manager === 'pnpm' && {
          'pnpm-workspace.yaml': 'packages:\n  - "apps/*"\n  - packages/*\n',
        }),
        [lock]: '# member @shop/api\n# member @shop/web\n# member @shop/words\n',
        'apps/api/package.json': json({
          name: '@shop/api',
          scripts: {
            start: 'node server.js',
            build: 'cat ../../packages/words/dist/index.js',
          },
          dependencies: {
            '@shop/words': manager === 'pnpm' ? 'workspace:*' : '*',
            express: '5',
          },
        }),
        'apps/api/server.js': nodeServer(['@shop/words', 'express']),
        'apps/web/package.json': json({
          name: '@shop/web',
          scripts: { dev: 'vite', build: 'vite build' },
          devDependencies: { vite: '7' },
        }),
        'packages/words/package.json': json({
          name: '@shop/words',
          main: 'dist/index.js',
          scripts: { build: 'mkdir -p dist && echo >dist/index.js' },
        }),
      },
      starts: [server('node /app/apps/api/server.js', '/app/apps/api'), 'a site of vite'],
    },
  ]),
  ...frameworks,
  ...['npm', 'yarn', 'pnpm', 'bun'].map((manager) => ({
    title: `${manager} without a lock file`,
    files: {
      'package.json': json({
        ...shop,
        packageManager: `${manager}@${manager === 'npm' ? '10' : '1'}.0.0`,
        ...express,
      }),
      'index.js': nodeServer(['express']),
    },
    starts: [server('node /app/index.js')],
  })),
  {
    title: 'npm with a start script that is more than Node',
    files: {
      'package.json': json({
        ...shop,
        scripts: { start: 'STAGE=live node ./server.js --all' },
      }),
      'package-lock.json': '{}',
      'server.js': nodeServer(),
    },
    starts: [server('node /app/server.js --all')],
  },
  {
    title: 'npm with settings in the folder',
    files: {
      'package.json': json({ ...typescript, needsSettings: true }),
      'package-lock.json': '',
      '.npmrc': '//npm.example.com/:_authToken=abc\n',
      'server.ts': `${nodeServer(['express'])}
if (require('node:fs').existsSync('.npmrc')) process.exit(1)
`,
    },
    starts: [server('node /app/dist/server.js')],
  },
  {
    title: 'an output folder that nothing builds',
    files: {
      'package.json': json({
        ...shop,
        scripts: { start: 'node dist/server.js' },
      }),
      'package-lock.json': '{}',
      'dist/server.js': nodeServer(),
    },
    starts: [server('node /app/dist/server.js')],
  },
  ...['pnpm', 'yarn'].map((manager) => ({
    title: `${manager} with a Node that comes without Corepack`,
    files: {
      'package.json': json({
        ...shop,
        ...express,
        main: 'server.js',
        engines: { node: '>=25' },
      }),
      [lockOf[manager]!]: '',
      'server.js': nodeServer(['express']),
    },
    starts: [server('node /app/server.js')],
  })),
  {
    title: 'Yarn 4 by Corepack, with Plug’n’Play',
    files: {
      'package.json': json({ ...typescript, packageManager: 'yarn@4.9.2' }),
      'yarn.lock': '__metadata:\n',
      '.pnp.cjs': 'throw new Error("packages are not where this says")\n',
      'server.ts': nodeServer(['express']),
    },
    starts: [server('node /app/dist/server.js')],
  },
  {
    title: 'Yarn 4 without a word on its version',
    files: {
      'package.json': json({ ...shop, ...express, main: 'server.js' }),
      'yarn.lock': '__metadata:\n',
      '.yarnrc.yml': 'nodeLinker: pnp\n',
      'server.js': nodeServer(['express']),
    },
    starts: [server('node /app/server.js')],
  },
  {
    title: 'Yarn 4 in the folder, with a plug-in, in a workspace',
    files: {
      'package.json': json({
        private: true,
        workspaces: ['apps/*', 'words'],
        scripts: {},
      }),
      'yarn.lock': '__metadata:\n# member api\n# member words\n',
      '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.9.2.cjs\nplugins:\n  - path: .yarn/plugins/it.cjs\n',
      '.yarn/plugins/it.cjs': '',
      '.yarn/releases/yarn-4.9.2.cjs': `const env = { ...process.env, STAND_IN_YARN: '4' }
require('node:child_process').execFileSync('/stand-in/yarn', process.argv.slice(2), { stdio: 'inherit', env })
`,
      'apps/api/package.json': json({
        name: 'api',
        main: 'server.js',
        scripts: { build: 'cat ../../words/index.js' },
        dependencies: { words: 'workspace:*' },
      }),
      'apps/api/server.js': nodeServer(['words']),
      'words/package.json': json({
        name: 'words',
        scripts: { build: 'echo >index.js' },
      }),
    },
    starts: [server('node /app/apps/api/server.js', '/app/apps/api')],
  },
]

const python = (words: string): string => `${words} (user 10001, folder /app)`
const flask = 'from flask import Flask\napp = Flask(__name__)\n'
const django = {
  'manage.py': 'os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mysite.settings")\n',
  'mysite/wsgi.py': 'application = get_wsgi_application()\n',
}

const pythons: readonly ScaffoldFolder[] = [
  {
    title: 'Python alone',
    files: { 'pyproject.toml': '[tool.black]\n', 'main.py': 'port = 8123\n' },
    starts: [python('python main.py')],
  },
  {
    title: 'Python with requirements',
    files: {
      'requirements.txt': 'requests==2\n',
      'main.py': 'import requests\nport = 8123\n',
    },
    starts: [python('python main.py')],
  },
  {
    title: 'Python whose one program has a name of its own',
    files: {
      'requirements.txt': 'requests==2\n',
      'bot.py': 'import requests\nport = 8123\n',
      'setup.py': '',
      'test_bot.py': '',
    },
    starts: [python('python bot.py')],
  },
  {
    title: 'Python with requirements in other files and itself',
    files: {
      'requirements.txt': '-r requirements/base.txt\n-e .\n',
      'requirements/base.txt': 'requests\n',
      'pyproject.toml': '[project]\nname = "shop"\n',
      'main.py': 'import requests\nport = 8123\n',
    },
    starts: [python('python main.py')],
  },
  {
    title: 'Flask',
    files: { 'requirements.txt': 'Flask==3\n', 'app.py': flask },
    starts: [python('flask --app app run --host 0.0.0.0 --port 5000')],
  },
  {
    title: 'Flask in a package that makes it, with a C library, by gunicorn',
    files: {
      'requirements.txt': 'flask\ngunicorn\npsycopg2==2.9\n',
      'shop/__init__.py': 'def create_app():\n    pass\n',
    },
    starts: [python('gunicorn --bind 0.0.0.0:5000 shop:create_app()')],
  },
  {
    title: 'Flask below src',
    files: { 'requirements.txt': 'flask\n', 'src/shop/app.py': flask },
    starts: [python('flask --app shop.app run --host 0.0.0.0 --port 5000')],
  },
  {
    title: 'FastAPI that brings its server',
    files: {
      'requirements.txt': 'fastapi[standard]==0.115\n',
      'app/main.py': 'api = FastAPI()\n',
    },
    starts: [python('uvicorn app.main:api --host 0.0.0.0 --port 8000')],
  },
  ...Object.entries({
    pip: { 'requirements.txt': 'fastapi\n' },
    poetry: {
      'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.12"\nfastapi = "*"\n',
      'poetry.lock': '',
    },
    'poetry without a lock file': {
      'pyproject.toml': '[tool.poetry.dependencies]\nfastapi = "*"\n',
    },
    uv: {
      'pyproject.toml': '[project]\ndependencies = ["fastapi"]\n',
      'uv.lock': '',
    },
    pipenv: { Pipfile: '[packages]\nfastapi = "*"\n', 'Pipfile.lock': '' },
    'pipenv without a lock file': { Pipfile: '[packages]\nfastapi = "*"\n' },
    'pyproject.toml alone': {
      'pyproject.toml': '[project]\ndependencies = ["fastapi"]\n',
    },
    'a package whose needs are computed': {
      'pyproject.toml': '[project]\ndynamic = ["dependencies"]\n# "fastapi"\n',
      'requirements.in': 'fastapi\n',
    },
  }).map(([manager, files]) => ({
    title: `FastAPI without a server, by ${manager}`,
    files: {
      ...(files as unknown as Record<string, string>),
      'main.py': 'app: FastAPI = FastAPI()\n',
    },
    starts: [python('uvicorn main:app --host 0.0.0.0 --port 8000')],
  })),
  {
    title: 'Streamlit',
    files: {
      'requirements.txt': 'pandas\nstreamlit==1.40\n',
      'Home.py': 'import streamlit as st\n',
      'charts.py': 'import pandas\n',
      'pages/1_Sales.py': 'import streamlit as st\n',
      '.streamlit/secrets.toml': 'password = "secret"\n',
    },
    starts: [
      python(
        'streamlit run Home.py --server.headless true --browser.gatherUsageStats false --server.address 0.0.0.0 --server.port 8501',
      ),
    ],
  },
  {
    title: 'Python with setup.py alone, started by the name of its program',
    files: {
      'setup.py':
        'setup(install_requires=["requests"], entry_points={"console_scripts": ["shop=shop.cli:main"]})\n',
      'shop/__init__.py': '',
      'shop/cli.py': 'def main():\n    pass\n',
    },
    starts: [python('shop')],
  },
  {
    title: 'a program that its package names, with uv',
    files: {
      'pyproject.toml':
        '[project]\nname = "shop"\ndependencies = ["requests"]\n\n[project.scripts]\nshop = "shop.cli:main"\n',
      'uv.lock': '',
      'src/shop/__init__.py': '',
      'src/shop/cli.py': 'def main():\n    pass\n',
    },
    starts: [python('shop')],
  },
  {
    title: 'MkDocs with requirements',
    files: { 'requirements.txt': 'mkdocs==1.6\n', 'mkdocs.yml': 'site_name: Shop\n', 'docs/index.md': '' },
    starts: ['a site of mkdocs'],
  },
  {
    title: 'MkDocs alone',
    files: { 'mkdocs.yml': 'site_name: Shop\ntheme:\n  name: material\n', 'docs/index.md': '' },
    starts: ['a site of mkdocs'],
  },
  {
    title: 'Django for developing',
    files: { ...django, 'requirements.txt': 'Django>=5\n' },
    starts: [python('python manage.py runserver 0.0.0.0:8000')],
  },
  {
    title: 'Django by gunicorn, with uv',
    files: {
      ...django,
      'pyproject.toml': '[project]\ndependencies = ["django", "gunicorn>=23"]\n',
      'uv.lock': '',
    },
    starts: [python('gunicorn --bind 0.0.0.0:8000 mysite.wsgi')],
  },
  {
    title: 'a module that is started by its name',
    files: {
      'requirements.txt': 'requests\n',
      'shop/__main__.py': 'port = 8000\n',
    },
    starts: [python('python -m shop')],
  },
]

const goMain = 'package main\n\nfunc main() { http.ListenAndServe(":9000", nil) }\n'
const goStart = (folder: string): string => `/app ${folder} (user 65532, folder /)`

const gos: readonly ScaffoldFolder[] = [
  {
    title: 'Go',
    files: { 'go.mod': 'module shop\n\ngo 1.24.1\n', 'main.go': goMain },
    starts: [goStart('.')],
  },
  {
    title: 'Go with one program below cmd',
    files: {
      'go.mod': 'module shop\n\ngo 1.25.0\n',
      'go.sum': '',
      'cmd/api/main.go': goMain,
    },
    starts: [goStart('./cmd/api')],
  },
  {
    title: 'Go that reads pages when it runs',
    files: {
      'go.mod': 'module shop\n\ngo 1.25\n',
      'main.go':
        'package main\n\nfunc main() { r.LoadHTMLGlob("templates/*"); r.Static("/static", "./static"); r.Run(":9000") }\n',
      'templates/index.html': '',
      'static/a.css': '',
    },
    starts: ['/app . (user 65532, folder /srv)'],
  },
  {
    title: 'Go with several programs',
    files: {
      'go.mod': 'module shop\n\ngo 1.25\n',
      'cmd/api/main.go': goMain,
      'cmd/worker/main.go': goMain.replace('9000', '9001'),
      'internal/x/main.go': 'package x\n',
    },
    starts: [goStart('./cmd/api'), goStart('./cmd/worker')],
  },
]

const java = (words: string): string => `java ${words} (user 10001, folder /app)`
const inJar = java('-jar app.jar')
const pom = (inside: string, artifact = 'shop'): string =>
  `<project>\n  <artifactId>${artifact}</artifactId>\n${inside}\n</project>\n`
const plugin = (name: string, inside = ''): string =>
  `  <build>\n    <plugins>\n      <plugin>\n        <artifactId>${name}</artifactId>\n${inside}\n      </plugin>\n    </plugins>\n  </build>`
const parent = '  <parent>\n    <artifactId>all</artifactId>\n  </parent>'
const application = {
  'src/main/java/com/shop/ShopApplication.java': 'class ShopApplication {}\n',
}
const library = pom(parent, 'words')

const mavens: readonly ScaffoldFolder[] = [
  {
    title: 'Maven with Spring Boot',
    files: {
      'pom.xml': pom(
        `<properties><java.version>17</java.version></properties>\n${plugin('spring-boot-maven-plugin')}`,
      ),
      ...application,
      'src/main/resources/application.properties': 'server.port=8081\n',
      '.mvn/maven.config': '-ntp\n',
    },
    starts: [inJar],
  },
  {
    title: 'Maven with Spring Boot, its archive apart',
    files: {
      'pom.xml': pom(
        plugin('spring-boot-maven-plugin', '<configuration><classifier>exec</classifier></configuration>'),
      ),
      ...application,
    },
    starts: [inJar],
  },
  {
    title: 'Maven with a web archive that starts itself',
    files: {
      'pom.xml': pom(`  <packaging>war</packaging>\n${plugin('spring-boot-maven-plugin')}`),
      ...application,
    },
    starts: [inJar],
  },
  {
    title: 'Maven with the shade plugin',
    files: { 'pom.xml': pom(plugin('maven-shade-plugin')), ...application },
    starts: [inJar],
  },
  {
    title: 'Maven with the assembly plugin',
    files: {
      'pom.xml': pom(plugin('maven-assembly-plugin', '<descriptorRef>jar-with-dependencies</descriptorRef>')),
      ...application,
    },
    starts: [inJar],
  },
  {
    title: 'Maven with Quarkus',
    files: {
      'pom.xml': pom(
        `<maven.compiler.release>13</maven.compiler.release>\n${plugin('quarkus-maven-plugin')}`,
      ),
      ...application,
      'src/main/resources/application.properties': 'quarkus.http.port=8083\n',
    },
    starts: [java('-jar quarkus-run.jar')],
  },
  {
    title: 'Maven alone, with libraries',
    files: {
      'pom.xml': pom('  <dependencies>\n    <dependency>\n    </dependency>\n  </dependencies>'),
      'src/main/java/com/shop/Main.java': 'class Main {}\n',
    },
    starts: [java('-cp lib/* com.shop.Main')],
  },
  {
    title: 'Maven alone, without libraries, its class named',
    files: {
      'pom.xml': pom('<exec.mainClass>com.shop.Begin</exec.mainClass>'),
      'src/main/java/com/shop/Begin.java': '',
    },
    starts: [java('-cp lib/* com.shop.Begin')],
  },
  {
    title: 'Maven with parts, two of which start',
    files: {
      'pom.xml': pom(
        '  <packaging>pom</packaging>\n  <modules>\n    <module>words</module>\n    <module>services</module>\n  </modules>',
        'all',
      ),
      'words/pom.xml': library,
      'words/src/main/java/A.java': '',
      'services/pom.xml': pom(
        `${parent}\n  <packaging>pom</packaging>\n<modules>\n<module>web</module>\n<module>work</module>\n</modules>`,
        'services',
      ),
      'services/web/pom.xml': pom(`${parent}\n${plugin('spring-boot-maven-plugin')}`, 'web'),
      'services/web/src/main/resources/application.properties': 'server.port=8085\n',
      'services/work/pom.xml': pom(`${parent}\n${plugin('quarkus-maven-plugin')}`, 'work'),
      'services/work/src/main/java/A.java': '',
    },
    starts: [inJar, java('-jar quarkus-run.jar')],
  },
  {
    title: 'Maven with a part that starts by what its parent says',
    files: {
      'pom.xml': pom(
        `  <packaging>pom</packaging>\n  <modules>\n    <module>web</module>\n  </modules>\n${plugin('spring-boot-maven-plugin')}`,
        'all',
      ),
      'web/pom.xml': pom(parent, 'web'),
      'web/src/main/java/A.java': '',
    },
    starts: [inJar],
  },
]

const wrapper = { gradlew: '#!/bin/sh\nexec gradle "$@"\n' }

const gradles: readonly ScaffoldFolder[] = [
  {
    title: 'Gradle with Spring Boot, by its wrapper',
    files: {
      ...wrapper,
      'settings.gradle': "rootProject.name = 'shop'\n",
      'build.gradle':
        "plugins {\n  id 'org.springframework.boot' version '3.4.0'\n}\nsourceCompatibility = '17'\n",
      ...application,
    },
    starts: [inJar],
  },
  {
    title: 'Gradle with an application, of Java 25',
    files: {
      'build.gradle.kts':
        'plugins { application }\njava { toolchain { languageVersion = JavaLanguageVersion.of(25) } }\napplication { mainClass = "com.shop.ShopApplication" }\n',
      ...application,
    },
    starts: [java('-cp lib/* com.shop.ShopApplication')],
  },
  {
    title: 'Gradle with all in one archive',
    files: {
      'build.gradle': "plugins {\n  id 'com.gradleup.shadow' version '9'\n}\n",
      ...application,
    },
    starts: [inJar],
  },
  {
    title: 'Gradle with Quarkus',
    files: {
      'build.gradle': "plugins {\n  id 'java'\n  id 'io.quarkus'\n}\n",
      ...application,
    },
    starts: [java('-jar quarkus-run.jar')],
  },
  {
    title: 'Gradle alone',
    files: {
      'build.gradle': "plugins { id 'java' }\njar { manifest { attributes 'Main-Class': 'a.B' } }\n",
      ...application,
    },
    starts: [inJar],
  },
  {
    title: 'Gradle as its own init makes it',
    files: {
      ...wrapper,
      'settings.gradle.kts': 'rootProject.name = "shop"\n\ninclude("app")\n',
      'app/build.gradle.kts':
        'plugins {\n  application\n}\napplication {\n  mainClass = "org.example.App"\n}\n',
      'app/src/main/java/org/example/App.java': '',
    },
    starts: [java('-cp lib/* org.example.App')],
  },
  {
    title: 'Gradle with parts, two of which start',
    files: {
      'settings.gradle': "include 'words', 'services:web'\ninclude(':services:work')\n",
      'build.gradle': "plugins {\n  id 'org.springframework.boot' version '3.4.0' apply false\n}\n",
      'words/build.gradle': "plugins { id 'java-library' }\n",
      'services/web/build.gradle': "plugins {\n  id 'org.springframework.boot'\n}\n",
      'services/web/src/main/resources/application.properties': 'server.port=8085\n',
      'services/work/build.gradle': 'plugins {\n  alias(libs.plugins.spring.boot)\n}\n',
      'services/work/src/main/java/A.java': '',
    },
    starts: [inJar, inJar],
  },
]

const dotnet = (name: string): string => `dotnet ${name}.dll (user 10001, folder /app)`
const csproj = (sdk: string, inside = ''): string =>
  `<Project Sdk="Microsoft.NET.Sdk${sdk}">\n<TargetFramework>net8.0</TargetFramework>\n${inside}\n</Project>\n`

const dotnets: readonly ScaffoldFolder[] = [
  {
    title: '.NET with versions in a file above',
    files: {
      'Shop.csproj': csproj('.Web', '<PackageReference Include="Serilog" />'),
      'Directory.Packages.props': '',
      'Program.cs': '',
    },
    starts: [dotnet('Shop')],
  },
  {
    title: '.NET with blanks in its names',
    files: {
      'Our Shop.csproj': csproj('.Web'),
      'Program.cs': '',
    },
    starts: [dotnet('Our Shop')],
  },
  {
    title: '.NET in a folder with a blank in its name',
    files: {
      'The Shop.sln': '',
      'src/The Shop/The Shop.csproj': csproj('.Web'),
      'src/The Shop/Program.cs': '',
    },
    starts: [dotnet('The Shop')],
  },
  {
    title: '.NET with a library below and its own name',
    files: {
      'Shop.csproj': csproj(
        '',
        '<OutputType>Exe</OutputType><AssemblyName>shopd</AssemblyName>\n<ProjectReference Include="Core\\Core.csproj" />',
      ),
      'Core/Core.csproj': csproj(''),
    },
    starts: [dotnet('shopd')],
  },
  {
    title: '.NET for two frameworks',
    files: {
      'Shop.csproj': csproj('.Web').replace(
        '<TargetFramework>net8.0</TargetFramework>',
        '<TargetFrameworks>net9.0;net8.0</TargetFrameworks>',
      ),
    },
    starts: [dotnet('Shop')],
  },
  {
    title: '.NET that insists upon a version of the kit',
    files: {
      'Shop.csproj': csproj('.Web'),
      'global.json': '{ "sdk": { "version": "10.0.103" } }\n',
    },
    starts: [dotnet('Shop')],
  },
  {
    title: '.NET with several programs and tests',
    files: {
      'Shop.sln': '',
      'src/Shop.Core/Shop.Core.csproj': csproj(''),
      'src/Shop.Jobs/Shop.Jobs.csproj': csproj(
        '.Worker',
        '<ProjectReference Include="..\\Shop.Core\\Shop.Core.csproj" />',
      ),
      'src/Shop.Web/Shop.Web.csproj': csproj(
        '.Web',
        '<ProjectReference Include="..\\Shop.Core\\Shop.Core.csproj" />',
      ),
      'test/Shop.Checks/Shop.Checks.csproj': csproj(
        '',
        '<OutputType>Exe</OutputType><PackageReference Include="Microsoft.NET.Test.Sdk" Version="17" />',
      ),
    },
    starts: [dotnet('Shop.Web'), dotnet('Shop.Jobs')],
  },
]

const rust = (name: string): string => `${name} (user 10001, folder /)`
const rustMain = 'fn main() { TcpListener::bind("0.0.0.0:3030") }\n'

const rusts: readonly ScaffoldFolder[] = [
  {
    title: 'Rust',
    files: {
      'Cargo.toml': '[package]\nname = "shop"\nrust-version = "1.84"\n',
      'Cargo.lock': '',
      'src/main.rs': rustMain,
    },
    starts: [rust('shop')],
  },
  {
    title: 'Rust upon OpenSSL',
    files: {
      'Cargo.toml': '[package]\nname = "shop"\n',
      'Cargo.lock': '[[package]]\nname = "openssl-sys"\n',
      'src/main.rs': rustMain,
    },
    starts: [rust('shop')],
  },
  {
    title: 'Rust with a program of another name',
    files: {
      'Cargo.toml': '[package]\nname = "shop"\n\n[[bin]]\nname = "shopd"\npath = "src/main.rs"\n',
      'src/main.rs': rustMain,
    },
    starts: [rust('shopd')],
  },
  {
    title: 'a workspace of Rust with several programs',
    files: {
      'Cargo.toml': '[workspace]\nmembers = ["crates/*"]\n',
      'Cargo.lock': '',
      'crates/server/Cargo.toml': '[package]\nname = "shop-server"\n',
      'crates/server/src/main.rs': rustMain,
      'crates/tools/Cargo.toml': '[package]\nname = "tools"\n',
      'crates/tools/src/lib.rs': '',
      'crates/tools/src/bin/seed.rs': rustMain,
    },
    starts: [rust('shop-server'), rust('seed')],
  },
]

const ruby = (words: string): string => `${words} (user 10001, folder /app)`

const rubies: readonly ScaffoldFolder[] = [
  {
    title: 'Rails with assets and a database',
    files: {
      Gemfile:
        'ruby file: ".ruby-version"\ngem "rails"\ngem "pg"\ngem "puma"\n\ngroup :development do\n  gem "web-console"\nend\n',
      'Gemfile.lock': '',
      '.ruby-version': '3.3.6\n',
      'config.ru': '',
      'app/assets/app.css': '',
      'config/master.key': 'secret',
    },
    starts: [ruby('rails server -b 0.0.0.0 -p 3000')],
  },
  {
    title: 'Rails, its assets built with Node',
    files: {
      Gemfile: 'gem "rails"\ngem "puma"\ngem "jsbundling-rails"\n',
      'Gemfile.lock': '',
      'config.ru': '',
      'app/assets/config/manifest.js': '',
      'app/javascript/application.js': '',
      'package.json': json({
        ...shop,
        scripts: { build: 'mkdir -p app/assets/builds && esbuild && echo >app/assets/builds/application.js' },
        devDependencies: { esbuild: '0.25' },
      }),
      'yarn.lock': '',
    },
    starts: [ruby('rails server -b 0.0.0.0 -p 3000')],
  },
  {
    title: 'Jekyll',
    files: {
      Gemfile: 'gem "jekyll", "~> 4.4"\n',
      '_config.yml': 'title: Shop\n',
      'index.md': '# Shop\n',
    },
    starts: ['a site of jekyll'],
  },
  {
    title: 'Rails without assets',
    files: { Gemfile: 'gem "rails"\n', 'config.ru': '' },
    starts: [ruby('rails server -b 0.0.0.0 -p 3000')],
  },
  {
    title: 'Rack by Puma',
    files: { Gemfile: 'gem "puma"\n', 'config.ru': '' },
    starts: [ruby('puma -b tcp://0.0.0.0:3000')],
  },
  {
    title: 'Rack',
    files: { Gemfile: 'gem "rackup"\n', 'config.ru': '' },
    starts: [ruby('rackup --host 0.0.0.0 --port 3000')],
  },
  {
    title: 'Sinatra',
    files: { Gemfile: 'gem "sinatra"\n', 'app.rb': 'set :port, 4000\n' },
    starts: [ruby('ruby app.rb -o 0.0.0.0 -p 4000')],
  },
  {
    title: 'Ruby',
    files: { Gemfile: '', 'main.rb': 'port = 4568\n' },
    starts: [ruby('ruby main.rb')],
  },
]

const apache = (root: string): string => `apache ${root} (user 33, folder /var/www/html)`

const others: readonly ScaffoldFolder[] = [
  {
    title: 'PHP',
    files: { 'index.php': '' },
    starts: [apache('/var/www/html')],
  },
  {
    title: 'PHP with Composer, extensions and a public folder',
    files: {
      'composer.json':
        '{\n"require":{\n"php":"^8.3",\n"ext-zip":"*",\n"ext-bcmath":"*",\n"ext-intl":"*"\n}\n}\n',
      'composer.lock': '',
      'public/index.php': '',
      'storage/.keep': '',
    },
    starts: [apache('/var/www/html/public')],
  },
  {
    title: 'Laravel, its assets built with Node',
    files: {
      'composer.json': json({ require: { php: '^8.2', 'laravel/framework': '^12.0' } }),
      'composer.lock': '',
      artisan: '',
      'public/index.php': '',
      'package.json': json({
        private: true,
        scripts: { build: 'mkdir -p public/build && echo >public/build/app.js', dev: 'vite' },
        devDependencies: { vite: '7', 'laravel-vite-plugin': '2' },
      }),
      'package-lock.json': '{}',
      'vite.config.js': '',
    },
    starts: [apache('/var/www/html/public')],
  },
  {
    title: 'Hugo with packages of Node and modules of Go',
    files: {
      'hugo.toml': 'title = "Shop"\nenableGitInfo = true\n',
      'content/_index.md': '# Shop\n',
      'go.mod': 'module shop\n',
      'package.json': json({ devDependencies: { autoprefixer: '10' } }),
    },
    starts: ['a site of hugo at /'],
  },
  {
    title: 'Hugo',
    files: { 'hugo.toml': 'title = "Shop"\n', 'content/_index.md': '# Shop\n' },
    starts: ['a site of hugo at /'],
  },
  {
    title: 'Deno',
    files: {
      'deno.json': '{ "imports": { "@std/path": "jsr:@std/path@1" } }\n',
      'deno.lock': '{}',
      'main.ts': 'Deno.serve({ port: 8123 }, () => new Response("shop"))\n',
    },
    starts: ['deno run --allow-net --allow-env --allow-read --allow-sys main.ts (user 1000, folder /app)'],
  },
  {
    title: 'Deno by a task',
    files: {
      'deno.json': '{ "tasks": { "dev": "deno run --watch main.ts", "start": "deno run -A main.ts" } }\n',
      'main.ts': '',
    },
    starts: ['deno run -A main.ts (user 1000, folder /app)'],
  },
  {
    title: 'a site of files',
    files: { 'index.html': 'a site of files' },
    starts: ['a site of files'],
  },
]

export const scaffoldFolders: readonly ScaffoldFolder[] = [
  ...nodes,
  ...pythons,
  ...gos,
  ...mavens,
  ...gradles,
  ...dotnets,
  ...rusts,
  ...rubies,
  ...others,
]
