import { dirname, join, resolve } from 'node:path'
import { readFileSync, writeFileSync } from 'node:fs'
import { DocumentFormattingRequest } from 'vscode-languageserver/node.js'
import { bundleServer, startServer, type LanguageServer } from '../support/language-server.ts'
import { type Bench, median, ms } from './bench.ts'

type Command = readonly string[]

/** The language server beside dockerfile-language-server-nodejs, in one run, over stdio. */
export const bench: Bench = {
  name: 'language',
  async run(print) {
    const bundle = await bundleServer({ minify: true })
    const bare = join(dirname(bundle.file), 'bare.cjs')
    writeFileSync(bare, bareServer)
    const ours: Command = [bundle.file]
    const peer: Command = [resolve('node_modules/dockerfile-language-server-nodejs/bin/docker-langserver')]
    try {
      print('start → initialize (median of 9)')
      const floor = await startTimes([bare])
      for (const [name, command] of [
        ['bare vscode-languageserver', [bare]],
        ['quayside', ours],
        ['peer', peer],
      ] as const) {
        const time = name.startsWith('bare') ? floor : await startTimes(command)
        print(`  ${name.padEnd(28)} ${ms(time)}, ${(time / floor).toFixed(2)} × bare`)
      }
      for (const lines of [10, 100, 1_000, 10_000]) {
        print(`${lines} lines`)
        const [a, b] = [await measure(ours, lines), await measure(peer, lines)]
        for (const key of Object.keys(a) as (keyof Figures)[])
          print(
            `  ${key.padEnd(28)} quayside ${show(key, a[key])}, peer ${show(key, b[key])}, ratio ${(a[key] / b[key]).toFixed(2)}`,
          )
      }
    } finally {
      bundle.remove()
    }
  },
}

const bareServer = `
const { createConnection, ProposedFeatures } = require(${JSON.stringify(resolve('node_modules/vscode-languageserver/node.js'))})
const connection = createConnection(ProposedFeatures.all)
connection.onInitialize(() => ({ capabilities: {} }))
connection.listen()
`

async function startTimes(command: Command): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < 9; run++) {
    const started = performance.now()
    const server = await startServer(command)
    times.push(performance.now() - started)
    await server.stop()
  }
  return median(times)
}

interface Figures {
  'open → diagnostics': number
  'edit → diagnostics': number
  'ten keys → last diagnostics': number
  hover: number
  completion: number
  'semantic tokens': number
  formatting: number
  'memory (RSS)': number
}

const show = (key: string, value: number): string =>
  key.startsWith('memory') ? `${value.toFixed(0)} MB` : ms(value)

async function measure(command: Command, lines: number): Promise<Figures> {
  const uri = 'file:///bench/Dockerfile'
  const text = dockerfileOf(lines)
  const server = await startServer(command)
  try {
    const time = async (work: () => Promise<unknown>): Promise<number> => {
      const started = performance.now()
      await work()
      return performance.now() - started
    }
    const open = await time(() => server.open(uri, 'dockerfile', text))
    const repeats = lines > 1_000 ? 3 : 7
    let version = 1
    const edits: number[] = []
    for (let run = 0; run < repeats; run++)
      edits.push(await time(() => server.change(uri, ++version, `${text}# ${version}\n`)))
    const burst = await time(() => {
      const typed = Array.from({ length: 10 }, () => server.change(uri, ++version, `${text}# ${version}\n`))
      return typed.at(-1)!
    })
    const position = { line: Math.min(lines - 1, lines >> 1), character: 2 }
    const textDocument = { uri }
    const ask = async (method: string, params: object): Promise<number> => {
      const times: number[] = []
      for (let run = 0; run < repeats; run++)
        times.push(await time(() => server.connection.sendRequest(method, { textDocument, ...params })))
      return median(times)
    }
    const hover = await ask('textDocument/hover', { position })
    const completion = await ask('textDocument/completion', { position: { line: lines, character: 0 } })
    // The peer needs 39 s for 10,000 lines; one run of it tells enough.
    const tokens =
      lines > 1_000
        ? await time(() =>
            server.connection.sendRequest('textDocument/semanticTokens/full', { textDocument }),
          )
        : await ask('textDocument/semanticTokens/full', {})
    const formatting = await time(() =>
      server.connection.sendRequest(DocumentFormattingRequest.type, {
        textDocument,
        options: { tabSize: 4, insertSpaces: true },
      }),
    )
    return {
      'open → diagnostics': open,
      'edit → diagnostics': median(edits),
      'ten keys → last diagnostics': burst,
      hover,
      completion,
      'semantic tokens': tokens,
      formatting,
      'memory (RSS)': residentOf(server),
    }
  } finally {
    await server.stop()
  }
}

function residentOf({ process: child }: LanguageServer): number {
  try {
    const pages = Number(readFileSync(`/proc/${child.pid}/statm`, 'utf8').split(' ')[1])
    return (pages * 4096) / 1e6
  } catch {
    return Number.NaN
  }
}

/** An ordinary Dockerfile, as long as one likes. */
export function dockerfileOf(lines: number): string {
  const head = [
    '# syntax=docker/dockerfile:1',
    'ARG VERSION=20',
    'FROM node:${VERSION}-slim AS base',
    'WORKDIR /app',
  ]
  const block = [
    '# what the next lines need',
    'ENV NAME_#=value PATH="/opt/#/bin:$PATH"',
    'COPY --chown=node:node package.json src/# ./',
    'RUN --mount=type=cache,target=/root/.npm \\',
    '    apt-get update && \\',
    '    apt-get install -y --no-install-recommends curl=7.1 git=2.3 && \\',
    '    rm -rf /var/lib/apt/lists/* && \\',
    '    echo "$NAME_#" > /tmp/#',
    'LABEL org.example.part_#="yes"',
    'EXPOSE 80#/tcp',
  ]
  const result = [...head]
  for (let part = 0; result.length < lines; part++)
    for (const line of block)
      result.push(line.replaceAll('#', (match, at: number) => (at === 0 ? match : String(part % 100))))
  return `${result.slice(0, lines).join('\n').replace(/\\$/, '')}\n`
}
