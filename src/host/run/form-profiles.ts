import type { ToRunForm } from '../../commands/run/form-messages.ts'
import type { Ui } from '../../commands/ui.ts'
import type { PlainSpec } from '../../shared/docker-run/plain-spec.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { Profiles } from './profiles.ts'

/** The profiles of the image that is entered in a form, which is told of them. */
export class FormProfiles {
  readonly #profiles: Profiles
  readonly #send: (message: ToRunForm) => void

  constructor(profiles: Profiles, send: (message: ToRunForm) => void) {
    this.#profiles = profiles
    this.#send = send
  }

  tell(image: string): void {
    this.#send({ type: 'profiles', image, names: this.#profiles.names(image) })
  }

  async fill(image: string, name: string): Promise<void> {
    const found = await this.#profiles.find(image, name)
    if (found === undefined) return this.tell(image)
    const said = found.incomplete
      ? t('What looks like a secret was not kept: enter it again where it says •••.')
      : t('Filled in from the profile {0}.', plain(name, 80))
    this.#send({ type: 'profile', spec: found.spec, said })
  }

  /** Asks for the name. */
  async save(ui: Ui, spec: PlainSpec): Promise<void> {
    const name = await ui.input({
      title: t('Save as Profile'),
      prompt: t(
        'Name of the profile; it is kept in this workspace, and what looks like a secret in the secret storage of the editor',
      ),
      validate: (value) => (value.trim() === '' ? t('A name is needed.') : undefined),
    })
    if (name === undefined) return
    await this.#profiles.save(spec.image, name.trim(), spec)
    this.tell(spec.image)
  }

  async remove(image: string, name: string): Promise<void> {
    await this.#profiles.remove(image, name)
    this.tell(image)
  }
}
