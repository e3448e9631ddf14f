import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { EngineError } from '../engine/errors.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { viewCommand, type Command, type Deps } from './command.ts'
import { detect, plainProject, stacks, type Folder, type Project, type Stack } from './scaffold/detect.ts'
import { composeFile, dockerfile, dockerignore } from './scaffold/dockerfiles.ts'

const largestText = 256 * 1024
const mostNames = 2000
const deepest = 3

/** What tells of a project: manifests, the files that name a version, the code that says where it listens. */
const telling =
  /^(package\.json|requirements\.txt|pyproject\.toml|Pipfile|runtime\.txt|go\.mod|pom\.xml|build\.gradle(\.kts)?|Cargo\.toml|rust-toolchain(\.toml)?|Gemfile|composer\.json|\.nvmrc|\.(node|python|ruby)-version|application\.(properties|ya?ml)|.+\.(cs|fs|vb)proj|(server|app|index|main|wsgi)\.([cm]?[jt]s|py|go|rs|rb))$/

/** Folders that hold no source of the project's own. */
const left = /^(\..*|node_modules|vendor|target|dist|build|bin|obj|venv|__pycache__)$/

const stackNames: Readonly<Record<Stack, string>> = {
  node: 'Node.js',
  python: 'Python',
  go: 'Go',
  maven: 'Java (Maven)',
  gradle: 'Java (Gradle)',
  dotnet: '.NET',
  rust: 'Rust',
  ruby: 'Ruby',
  php: 'PHP',
  static: 'HTML',
}

async function readFolder(path: string): Promise<Folder> {
  const names: string[] = []
  const texts = new Map<string, string>()
  const folders = ['']
  for (const within of folders) {
    // A folder that may not be read tells nothing.
    const entries = await readdir(join(path, within), { withFileTypes: true }).catch((fault: unknown) => {
      if (within === '') throw fault
      return []
    })
    for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
      const name = `${within}${entry.name}`
      if (names.length >= mostNames) break
      if (!entry.isDirectory()) names.push(name)
      else if (!left.test(entry.name) && name.split('/').length <= deepest) folders.push(`${name}/`)
      if (!entry.isFile() || !telling.test(entry.name)) continue
      const file = join(path, name)
      if ((await stat(file)).size <= largestText) texts.set(name, await readFile(file, 'utf8'))
    }
  }
  return { name: basename(path), names, text: (name) => texts.get(name) }
}

async function askFolder({ ui }: Deps): Promise<string | undefined> {
  const folders = ui.folders()
  if (folders.length === 0)
    throw new EngineError('invalid', t('No folder is open.'), {
      nextStep: t('Open the folder of your project first.'),
    })
  if (folders.length === 1) return folders[0]
  return ui.pick(
    folders.map((path) => ({ label: plain(basename(path)), description: plain(path), value: path })),
    { title: t('Add Docker Files to') },
  )
}

async function askProject({ ui }: Deps, folder: Folder): Promise<Project | undefined> {
  const found = detect(folder)
  const rest = stacks.filter((stack) => !found.some((project) => project.stack === stack))
  const title = t('What kind of project is it?')
  const project = await ui.pick(
    [
      ...found.map((each) => ({
        label: stackNames[each.stack],
        description: t('found in this folder'),
        detail: facts(each),
        value: each,
      })),
      ...rest.map((stack) => ({ label: stackNames[stack], value: plainProject(folder, stack) })),
    ],
    { title },
  )
  if (project === undefined) return undefined
  const port = await ui.input({
    title,
    prompt: t('The port that it listens on'),
    value: String(project.port),
    validate: (value) =>
      /^\d{1,5}$/.test(value.trim()) && Number(value) > 0 && Number(value) < 65_536
        ? undefined
        : t('A port is a number from 1 to 65535.'),
  })
  return port === undefined ? undefined : { ...project, port: Number(port) }
}

const facts = ({ version, manager, entry, runner }: Project): string =>
  [version, manager, entry, runner].filter((part) => part !== 'none').join(' · ')

/** Shows what would change in a file that is there, and asks. */
async function mayReplace({ ui }: Deps, path: string, text: string): Promise<boolean> {
  await ui.showChange(path, text)
  const answer = await ui.pick(
    [
      { label: t('Replace'), icon: 'check', value: true },
      { label: t('Leave as It Is'), icon: 'close', value: false },
    ],
    { title: t('Replace {0}?', basename(path)), stays: true },
  )
  return answer === true
}

const addDockerFiles = viewCommand({
  id: 'scaffold.addDockerFiles',
  title: 'Add Docker Files to Workspace…',
  icon: 'new-file',
  async run(deps) {
    const { ui } = deps
    const path = await askFolder(deps)
    if (path === undefined) return
    const folder = await readFolder(path)
    const project = await askProject(deps, folder)
    if (project === undefined) return
    const files = [
      { name: 'Dockerfile', text: dockerfile(project) },
      { name: '.dockerignore', text: dockerignore(project) },
      { name: 'compose.yaml', text: composeFile(project) },
    ]
    const chosen = await ui.pickMany(
      files.map((file) => {
        const exists = folder.names.includes(file.name)
        return {
          label: file.name,
          description: exists ? t('exists; would be replaced') : t('new'),
          picked: !exists,
          value: file,
        }
      }),
      { title: t('Which files are written?'), placeholder: t('Undo takes them back') },
    )
    if (chosen === undefined || chosen.length === 0) return
    const written: { readonly path: string; readonly text: string }[] = []
    for (const { name, text } of chosen) {
      const file = join(path, name)
      if (!folder.names.includes(name) || (await mayReplace(deps, file, text)))
        written.push({ path: file, text })
    }
    if (written.length === 0) return
    await ui.createFiles(written)
    await ui.openFile(written[0]!.path)
  },
})

export const scaffoldCommands: readonly Command[] = [addDockerFiles]
