import type { Engine } from '../engine/engine.ts'
import { Secret } from '../engine/secret.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { viewCommand, type Command, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { credentialAddress } from './image-reference.ts'

/** `docker.io` for the address that the CLI keeps Docker Hub under. */
export const shownRegistry = (address: string): string =>
  /^https:\/\/index\.docker\.io\/v1\/?$/.test(address) ? 'docker.io' : address

/** Asks for credentials, has the engine check them, and keeps them where the CLI would. False when the user gave up. */
export async function logIn(deps: Deps, engine: Engine, registry: string): Promise<boolean> {
  const { ui, credentials } = deps
  const serverAddress = credentialAddress(registry)
  const title = t('Log In to {0}', plain(registry, 120))
  const present = await credentials.find(serverAddress)
  const username = await ui.input({
    title,
    prompt: t('User name'),
    ...(present?.username === undefined ? {} : { value: present.username }),
    validate: (value) => (value.trim() === '' ? t('A name is needed.') : undefined),
  })
  if (username === undefined) return false
  const password = await ui.input({
    title,
    prompt: t('Password, or better an access token'),
    password: true,
    validate: (value) => (value === '' ? t('A password or token is needed.') : undefined),
  })
  if (password === undefined) return false
  const auth = { serverAddress, username: username.trim(), password: new Secret(password) }
  await ui.progress(title, async (_, signal) => {
    const { identityToken } = await engine.system.login(auth, signal)
    await credentials.store(
      identityToken === undefined
        ? auth
        : { serverAddress, username: auth.username, identityToken: new Secret(identityToken) },
    )
  })
  ui.equivalent(
    dockerLine(
      engine,
      ['login', '-u', auth.username],
      shownRegistry(serverAddress) === 'docker.io' ? [] : [serverAddress],
    ),
  )
  void ui.info(t('Logged in to {0} as {1}.', plain(registry, 120), plain(auth.username, 120)))
  return true
}

/** A host with an optional port, as it stands before the first slash of an image's name. */
export const registryProblem = (value: string): string | undefined =>
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/.test(value.trim())
    ? undefined
    : t('A host is needed, with a port where it has one: registry.example.com:5000.')

const login = viewCommand({
  id: 'registries.login',
  title: 'Log In…',
  icon: 'sign-in',
  views: ['images'],
  place: { group: '4_registries@1' },
  async run(deps) {
    const engine = await deps.engines.current()
    const registry = await deps.ui.input({
      title: t('Log In to a Registry'),
      prompt: t('The registry; docker.io is Docker Hub'),
      value: 'docker.io',
      validate: registryProblem,
    })
    if (registry !== undefined) await logIn(deps, engine, registry.trim())
  },
})

const logout = viewCommand({
  id: 'registries.logout',
  title: 'Log Out…',
  icon: 'sign-out',
  views: ['images'],
  place: { group: '4_registries@2' },
  async run({ ui, credentials, engines }) {
    const addresses = await credentials.registries()
    if (addresses.length === 0) return void ui.info(t('No credentials are kept for any registry.'))
    const chosen = await ui.pickMany(
      addresses.map((address) => ({ label: plain(shownRegistry(address), 200), value: address })),
      { title: t('Log Out'), placeholder: t('The registries whose credentials are to go') },
    )
    if (chosen === undefined || chosen.length === 0) return
    const engine = await engines.current().catch(() => undefined)
    for (const address of chosen) {
      await credentials.erase(address)
      const operand = shownRegistry(address) === 'docker.io' ? [] : [address]
      if (engine !== undefined) ui.equivalent(dockerLine(engine, ['logout'], operand))
    }
    void ui.info(
      t('Logged out of {0}.', chosen.map((address) => plain(shownRegistry(address), 120)).join(', ')),
    )
  },
})

export const registryCommands: readonly Command[] = [login, logout]
