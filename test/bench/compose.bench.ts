import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DocumentFormattingRequest } from 'vscode-languageserver/node.js'
import { bundleServer, startServer, type LanguageServer } from '../support/language-server.ts'
import { type Bench, median, ms } from './bench.ts'
import { printLibraryWork } from './compose-library.ts'
import { variedOf } from './varied-compose.ts'

/**
 * Our language server beside yaml-language-server with the Compose schema and Microsoft's service, in one run, over stdio; and the
 * checks of the first two without their servers.
 */
export const bench: Bench = {
  name: 'compose',
  async run(print) {
    const bundle = await bundleServer({ minify: true })
    try {
      const files: Record<string, string> = {}
      for (const lines of [100, 1_000, 2_000, 5_000]) files[`${lines} lines`] = composeOf(lines)
      files['2000 lines of five kinds of services, with anchors'] = variedOf(2_000)
      for (const [name, text] of Object.entries(files)) {
        print(name)
        const ours = await measure(await startServer([bundle.file]), 'dockercompose', text)
        const yaml = await measure(await startYaml(), 'yaml', text)
        const microsoft = await measure(await startServer([microsoftServer]), 'dockercompose', text)
        for (const key of Object.keys(ours) as (keyof Figures)[]) {
          const isCount = key === 'planted errors found'
          const show = (peer: Figures): string =>
            isCount ? String(peer[key]) : `${ms(peer[key])} (${(peer[key] / ours[key]).toFixed(1)} ×)`
          const own = isCount ? String(ours[key]) : ms(ours[key])
          print(
            `  ${key.padEnd(24)} quayside ${own}, yaml-language-server ${show(yaml)}, compose-language-service ${show(microsoft)}`,
          )
        }
      }
      await printLibraryWork(
        {
          'services alike': composeOf(2_000),
          'services of five kinds, with anchors': variedOf(2_000),
        },
        print,
      )
    } finally {
      bundle.remove()
    }
  },
}

const microsoftServer = resolve(
  'node_modules/@microsoft/compose-language-service/bin/docker-compose-langserver',
)

interface Figures {
  'open → diagnostics': number
  /** Of the server's processor time, from the first text it sees to its findings. */
  'work of opening': number
  'edit → diagnostics': number
  /** Of the server's processor time, for one edit; load of the machine does not count. */
  'work of an edit': number
  hover: number
  completion: number
  formatting: number
  'planted errors found': number
}

/** Ready once it has asked for its settings. */
async function startYaml(): Promise<LanguageServer> {
  const schema = pathToFileURL(resolve('node_modules/dclint/schemas/compose.schema.json')).href
  const yaml = {
    schemas: { [schema]: '*' },
    schemaStore: { enable: false },
    validate: true,
    hover: true,
    completion: true,
    format: { enable: true },
  }
  let asked: () => void = () => undefined
  const settled = new Promise<void>((done) => (asked = done))
  const server = await startServer([resolve('node_modules/yaml-language-server/bin/yaml-language-server')], {
    settings: {},
    prepare: (connection) =>
      void connection.onRequest('workspace/configuration', ({ items }: { items: { section?: string }[] }) => {
        asked()
        return items.map(({ section }) => (section === 'yaml' ? yaml : {}))
      }),
  })
  await settled
  return server
}

async function measure(server: LanguageServer, languageId: string, text: string): Promise<Figures> {
  const uri = 'file:///bench/compose.yaml'
  const lines = text.split('\n').length
  try {
    const time = async (work: () => Promise<unknown>): Promise<number> => {
      const started = performance.now()
      await work()
      return performance.now() - started
    }
    const begun = processorMs(server)
    const open = await time(() => server.open(uri, languageId, text))
    const opening = processorMs(server) - begun
    const repeats = lines > 2_000 ? 10 : 20
    let version = 1
    // Both get warm first: who edits a file edits it more than once.
    for (let run = 0; run < repeats; run++) await server.change(uri, ++version, `${text}# ${version}\n`)
    const edits: number[] = []
    const before = processorMs(server)
    for (let run = 0; run < repeats; run++)
      edits.push(await time(() => server.change(uri, ++version, `${text}# ${version}\n`)))
    const work = (processorMs(server) - before) / repeats
    const ask = async (method: string, line: number, character: number): Promise<number> => {
      const times: number[] = []
      for (let run = 0; run < repeats; run++)
        times.push(
          await time(() =>
            server.connection.sendRequest(method, { textDocument: { uri }, position: { line, character } }),
          ),
        )
      return median(times)
    }
    const middle = text.split('\n').findIndex((line, index) => index > lines / 2 && line.includes('image:'))
    const hover = await ask('textDocument/hover', middle, 6)
    const completion = await ask('textDocument/completion', middle, 4)
    const formatting = await time(() =>
      server.connection.sendRequest(DocumentFormattingRequest.type, {
        textDocument: { uri },
        options: { tabSize: 2, insertSpaces: true },
      }),
    )
    const found = await server.change(
      uri,
      ++version,
      text.replace(/^services:\n/m, (line) => line + planted),
    )
    return {
      'open → diagnostics': open,
      'work of opening': opening,
      'edit → diagnostics': median(edits),
      'work of an edit': work,
      hover,
      completion,
      formatting,
      'planted errors found': found.filter(({ severity }) => severity === 1).length,
    }
  } finally {
    await server.stop()
  }
}

/** What the process has used of a processor so far; Linux alone tells it of another process. */
function processorMs({ process: { pid } }: LanguageServer): number {
  if (process.platform !== 'linux' || pid === undefined) return Number.NaN
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const ticksPerSecond = 100
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond
}

/** Eight errors that the engine refuses, each in a place of its own. */
const planted = [
  '  planted1:\n    image: x\n    portz: []\n',
  '  planted2:\n    image: x\n    depends_on: [nobody]\n',
  '  planted3:\n    image: x\n    networks: [nowhere]\n',
  '  planted4:\n    image: x\n    volumes: ["nothing:/x"]\n',
  '  planted5:\n    image: x\n    ports: ["80:99999"]\n',
  '  planted6:\n    image: x\n    stop_grace_period: "10"\n',
  '  planted7:\n    image: "${"\n',
  '  planted8:\n    tty: true\n',
].join('')

/** An ordinary compose file, as long as one likes. */
export function composeOf(lines: number): string {
  const block = [
    '  # what service # does',
    '  service#:',
    '    image: registry.example.com/team/service#:1.#',
    '    restart: unless-stopped',
    '    environment:',
    '      NODE_ENV: production',
    '      DATABASE_URL: postgres://user:${DB_PASSWORD:-secret}@db:5432/service#',
    '      FEATURES: "a,b,c"',
    '    ports:',
    '      - "127.0.0.1:3#:3000"',
    '    volumes:',
    '      - data:/var/lib/data',
    '      - ./service#:/app:ro',
    '    networks:',
    '      - back',
    '    depends_on:',
    '      db:',
    '        condition: service_started',
    '    healthcheck:',
    '      test: ["CMD-SHELL", "curl -f http://localhost:3000/health || exit 1"]',
    '      interval: 30s',
    '      retries: 3',
    '    logging:',
    '      driver: json-file',
    '      options: { max-size: "10m", max-file: "3" }',
  ]
  const result = ['services:', '  db:', '    image: postgres:16.4', '    networks: [back]']
  for (let part = 100; result.length + block.length < lines; part++)
    for (const line of block)
      result.push(line.replaceAll('#', (match, at: number) => (at === 2 ? match : String(part))))
  return `${[...result, 'volumes:', '  data:', 'networks:', '  back:'].join('\n')}\n`
}
