import { isWord, within } from '../project.ts'

/** What a framework makes of a project, where that is not for the script `start` to run. */
export type Product =
  /** Files for a web server, in a folder. */
  | { readonly kind: 'site'; readonly folder: string; readonly isSinglePage: boolean }
  | {
      readonly kind: 'program'
      /** The words after `node`. */
      readonly words: readonly string[]
      /** All that it needs of what is built, and where that goes; without, the whole folder and the packages. */
      readonly parts?: readonly (readonly [from: string, to: string])[]
      /** Variables without which it listens to its own container only. */
      readonly environment?: readonly string[]
    }
  /** A script of the folder, with options of its own. */
  | { readonly kind: 'script'; readonly script: string; readonly options: readonly string[] }

/** What is known of one package. */
export interface NodePackage {
  readonly packages: Readonly<Record<string, unknown>>
  readonly scripts: Readonly<Record<string, unknown>>
  /** The script that starts it. */
  readonly start: string
  readonly main: string
  readonly port: number
  /** The folder of the part of a workspace; empty for the folder itself. */
  readonly member: string
  readonly has: (name: string) => boolean
  readonly text: (name: string) => string | undefined
}

/** Tools that only make files, and the folder that each writes them to. */
const sites: readonly (readonly [name: string, folder: string, isSinglePage?: boolean])[] = [
  ['react-scripts', 'build', true],
  ['@docusaurus/core', 'build'],
  ['gatsby', 'public'],
  ['@vue/cli-service', 'dist', true],
  ['astro', 'dist'],
  ['@11ty/eleventy', '_site'],
  ['hexo', 'public'],
  ['vite', 'dist', true],
]
const servesForDeveloping =
  /^$|^(?:npx\s+)?(?:vite|vitepress|react-scripts|astro|vue-cli-service|gatsby|docusaurus|(?:@11ty\/)?eleventy|hexo)\b/
/** They lay what Vite builds beside the pages of another language. */
const partOfAnother = ['laravel-vite-plugin', 'vite-plugin-ruby', 'vite-plugin-symfony']

const endings = ['js', 'mjs', 'cjs', 'ts', 'mts']
const configuration = ({ text }: NodePackage, name: string): string =>
  endings
    .map((ending) => text(`${name}.${ending}`) ?? '')
    .join('\n')
    .replace(/^[ \t]*\/\/.*$/gm, '')

