import { basename, join } from 'node:path'
import { EngineError } from '../engine/errors.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { viewCommand, type Command, type Deps } from './command.ts'
import { composeFile, composeNameIn, dockerfile, dockerignore } from './scaffold/files.ts'
import type { Folder, Project } from './scaffold/project.ts'
import { readFolder } from './scaffold/read-folder.ts'
import { detectWithin, stackOf, stacks, type Found } from './scaffold/stacks.ts'
import type { FileChange } from './ui.ts'

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

async function askProject({ ui }: Deps, folder: Folder): Promise<Found | undefined> {
  const found = detectWithin(folder)
  const rest = stacks.filter(({ id }) => !found.some(({ project: { stack } }) => stack === id))
  const title = t('What kind of project is it?')
  const chosen = await ui.pick(
    [
      ...found.map((each) => ({
        label: stackOf(each.project).title,
        description: whereabouts(each, found),
        detail: facts(each.project),
        value: each,
      })),
      ...rest.map((stack) => ({
        label: stack.title,
        value: { folder, path: '', project: stack.plain(folder) },
      })),
    ],
    { title },
  )
  if (chosen === undefined) return undefined
  const { project } = chosen
  const port = await ui.input({
    title,
    prompt: t('The port that it listens on'),
    value: String(project.port),
    validate: (value) =>
      /^\d{1,5}$/.test(value.trim()) && Number(value) > 0 && Number(value) < 65_536
        ? undefined
        : t('A port is a number from 1 to 65535.'),
  })
  return port === undefined ? undefined : { ...chosen, project: { ...project, port: Number(port) } }
}

/** Several of one kind are told apart by the folder that each lies in, and by what they start. */
function whereabouts({ path, project }: Found, found: readonly Found[]): string {
  const { stack, member, entry } = project
  const isOneOfSeveral = found.filter((each) => each.path === path && each.project.stack === stack).length > 1
  const part = isOneOfSeveral ? member || entry : ''
  if (path === '' && part === '') return t('found in this folder')
  return plain([path, part].filter((word) => word !== '').join(' · '))
}

const facts = ({ version, manager, entry, runner }: Project): string =>
  plain([...new Set([version, manager, entry, runner])].filter((part) => part !== 'none').join(' · '))

/** Those of the files that are to be written; all are shown as they would be while that is asked. */
async function askFiles(
  { ui }: Deps,
  folder: Folder,
  files: readonly (FileChange & { readonly name: string })[],
): Promise<readonly FileChange[]> {
  const title = plain(folder.name)
  const close = await ui.showChanges(t('Docker Files for {0}', title), files)
  try {
    const chosen = await ui.pickMany(
      files.map((file) => ({
        label: file.name,
        description: file.isNew ? t('new') : t('exists; would be replaced'),
        picked: file.isNew,
        value: file,
      })),
      {
        title: t('Write these files to {0}?', title),
        placeholder: t('Enter writes the ticked ones; F6 goes to the texts and back'),
        stays: true,
      },
    )
    return chosen ?? []
  } finally {
    await close()
  }
}

const addDockerFiles = viewCommand({
  id: 'scaffold.addDockerFiles',
  title: 'Add Docker Files to Workspace…',
  icon: 'new-file',
  async run(deps) {
    const { ui } = deps
    const root = await askFolder(deps)
    if (root === undefined) return
    const found = await askProject(deps, await readFolder(root))
    if (found === undefined) return
    const { folder, project } = found
    const files = [
      { name: 'Dockerfile', text: dockerfile(project) },
      { name: '.dockerignore', text: dockerignore(project) },
      { name: composeNameIn(folder), text: composeFile(project) },
    ].map(({ name, text }) => ({
      name,
      text,
      path: join(root, found.path, name),
      isNew: !folder.names.includes(name),
    }))
    const written = await askFiles(deps, folder, files)
    if (written.length === 0) return
    await ui.createFiles(written)
    await ui.openFile(written[0]!.path)
  },
})

export const scaffoldCommands: readonly Command[] = [addDockerFiles]
