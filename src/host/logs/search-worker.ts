import { parentPort } from 'node:worker_threads'
import { rangesOf } from '../../logs/direct-searcher.ts'
import { compileQuery, scanSlice, type BlockSlice, type CompiledQuery } from '../../logs/search.ts'
import type { SearchAnswer, SearchRequest } from './search-messages.ts'

/** The thread that runs the user's expressions: a bundle of its own, ended from outside when one does not end. */

interface Scan {
  readonly id: number
  readonly query: CompiledQuery
  readonly slices: readonly BlockSlice[]
  next: number
}

/** So long a scan goes on before others, and messages, have their turn. */
const stepMs = 5

const scans: Scan[] = []
let scheduled = false

function answer(message: SearchAnswer): void {
  parentPort?.postMessage(message)
}

function schedule(): void {
  if (scheduled || scans.length === 0) return
  scheduled = true
  // Messages have their turn between two slices: what is wanted now may be something else.
  setImmediate(() => {
    scheduled = false
    step()
    schedule()
  })
}

function step(): void {
  const scan = scans.shift()
  if (scan === undefined) return
  const { id, slices, query, next } = scan
  if (next >= slices.length) {
    answer({ kind: 'done', id })
  } else {
    answer({ kind: 'busy', id })
    const until = performance.now() + stepMs
    const seqs: number[] = []
    let upTo = 0
    do {
      const slice = slices[scan.next]!
      for (const seq of scanSlice(slice, query)) seqs.push(seq)
      upTo = slice.first + slice.to
      scan.next += 1
    } while (scan.next < slices.length && performance.now() < until)
    answer({ kind: 'found', id, seqs, upTo, slices: scan.next - next })
    scans.push(scan)
  }
  if (scans.length === 0) answer({ kind: 'idle' })
}

parentPort?.on('message', (request: SearchRequest) => {
  switch (request.kind) {
    case 'scan':
      scans.push({ id: request.id, query: compileQuery(request.query), slices: request.slices, next: 0 })
      break
    case 'cancel': {
      const index = scans.findIndex(({ id }) => id === request.id)
      if (index >= 0) scans.splice(index, 1)
      if (scans.length === 0) answer({ kind: 'idle' })
      break
    }
    case 'ranges':
      answer({ kind: 'busy', id: request.id })
      answer({ kind: 'ranges', id: request.id, ranges: rangesOf(request.pattern, request.texts) })
      if (scans.length === 0) answer({ kind: 'idle' })
      break
  }
  schedule()
})