const said = (config: string, key: string): string | undefined => {
  const value = new RegExp(`\\b${key}\\s*:\\s*["']([\\w./-]+)["']`).exec(config)?.[1]?.replace(/^\.\//, '')
  return value !== undefined && isWord(value) && !value.includes('..') && !value.startsWith('/')
    ? value
    : undefined
}

const site = (folder: string, isSinglePage = false): Product => ({ kind: 'site', folder, isSinglePage })

/** What tools make and keep in a folder: no image needs it from there. */
const kept: readonly (readonly [name: string, folders: readonly string[]])[] = [
  ['next', ['.next', 'out']],
  ['nuxt', ['.nuxt', '.output']],
  ['@angular/core', ['.angular']],
  ['@sveltejs/kit', ['.svelte-kit', 'build']],
  ['react-scripts', ['build']],
  ['@docusaurus/core', ['.docusaurus', 'build']],
  ['gatsby', ['.cache', 'public']],
  ['astro', ['.astro']],
  ['@11ty/eleventy', ['_site']],
  ['hexo', ['public']],
  ['vitepress', ['**/.vitepress/dist', '**/.vitepress/cache']],
  ['turbo', ['.turbo']],
]

export const madeFolders = (packages: Readonly<Record<string, unknown>>): readonly string[] =>
  kept.flatMap(([name, folders]) => (name in packages ? folders : []))

/** The name of the script that builds it. */
export const buildScript = (scripts: Readonly<Record<string, unknown>>): string | undefined =>
  ['build', 'docs:build'].find((name) => name in scripts)

export function productOf(of: NodePackage): Product | undefined {
  const { packages, scripts, start } = of
  const build = buildScript(scripts)
  if (build === undefined) return undefined
  if ('vitepress' in packages) {
    const folder = /\bvitepress\s+build(?:\s+([\w./-]+))?/.exec(String(scripts[build]))
    if (folder !== null && servesForDeveloping.test(start))
      return site(within((folder[1] ?? '').replace(/^\.\/?|\/$/g, ''), '.vitepress/dist'))
  }
  if (build !== 'build') return undefined
  if ('next' in packages) return next(of)
  if ('nuxt' in packages)
    return /\bgenerate\b/.test(String(scripts['build']))
      ? site('.output/public')
      : { kind: 'program', words: ['.output/server/index.mjs'], parts: [['.output', '.output']] }
  if ('@angular/core' in packages) return angular(of)
  if ('@sveltejs/kit' in packages) return svelteKit(of)
  if ('@nestjs/core' in packages)
    return /^nest start\b/.test(start) ? { kind: 'program', words: ['dist/main.js'] } : undefined
  if ('@astrojs/node' in packages && servesForDeveloping.test(start))
    return { kind: 'program', words: ['dist/server/entry.mjs'], environment: ['HOST=0.0.0.0'] }
  const [tool, folder, isSinglePage] = sites.find(([name]) => name in packages) ?? []
  const isSite =
    folder !== undefined &&
    of.main === '' &&
    servesForDeveloping.test(start) &&
    !partOfAnother.some((name) => name in packages)
  if (!isSite) return undefined
  const named =
    tool === 'vite'
      ? said(configuration(of, 'vite.config'), 'outDir')
      : tool === '@11ty/eleventy'
        ? (/--output[= ]([\w./-]+)/.exec(String(scripts['build']))?.[1] ??
          ['eleventy.config', '.eleventy'].map((name) => said(configuration(of, name), 'output'))[0])
        : undefined
  return site(named !== undefined && isWord(named) && !named.includes('..') ? named : folder, isSinglePage)
}

function next(of: NodePackage): Product | undefined {
  const output = said(configuration(of, 'next.config'), 'output')
  if (output === 'export') return site('out')
  if (output !== 'standalone') return undefined
  return {
    kind: 'program',
    // It lays a part of a workspace where that lies in the whole.
    words: [within(of.member, 'server.js')],
    parts: [
      ['.next/standalone', '.'],
      ['.next/static', within(of.member, '.next/static')],
      ...(of.has('public') ? [['public', within(of.member, 'public')] as const] : []),
    ],
    environment: ['HOSTNAME=0.0.0.0'],
  }
}

/** By the first project of `angular.json`: the builder of today lays pages in a folder `browser`, the one before it did not. */
function angular({ text, packages, scripts }: NodePackage): Product | undefined {
  const config = text('angular.json') ?? ''
  const name = /"projects"\s*:\s*\{\s*"([\w@/.-]+)"\s*:/.exec(config)?.[1]
  const given = /"outputPath"\s*:\s*(?:\{\s*"base"\s*:\s*)?"([\w./-]+)"/.exec(config)?.[1]
  const folder = given ?? (name === undefined ? undefined : `dist/${name.replace('@', '')}`)
  if (folder === undefined || !isWord(folder) || folder.includes('..')) return undefined
  const isServed = '@angular/ssr' in packages && /:application"/.test(config)
  if (isServed && Object.keys(scripts).some((script) => script.startsWith('serve:ssr')))
    return { kind: 'program', words: [`${folder}/server/server.mjs`] }
  return site(/:application"/.test(config) ? `${folder}/browser` : folder, true)
}

function svelteKit(of: NodePackage): Product | undefined {
  const { packages, scripts, port } = of
  if ('@sveltejs/adapter-node' in packages) return { kind: 'program', words: ['build'] }
  if ('@sveltejs/adapter-static' in packages)
    return site(said(configuration(of, 'svelte.config'), 'pages') ?? 'build')
  // Other adapters are for other places: only its own preview starts what they make.
  return 'preview' in scripts
    ? { kind: 'script', script: 'preview', options: ['--host', '0.0.0.0', '--port', String(port)] }
    : undefined
}
