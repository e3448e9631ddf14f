import {
  first,
  isWord,
  jsonForm,
  nameOf,
  portIn,
  syntax,
  type Folder,
  type Project,
  type Stack,
} from '../project.ts'

interface DenoProject extends Project {
  /** The exact versions are written down. */
  readonly locked: boolean
  /** The task that builds it. */
  readonly builds: boolean
}

const manifests = ['deno.json', 'deno.jsonc']
const main = /^(?:src\/)?(?:main|server|mod|app|index)\.[jt]sx?$/

const listens =
  /(?:\.listen\(\s*\{?\s*|\bport\s*[:=]\s*)(?:Number\()?(?:Deno\.env\.get\(["']\w+["']\)\s*\)?\s*(?:\|\||\?\?)\s*)?["'`]?(\d{2,5})\b/i

const task = (folder: Folder, name: string): string | undefined =>
  first(folder, manifests, new RegExp(`"tasks"\\s*:\\s*\\{[^{}]*?"${name}"\\s*:\\s*"([^"]+)"`))

function plain(folder: Folder): DenoProject {
  const { names, text } = folder
  const start = task(folder, 'start')
  const entry = names.find((name) => main.test(name)) ?? 'main.ts'
  const isServed = /^export default \{/m.test(text(entry) ?? '')
  const flag = /\s--port[ =](\d{2,5})\b/.exec(start ?? '')?.[1]
  return {
    stack: 'deno',
    name: nameOf(folder, ''),
    version: '2.9.3',
    port: Number(flag ?? portIn(folder, (name) => main.test(name), listens, 8000)),
    member: '',
    manager: 'deno',
    entry: start === undefined && isWord(entry) ? entry : 'start',
    runner: start !== undefined ? 'task' : isServed ? 'serve' : 'run',
    locked: names.includes('deno.lock'),
    builds: task(folder, 'build') !== undefined,
  }
}

function command({ runner, entry, port }: Project): string {
  // Of its container it may read and reach all there is; it starts no program.
  const allowed = ['--allow-net', '--allow-env', '--allow-read', '--allow-sys']
  switch (runner) {
    case 'task':
      return jsonForm('deno', 'task', entry)
    case 'serve':
      return jsonForm('deno', 'serve', ...allowed, '--host', '0.0.0.0', '--port', String(port), entry)
    default:
      return jsonForm('deno', 'run', ...allowed, entry)
  }
}

export const deno: Stack<DenoProject> = {
  id: 'deno',
  title: 'Deno',
  plain,
  detect: (folder) => (folder.names.some((name) => manifests.includes(name)) ? [plain(folder)] : []),
  // What it downloads stays in the image: it is read from there when the program starts.
  dockerfile: (project) => `${syntax}FROM denoland/deno:alpine-${project.version}
ENV PORT=${project.port}
WORKDIR /app
RUN chown 1000:1000 /app
USER 1000
COPY --chown=1000:1000 deno.json* deno.lock* package.json* ./
RUN deno install${project.locked ? ' --frozen' : ''}
COPY --chown=1000:1000 . .
${
  project.builds
    ? 'RUN deno task build\n'
    : project.runner === 'task'
      ? ''
      : `RUN deno cache ${project.entry}\n`
}EXPOSE ${project.port}
CMD ${command(project)}
`,
  ignored: () => ['vendor'],
}
