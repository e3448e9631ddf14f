/** A failure of a build, on a line of its Dockerfile. */
export interface BuildProblem {
  /** Counted from 1. */
  readonly line: number
  readonly message: string
}

/** Reads the plain progress of BuildKit, or the classic builder's steps, and finds the line at which a build failed. */
export class BuildProblems {
  readonly #text: string
  #line: number | undefined
  #step: number | undefined
  #message: string | undefined

  /** The text of the Dockerfile, for steps that are told by their number. */
  constructor(dockerfile: string) {
    this.#text = dockerfile
  }

  push(line: string): void {
    // BuildKit: `Dockerfile:12` above an excerpt, then `ERROR: failed to …: …`.
    const place = /^\S*?[^\s:/\\]+:(\d+)\s*$/.exec(line)
    if (place !== null) this.#line = Number(place[1])
    const parse = /parse error on line (\d+)/.exec(line)
    if (parse !== null) this.#line = Number(parse[1])
    const failed = /^(?:ERROR|error): (?:failed to (?:build|solve): )*(?:failed to solve: )?(.+)$/.exec(line)
    if (failed !== null) this.#message = failed[1]!
    // The classic builder: `Step 3/5 : RUN make`, and the engine's error at the end.
    const step = /^Step (\d+)\/\d+ : /.exec(line)
    if (step !== null) this.#step = Number(step[1])
  }

  /** `error`: what the engine said when it gave up, for a build over the API. */
  result(error?: string): BuildProblem | undefined {
    const message = error ?? this.#message
    if (message === undefined) return undefined
    const line = this.#line ?? this.#lineOfStep()
    return line === undefined ? undefined : { line, message }
  }

  #lineOfStep(): number | undefined {
    return this.#step === undefined ? undefined : instructionLines(this.#text)[this.#step - 1]
  }
}

/** The line, from 1, on which each instruction begins. The classic builder knows no heredocs. */
function instructionLines(text: string): number[] {
  const escape = /^#\s*escape\s*=\s*(.)/im.exec(text)?.[1] ?? '\\'
  const starts: number[] = []
  let continued = false
  text.split('\n').forEach((line, i) => {
    const content = line.trim()
    if (content === '' || content.startsWith('#')) return
    if (!continued) starts.push(i + 1)
    continued = content.endsWith(escape)
  })
  return starts
}
