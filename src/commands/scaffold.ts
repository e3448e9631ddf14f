import { basename, join } from 'node:path'
import { EngineError } from '../engine/errors.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { viewCommand, type Command, type Deps } from './command.ts'
import { composeFile, dockerfile, dockerignore } from './scaffold/files.ts'
import type { Folder, Project } from './scaffold/project.ts'
import { readFolder } from './scaffold/read-folder.ts'
import { detect, stackOf, stacks } from './scaffold/stacks.ts'

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
  const rest = stacks.filter(({ id }) => !found.some(({ stack }) => stack === id))
  const title = t('What kind of project is it?')
  const project = await ui.pick(
    [
      ...found.map((each) => ({
        label: stackOf(each).title,
        // Several of one kind are told apart by what they start.
        description:
          found.filter(({ stack }) => stack === each.stack).length > 1
            ? plain(each.member || each.entry)
            : t('found in this folder'),
        detail: facts(each),
        value: each,
      })),
      ...rest.map((stack) => ({ label: stack.title, value: stack.plain(folder) })),
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
  plain([...new Set([version, manager, entry, runner])].filter((part) => part !== 'none').join(' · '))

/** Shows what would change in a file that is there, and asks. */
async function mayReplace({ ui }: Deps, path: string, text: string): Promise<boolean> {
  const close = await ui.showChange(path, text)
  const answer = await ui.pick(
    [
      { label: t('Replace'), icon: 'check', value: true },
      { label: t('Leave as It Is'), icon: 'close', value: false },
    ],
    { title: t('Replace {0}?', basename(path)), stays: true },
  )
  await close()
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
