import type { RegistryAuth } from '../registry-auth.ts'

function plainAuth(auth: RegistryAuth): Record<string, string> {
  return {
    serveraddress: auth.serverAddress,
    ...(auth.username === undefined ? {} : { username: auth.username }),
    ...(auth.password === undefined ? {} : { password: auth.password.reveal() }),
    ...(auth.identityToken === undefined ? {} : { identitytoken: auth.identityToken.reveal() }),
    ...(auth.registryToken === undefined ? {} : { registrytoken: auth.registryToken.reveal() }),
  }
}

/** URL-safe base64 with padding: what all engines read; the plain kind makes them silently anonymous for some passwords. */
function encoded(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}

/** The header of pull and push; engines want one for a push even when it is anonymous. */
export function registryAuthHeader(auth: RegistryAuth | undefined): Readonly<Record<string, string>> {
  return { 'X-Registry-Auth': encoded(auth === undefined ? {} : plainAuth(auth)) }
}

/** The header of builds: credentials by the registry's address. */
export function registryConfigHeader(
  auths: Readonly<Record<string, RegistryAuth>> | undefined,
): Readonly<Record<string, string>> {
  const plain = Object.entries(auths ?? {}).map(([address, auth]) => [address, plainAuth(auth)] as const)
  return { 'X-Registry-Config': encoded(Object.fromEntries(plain)) }
}

/** The body of `POST /auth`. */
export function loginBody(auth: RegistryAuth): Readonly<Record<string, string>> {
  return plainAuth(auth)
}
