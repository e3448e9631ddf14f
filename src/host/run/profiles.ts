import type { Memento } from 'vscode'
import type { PlainSpec } from '../../shared/docker-run/plain-spec.ts'

const key = 'run.profiles'

/** The profiles of one image, by their names. */
export type ImageProfiles = Readonly<Record<string, PlainSpec>>

/** The profiles of all images, kept in the workspace. */
export class Profiles {
  readonly #memento: Memento

  constructor(memento: Memento) {
    this.#memento = memento
  }

  of(image: string): ImageProfiles {
    return this.#all()[image] ?? {}
  }

  save(image: string, name: string, spec: PlainSpec): Promise<void> {
    return this.#change(image, { ...this.of(image), [name]: spec })
  }

  remove(image: string, name: string): Promise<void> {
    const { [name]: _, ...others } = this.of(image)
    return this.#change(image, others)
  }

  #all(): Readonly<Record<string, ImageProfiles>> {
    return this.#memento.get<Readonly<Record<string, ImageProfiles>>>(key, {})
  }

  async #change(image: string, profiles: ImageProfiles): Promise<void> {
    await this.#memento.update(key, { ...this.#all(), [image]: profiles })
  }
}
