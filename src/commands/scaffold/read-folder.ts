import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { configurations } from './configured-port.ts'
import type { Folder } from './project.ts'

const largestText = 256 * 1024
const mostTexts = 500
const mostNames = 10_000
const deepest = 8

/** What tells of a project: manifests, the files that name a version, the code that says where it listens. */
const telling =
  /^(package\.json|deno\.jsonc?|\.tool-versions|global\.json|netlify\.toml|(?:mkdocs|_config)\.ya?ml|setup\.(py|cfg)|(hugo|config)\.(toml|ya?ml|json)|\.?eleventy(\.config)?\.[cm]?js|pnpm-workspace\.yaml|\.yarnrc\.yml|requirements\.txt|pyproject\.toml|(uv|poetry|Pipfile|Cargo)\.lock|Pipfile|runtime\.txt|go\.mod|pom\.xml|(build|settings)\.gradle(\.kts)?|Directory\.Build\.props|angular\.json|puma\.rb|Rocket\.toml|(next|vite|svelte)\.config\.[cm]?[jt]s|Cargo\.toml|rust-toolchain(\.toml)?|Gemfile|composer\.json|\.nvmrc|\.java-version|\.sdkmanrc|\.(node|python|ruby)-version|application\.(properties|ya?ml)|.+\.(cs|fs|vb)proj|(server|app|index|main|wsgi|asgi|api|run|manage|__init__)\.([cm]?[jt]s|py|go|rs|rb))$/

/** A program of Cargo's, which can have any name. */
const program = /(?:^|\/)src\/bin\/[\w-]+\.rs$/

/** Programs of Go, which can lie in files of any name: those of the folder itself and below `cmd`. */
const goProgram = /^(?:cmd\/(?:[^/]+\/)*)?[^/]+(?<!_test)\.go$/

/** Programs of Python, of which those of the folder itself can have any name. */
const pythonProgram = /^(?:(?:src|app)\/)?[\w-]+\.py$/

const isTelling = (path: string, name: string): boolean =>
  telling.test(name) ||
  [program, goProgram, pythonProgram].some((pattern) => pattern.test(path)) ||
  configurations.includes(path)

/** Folders that hold no source of the project's own. */
const left = /^(\..*|node_modules|vendor|target|dist|build|bin|obj|venv|__pycache__)$/

/** What belongs to a package manager or a server and is read by it, though it begins with a point. */
const kept = /^\.(yarn|mvn|streamlit)$/

/** The names of a folder's files, those above before those below, and the texts that tell of a project; all within bounds. */
export async function readFolder(path: string): Promise<Folder> {
  const names: string[] = []
  const texts = new Map<string, string>()
  const folders = ['']
  for (const within of folders) {
    if (names.length >= mostNames) break
    // A folder that may not be read tells nothing.
    const entries = await readdir(join(path, within), {
      withFileTypes: true,
    }).catch((fault: unknown) => {
      if (within === '') throw fault
      return []
    })
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const name = `${within}${entry.name}`
      if (names.length >= mostNames) break
      if (!entry.isDirectory()) names.push(name)
      else if (
        (!left.test(entry.name) || kept.test(entry.name) || isSource(within, entry.name)) &&
        name.split('/').length <= deepest
      )
        folders.push(`${name}/`)
      if (!entry.isFile() || !isTelling(name, entry.name) || texts.size >= mostTexts) continue
      const file = join(path, name)
      if ((await stat(file)).size <= largestText) texts.set(name, decoded(await readFile(file)))
    }
  }
  return { name: basename(path), names, text: (name) => texts.get(name) }
}

/** Editors and shells of Windows write a mark in front, and what `pip freeze > requirements.txt` makes there is UTF-16. */
const decoded = (bytes: Buffer): string =>
  new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes)

/** Cargo's programs lie in `src/bin`. */
const isSource = (within: string, name: string): boolean => name === 'bin' && /(?:^|\/)src\/$/.test(within)
