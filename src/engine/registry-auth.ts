import type { Secret } from './secret.ts'

/** Credentials of one registry, as `X-Registry-Auth` carries them. */
export interface RegistryAuth {
  readonly serverAddress: string
  readonly username?: string
  readonly password?: Secret
  readonly identityToken?: Secret
  readonly registryToken?: Secret
}
