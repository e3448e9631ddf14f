import { execFile, execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { parseDockerfile } from '../../src/language/dockerfile/parse.ts'
import type { ContractEngine } from '../contract/global-setup.ts'

/** The images that there are, by their names on the registries; the versions of each that were published. */
const families: readonly (readonly [name: RegExp, target: string])[] = [
  [/^node:(2[5-9])-alpine$/, 'node25'],
  [/^node:(4|6|8|[12]\d)-alpine$/, 'node'],
  [/^node:(1\d|2[0-4])-slim$/, 'node-slim'],
  [/^ghcr\.io\/gohugoio\/hugo:v0\.1\d\d\.\d+$/, 'hugo'],
  [/^denoland\/deno:alpine-2\.\d+\.\d+$/, 'deno'],
  [/^oven\/bun:1-alpine$/, 'bun'],
  [/^python:3\.\d+-slim$/, 'python-slim'],
  [/^python:3\.\d+$/, 'python'],
  [/^ghcr\.io\/astral-sh\/uv:0\.9$/, 'uv'],
  [/^golang:1\.\d+-alpine$/, 'go'],
  [/^gcr\.io\/distroless\/static-debian12:nonroot$/, 'distroless'],
  [/^maven:3-eclipse-temurin-(8|11|17|21|25)$/, 'maven'],
  [/^gradle:(8-jdk(8|11|17|21)|9-jdk(17|21|25))$/, 'gradle'],
  [/^eclipse-temurin:(8|11|17|21|25)-jre$/, 'java'],
  [/^mcr\.microsoft\.com\/dotnet\/sdk:\d+\.0(\.\d+)?$/, 'dotnet-sdk'],
  [/^mcr\.microsoft\.com\/dotnet\/aspnet:\d+\.0$/, 'dotnet-aspnet'],
  [/^rust:1(\.\d+)?-alpine$/, 'rust'],
  [/^alpine:3\.22$/, 'alpine'],
  [/^ruby:3\.\d+-slim$/, 'ruby-slim'],
  [/^ruby:3\.\d+$/, 'ruby'],
  [/^composer:2$/, 'composer'],
  [/^php:8\.\d+-apache$/, 'php'],
  [/^nginxinc\/nginx-unprivileged:1-alpine$/, 'nginx'],
]

/** The images that a Dockerfile asks a registry for. */
export function imagesOf(text: string): readonly string[] {
  const { stages } = parseDockerfile(text)
  const names = new Set(stages.map(({ name }) => name))
  const copied = [...text.matchAll(/--from=(\S+)/g)].map(([, from = '']) => from)
  return [...stages.map(({ base }) => base), ...copied].filter((image) => !names.has(image))
}

/** A folder with this machine's Node, its npm and the libraries that they need, as they lie in an image. */
function nodeOfThisMachine(): string {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-node-'))
  const into = (file: string, path: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    cpSync(file, join(folder, path), { recursive: true, dereference: true })
  }
  into(process.execPath, 'usr/local/bin/node')
  const libraries = execFileSync('ldd', [process.execPath], { encoding: 'utf8' })
  for (const [file] of libraries.matchAll(/\/\S+(?= \(0x)/g)) into(file, file)
  const npm = [
    join(dirname(realpathSync(process.execPath)), '../lib/node_modules/npm'),
    '/usr/share/nodejs/npm',
  ].find((path) => existsSync(path))
  if (npm === undefined) throw new Error('Node comes with npm')
  into(npm, 'usr/local/lib/node_modules/npm')
  return folder
}

/** Makes a stand-in under each of these names, on an engine that has the tests' busybox. */
export async function makeStandIns(engine: ContractEngine, images: readonly string[]): Promise<void> {
  const targets = new Map<string, string[]>()
  for (const image of images) {
    const target = families.find(([name]) => name.test(image))?.[1]
    if (target === undefined) throw new Error(`there is no image ${image}`)
    targets.set(target, [...(targets.get(target) ?? []), image])
  }
  const node = nodeOfThisMachine()
  try {
    for (const [target, names] of targets) {
      const tags = names.flatMap((name) => ['--tag', name])
      const context = new URL('./stand-ins', import.meta.url).pathname
      await promisify(execFile)(
        engine.dockerBin,
        ['build', '--target', target, '--build-context', `host=${node}`, ...tags, context],
        { env: engine.env },
      )
    }
  } finally {
    rmSync(node, { recursive: true, force: true })
  }
}
