import type { Disposable } from '../../shared/disposable.ts'
import { Emitter } from '../../shared/emitter.ts'
import type { WorkspaceProject } from '../../tree/stacks.ts'

type Hashes = NonNullable<WorkspaceProject['hashes']>

/** What compose makes of the services of these files; undefined where it cannot say. */
export type AskHashes = (paths: readonly string[]) => Promise<Hashes | undefined>

/**
 * What compose makes of the services of projects that have containers: asked once for as long as the files stay as they are, and
 * never while the workspace is not trusted.
 */
export class ProjectHashes implements Disposable {
  readonly #ask: AskHashes
  readonly #isTrusted: () => boolean
  readonly #changed = new Emitter<void>()
  readonly onDidChange = this.#changed.event
  #known = new Map<string, Hashes | 'asked' | 'unknown'>()

  constructor(ask: AskHashes, isTrusted: () => boolean) {
    this.#ask = ask
    this.#isTrusted = isTrusted
  }

  /** With what is known of the project; what is not is asked for in the background when the project has containers. */
  add(project: WorkspaceProject, hasContainers: boolean): WorkspaceProject {
    const key = project.files.join('\n')
    const known = this.#known.get(key)
    if (known === undefined && hasContainers && this.#isTrusted()) void this.#find(key, project.files)
    return known === undefined || typeof known === 'string' ? project : { ...project, hashes: known }
  }

  /** The files may have changed. */
  forget(): void {
    this.#known = new Map()
  }

  /** What compose could not tell it may tell now: it was installed meanwhile, or the engine is back. */
  retry(): void {
    for (const [key, known] of this.#known) if (known === 'unknown') this.#known.delete(key)
  }

  async #find(key: string, files: readonly string[]): Promise<void> {
    const asked = this.#known
    asked.set(key, 'asked')
    const hashes = await this.#ask(files)
    // What was asked before the files changed is worth nothing.
    if (this.#known !== asked) return
    asked.set(key, hashes ?? 'unknown')
    if (hashes !== undefined) this.#changed.fire()
  }

  dispose(): void {
    this.#changed.dispose()
  }
}
