import type { Disposable } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/emitter.ts'
import type { StackNode } from '../../tree/node.ts'
import type { ServiceHashes } from '../../tree/stacks.ts'

/** A project as an engine has it. */
export type AskedProject = Pick<StackNode, 'engine' | 'files' | 'folder' | 'project'>

/** What compose makes of the services of a project, as its files are written or once they are resolved; undefined where it cannot say. */
export type AskHashes = (
  project: AskedProject,
  of: 'written' | 'resolved',
) => Promise<ReadonlyMap<string, string> | undefined>

/** The service of a container, and the hash that compose left on it. */
export interface MadeContainer {
  readonly service: string
  readonly configHash: string | undefined
}

interface Known {
  readonly asked: 'written' | 'resolved'
  /** Undefined while the answer is awaited. */
  readonly hashes?: ServiceHashes | 'unknown'
}

/**
 * What compose makes of the services of projects that have containers: asked once for as long as the files stay as they are, of the
 * resolved project only when a container is not as the files are written, and never while the workspace is not trusted.
 */
export class ProjectHashes implements Disposable {
  readonly #ask: AskHashes
  readonly #isTrusted: () => boolean
  readonly #changed = new Emitter<void>()
  readonly onDidChange = this.#changed.event
  #known = new Map<string, Known>()

  constructor(ask: AskHashes, isTrusted: () => boolean) {
    this.#ask = ask
    this.#isTrusted = isTrusted
  }

  /** What is known of the project; what is not is asked for in the background. */
  of(project: AskedProject, containers: readonly MadeContainer[]): ServiceHashes | undefined {
    const key = [project.engine, project.project ?? '', ...project.files].join('\n')
    const { asked, hashes } = this.#known.get(key) ?? {}
    const isAsked = asked !== undefined && hashes === undefined
    if (containers.length === 0 || !this.#isTrusted() || isAsked || hashes === 'unknown') return undefined
    if (hashes === undefined) void this.#find(key, project, 'written', new Map())
    else if (asked === 'resolved' || containers.every((each) => fits(each, hashes))) return hashes
    else void this.#find(key, project, 'resolved', hashes)
    return undefined
  }

  /** The files may have changed. */
  forget(): void {
    this.#known = new Map()
  }

  /** What compose could not tell it may tell now: it was installed meanwhile, or the engine is back. */
  retry(): void {
    for (const [key, { hashes }] of this.#known) if (hashes === 'unknown') this.#known.delete(key)
  }

  async #find(key: string, project: AskedProject, of: Known['asked'], before: ServiceHashes): Promise<void> {
    const known = this.#known
    known.set(key, { asked: of })
    const found = await this.#ask(project, of)
    // What was asked before the files changed is worth nothing.
    if (this.#known !== known) return
    if (found === undefined) return void known.set(key, { asked: of, hashes: 'unknown' })
    const hashes = new Map(before)
    for (const [service, hash] of found) hashes.set(service, new Set(hashes.get(service)).add(hash))
    known.set(key, { asked: of, hashes })
    this.#changed.fire()
  }

  dispose(): void {
    this.#changed.dispose()
  }
}

/** A service that the files do not have is not there once they are resolved either. */
const fits = ({ service, configHash }: MadeContainer, hashes: ServiceHashes): boolean =>
  configHash === undefined || hashes.get(service)?.has(configHash) !== false
