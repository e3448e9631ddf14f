import { writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as vscode from 'vscode'

/** What one extension cost its host. */
export interface Activation {
  readonly id: string
  /** Of `activate()` and the loading of its main file. */
  readonly milliseconds: number
  /** Heap that is in use afterwards and was not before, garbage collected both times. */
  readonly bytes: number
}

const settlingMs = 5_000

/** Runs in the extension host in place of tests: activates each extension named, in that order, and writes what it cost. */
export async function run(): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const heap = () => {
    collect()
    collect()
    return process.memoryUsage().heapUsed
  }
  // What the editor itself starts in a new window, its own extensions, runs in this host too: that is over first.
  await new Promise((settled) => setTimeout(settled, settlingMs))
  const costs: Activation[] = []
  for (const id of (process.env['QUAYSIDE_BENCH_EXTENSIONS'] ?? '').split(',')) {
    const extension = vscode.extensions.getExtension<unknown>(id)
    if (extension === undefined) throw new Error(`${id} is not there`)
    if (extension.isActive) throw new Error(`${id} was active before it was wanted`)
    const before = heap()
    const started = performance.now()
    await extension.activate()
    const milliseconds = performance.now() - started
    costs.push({ id, milliseconds, bytes: heap() - before })
  }
  writeFileSync(process.env['QUAYSIDE_BENCH_RESULT'] ?? '', JSON.stringify(costs))
}
