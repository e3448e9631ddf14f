import type { Memento, SecretStorage } from 'vscode'
import { maskedSpec } from '../../shared/docker-run/masked-spec.ts'
import { isPlainSpec, plainSpec, specOf, type PlainSpec } from '../../shared/docker-run/plain-spec.ts'

const key = 'run.profiles'

interface Profile {
  /** With `•••` for whatever looks like a secret. */
  readonly spec: PlainSpec
  /** Where in the secret storage the whole of it is, when something was hidden. */
  readonly secret?: string
}

/** The profiles of one image, by their names. */
type ImageProfiles = Readonly<Record<string, Profile>>

/** A profile as it was found. */
export interface FoundProfile {
  readonly spec: PlainSpec
  /** The secret storage knew nothing of what is hidden in it: that has to be entered again. */
  readonly incomplete: boolean
}

/**
 * The profiles of all images, kept in the workspace. What looks like a secret is not written there, which anybody who may read the
 * files of the editor can read, but into the editor's secret storage.
 */
export class Profiles {
  readonly #memento: Memento
  readonly #secrets: SecretStorage
  readonly #newId: () => string

  constructor(memento: Memento, secrets: SecretStorage, newId: () => string) {
    this.#memento = memento
    this.#secrets = secrets
    this.#newId = newId
  }

  names(image: string): readonly string[] {
    return Object.keys(this.#of(image))
  }

  async find(image: string, name: string): Promise<FoundProfile | undefined> {
    const profile = this.#of(image)[name]
    if (profile === undefined || !isPlainSpec(profile.spec)) return undefined
    const { spec, secret } = profile
    if (secret === undefined) return { spec, incomplete: false }
    const whole = parsed(await this.#read(secret))
    return { spec: whole ?? spec, incomplete: whole === undefined }
  }

  /** Resolves with whether something was put into the secret storage. */
  async save(image: string, name: string, spec: PlainSpec): Promise<boolean> {
    await this.#forget(image, name)
    const whole = specOf(spec)
    const masked = maskedSpec(whole)
    if (masked === whole) {
      await this.#change(image, { ...this.#of(image), [name]: { spec } })
      return false
    }
    const secret = `${key}.${this.#newId()}`
    // A storage that cannot be written to leaves a profile whose secrets are asked for again.
    await this.#secrets.store(secret, JSON.stringify(spec)).then(undefined, () => undefined)
    await this.#change(image, { ...this.#of(image), [name]: { spec: plainSpec(masked), secret } })
    return true
  }

  async remove(image: string, name: string): Promise<void> {
    await this.#forget(image, name)
    const { [name]: _, ...others } = this.#of(image)
    await this.#change(image, others)
  }

  async #forget(image: string, name: string): Promise<void> {
    const { secret } = this.#of(image)[name] ?? {}
    if (secret !== undefined) await this.#secrets.delete(secret).then(undefined, () => undefined)
  }

  async #read(secret: string): Promise<string | undefined> {
    return this.#secrets.get(secret).then(undefined, () => undefined)
  }

  #of(image: string): ImageProfiles {
    const all = this.#all()
    return Object.hasOwn(all, image) ? all[image]! : {}
  }

  #all(): Readonly<Record<string, ImageProfiles>> {
    return this.#memento.get<Readonly<Record<string, ImageProfiles>>>(key, {})
  }

  async #change(image: string, profiles: ImageProfiles): Promise<void> {
    const { [image]: _, ...others } = this.#all()
    await this.#memento.update(
      key,
      Object.keys(profiles).length === 0 ? others : { ...others, [image]: profiles },
    )
  }
}

function parsed(json: string | undefined): PlainSpec | undefined {
  try {
    const value: unknown = json === undefined ? undefined : JSON.parse(json)
    return isPlainSpec(value) ? value : undefined
  } catch {
    return undefined
  }
}
