import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { EngineError } from '../engine/errors.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { viewCommand, type Command, type Deps } from './command.ts'
import { detect, plainProject, stacks, type Folder, type Project, type Stack } from './scaffold/detect.ts'
import { composeFile, dockerfile, dockerignore } from './scaffold/dockerfiles.ts'

const largestManifest = 256 * 1024
const manifests =
  /^(package\.json|requirements\.txt|pyproject\.toml|go\.mod|pom\.xml|build\.gradle(\.kts)?|Cargo\.toml|Gemfile|composer\.json|.+\.(cs|fs|vb)proj)$/

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
  const names = (await readdir(path)).sort()
  const texts = new Map<string, string>()
  for (const name of names.filter((entry) => manifests.test(entry))) {
    const file = join(path, name)
    if ((await stat(file)).size <= largestManifest) texts.set(name, await readFile(file, 'utf8'))
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

const facts = ({ version, manager, entry }: Project): string =>
  [version, manager, entry].filter((part) => part !== 'none' && part !== 'latest').join(' · ')

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
    await ui.createFiles(chosen.map(({ name, text }) => ({ path: join(path, name), text })))
    await ui.openFile(join(path, chosen[0]!.name))
  },
})

export const scaffoldCommands: readonly Command[] = [addDockerFiles]
