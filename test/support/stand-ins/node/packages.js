// The package managers of Node without a registry: packages are made up, and laid out as each manager lays them out.
const { spawnSync } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

const [program, ...given] = process.argv.slice(2)
const flags = given.filter((word) => word.startsWith('-'))
const [verb, ...rest] = given.filter((word) => !word.startsWith('-'))
const has = (flag) => flags.includes(flag)
const die = (why) => {
  process.stderr.write(`${program} ${given.join(' ')}: ${why}\n`)
  process.exit(1)
}
const read = (file) => {
  if (!fs.existsSync(file)) die(`${file}: no such file in ${process.cwd()}`)
  return fs.readFileSync(file, 'utf8')
}
const manifest = JSON.parse(read('package.json'))
const only = (...known) => {
  const other = flags.find((flag) => !known.includes(flag))
  if (other !== undefined) die(`unknown option ${other}`)
}
const cached = (folder) => {
  if (!fs.readFileSync('/proc/mounts', 'utf8').includes(` ${folder} `)) die(`nothing keeps ${folder}`)
}

/** The folders of the workspace's packages; each pattern here ends with a star. */
function members() {
  const listed =
    fs.existsSync('pnpm-workspace.yaml') && program === 'pnpm'
      ? [...read('pnpm-workspace.yaml').matchAll(/^\s*- ["']?([^"'\n]+)/gm)].map((found) => found[1])
      : (manifest.workspaces ?? [])
  return listed
    .flatMap((pattern) => {
      const folder = pattern.replace(/\/\*$/, '')
      if (!pattern.endsWith('/*')) return [folder]
      if (!fs.existsSync(folder)) return []
      return fs.readdirSync(folder).map((name) => `${folder}/${name}`)
    })
    .map((folder) => ({
      folder,
      manifest: JSON.parse(read(`${folder}/package.json`)),
    }))
}

/** The lock names each package of the workspace, as all managers' do. */
function checkLock(file, isFrozen) {
  if (!isFrozen) return
  const lock = read(file)
  for (const name of lock.match(/(?<=^# member ).*/gm) ?? [])
    if (!members().some(({ manifest: each }) => each.name === name))
      die(`the lock file knows ${name}, which is not there`)
}

function install({ production, scripts }) {
  if (manifest.needsSettings && read('.npmrc') === '') die('the settings are empty')
  const all = members()
  const local = new Map(all.map(({ folder, manifest: each }) => [each.name, folder]))
  fs.rmSync('node_modules', { recursive: true, force: true })
  fs.mkdirSync('node_modules/.bin', { recursive: true })
  for (const each of [manifest, ...all.map((member) => member.manifest)])
    for (const name of Object.keys({
      ...each.dependencies,
      ...(production ? {} : each.devDependencies),
    })) {
      if (local.has(name) || fs.existsSync(`node_modules/${name}`)) continue
      fs.mkdirSync(`node_modules/${name}`, { recursive: true })
      fs.writeFileSync(`node_modules/${name}/index.js`, `module.exports = ${JSON.stringify(name)}\n`)
      fs.writeFileSync(`node_modules/${name}/package.json`, JSON.stringify({ name }))
      // A package with a program that is built when its own scripts run.
      fs.writeFileSync(
        `node_modules/.bin/${programNames[name] ?? path.basename(name)}`,
        programs[name] ?? '#!/bin/sh\necho "$0 $*"\n',
        { mode: 0o755 },
      )
    }
  for (const [name, folder] of local) {
    fs.mkdirSync(path.dirname(`node_modules/${name}`), { recursive: true })
    fs.symlinkSync(path.relative(path.dirname(`node_modules/${name}`), folder), `node_modules/${name}`)
  }
  if (!scripts) return
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
    if (manifest.scripts?.[script]) run(script)
}

const programNames = { typescript: 'tsc', '@angular/cli': 'ng', '@nestjs/cli': 'nest' }

const programs = {
  vite: '#!/bin/sh\n[ "$1" = build ] || exit 1\nmkdir -p dist && echo "a site of vite" >dist/index.html\n',
  typescript: '#!/bin/sh\n',
  '@angular/cli':
    '#!/bin/sh\n[ "$1" = build ] || exit 1\nmkdir -p dist/shop/browser && echo "a site of ng" >dist/shop/browser/index.html\n',
  '@nestjs/cli': '#!/bin/sh\n[ "$1" = build ] || exit 1\nmkdir -p dist && cp src/main.ts dist/main.js\n',
  // It lays a part of a workspace where that lies in the whole.
  next: `#!/bin/sh
[ "$1" = build ] || exit 1
part=\${PWD#"$(cd "$(dirname "$0")/../.." && pwd)"}
mkdir -p ".next/standalone$part" .next/static && cp page.ts ".next/standalone$part/server.js"
`,
  '@11ty/eleventy':
    '#!/bin/sh\n[ -f index.md ] || exit 1\nmkdir -p _site && echo "a site of eleventy" >_site/index.html\n',
  vitepress:
    '#!/bin/sh\n[ "$1 $2" = "build docs" ] || exit 1\nmkdir -p docs/.vitepress/dist && echo "a site of vitepress" >docs/.vitepress/dist/index.html\n',
  nuxt: '#!/bin/sh\n[ "$1" = build ] || exit 0\nmkdir -p .output/server && cp page.ts .output/server/index.mjs\n',
  tsx: '#!/bin/sh\nexec node "$@"\n',
  prisma: '#!/bin/sh\n[ -f prisma/schema.prisma ] || { echo "no schema" >&2; exit 1; }\n',
}

function run(script, folder = '.') {
  const found = JSON.parse(read(`${folder}/package.json`)).scripts?.[script]
  if (found === undefined) die(`missing script: ${script}`)
  const PATH = `${path.resolve(folder, 'node_modules/.bin')}:${path.resolve('node_modules/.bin')}:${process.env.PATH}`
  const done = spawnSync('sh', ['-c', found], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, PATH },
  })
  if (done.status !== 0) die(`${script} failed: ${found}`)
}

const rebuild = () => {
  if (!fs.existsSync('node_modules')) die('nothing is installed')
}

const memberNamed = (name) =>
  members().find(({ manifest: each }) => each.name === name) ?? die(`no package ${name}`)

/** Those that a package needs, before it. */
function chain(name) {
  const { folder, manifest: own } = memberNamed(name)
  const needs = Object.keys(own.dependencies ?? {}).filter((each) =>
    members().some((member) => member.manifest.name === each),
  )
  return [...needs.flatMap(chain), folder]
}
const builds = (folder) => JSON.parse(read(`${folder}/package.json`)).scripts?.build !== undefined

const managers = {
  npm() {
    const isPruned = verb === 'prune'
    if (verb === 'rebuild') return rebuild()
    only('--omit=dev', '--ignore-scripts')
    if (verb === 'ci' && !fs.existsSync('package-lock.json'))
      die('npm ci can only install with an existing package-lock.json')
    checkLock('package-lock.json', verb === 'ci')
    install({
      production: has('--omit=dev') || process.env.NODE_ENV === 'production',
      scripts: !has('--ignore-scripts') && !isPruned,
    })
  },
  pnpm() {
    if (verb === 'install') {
      only('--frozen-lockfile', '--prod', '--ignore-scripts')
      cached('/root/.local/share/pnpm/store')
      checkLock('pnpm-lock.yaml', has('--frozen-lockfile'))
      if (has('--prod') && fs.existsSync('node_modules') && process.env.CI !== 'true')
        die('nobody answers whether to remove node_modules')
      install({ production: has('--prod'), scripts: !has('--ignore-scripts') })
    } else if (verb === 'prune') {
      if (members().length > 0) die('cannot prune a workspace')
      if (process.env.CI !== 'true') die('nobody answers whether to remove node_modules')
      install({ production: true, scripts: !has('--ignore-scripts') })
    } else if (verb === 'rebuild') rebuild()
    else if (has('--filter')) {
      const name = verb
      if (!name.endsWith('...') || rest[0] !== 'run' || !has('--if-present')) die('unknown')
      for (const folder of chain(name.slice(0, -3))) if (builds(folder)) run(rest[1], folder)
    } else if (verb === 'run') run(rest[0])
    else die('unknown')
  },
  yarn() {
    const named = /^yarn@(\d+)/.exec(manifest.packageManager ?? '')?.[1]
    const prepared = fs.existsSync('/stand-in/yarn-version') ? '4' : '1'
    return Number(process.env.STAND_IN_YARN ?? named ?? prepared) > 1 ? berry() : classic()
  },
  bun() {
    if (verb === 'install') {
      only('--frozen-lockfile', '--production', '--ignore-scripts')
      cached('/root/.bun/install/cache')
      checkLock('bun.lock', has('--frozen-lockfile'))
      install({
        production: has('--production'),
        scripts: !has('--ignore-scripts'),
      })
    } else if (verb === 'run' && has('--filter')) {
      const [name, script] = rest
      run(script, memberNamed(name).folder)
    } else if (verb === 'run') run(rest[0])
    else process.exitCode = spawnSync('node', given, { stdio: 'inherit' }).status
  },
}

function classic() {
  if (fs.existsSync('yarn.lock') && /__metadata/.test(read('yarn.lock')))
    die('this lock file is of another Yarn')
  if (verb === 'install') {
    only('--frozen-lockfile', '--production', '--ignore-scripts')
    cached('/usr/local/share/.cache/yarn')
    checkLock('yarn.lock', has('--frozen-lockfile'))
    install({
      production: has('--production'),
      scripts: !has('--ignore-scripts'),
    })
  } else if (verb === 'workspace') run(rest[1], memberNamed(rest[0]).folder)
  else run(verb)
}

function berry() {
  if (process.env.YARN_NODE_LINKER !== 'node-modules')
    die('packages would stay in the cache, which is in no image')
  if (fs.existsSync('.yarnrc.yml'))
    for (const [, file] of read('.yarnrc.yml').matchAll(/(?:yarnPath|path|spec): (\.yarn\/\S+)/g)) read(file)
  if (verb === 'run') return run(rest[0])
  cached('/root/.yarn/berry/cache')
  if (verb === 'install') {
    only('--immutable', '--mode=skip-build')
    checkLock('yarn.lock', has('--immutable'))
    install({ production: false, scripts: !has('--mode=skip-build') })
  } else if (given.join(' ') === 'workspaces focus --all --production')
    install({ production: true, scripts: false })
  else if (given.slice(0, 4).join(' ') === 'workspaces foreach -Rpt --from')
    for (const folder of chain(given[4])) builds(folder) && run(given[6], folder)
  else die('unknown')
}

managers[program]()
