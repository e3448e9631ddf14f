import { EngineError, isEngineError } from '../engine/errors.ts'
import type { Registry, RemoteImage } from '../engine/registry/registry.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { viewCommand, type Command, type Deps } from './command.ts'
import { credentialAddress, parseReference, referenceProblem } from './image-reference.ts'
import { pullInteractively } from './image-transfer.ts'
import { logIn, registryProblem, shownRegistry } from './registries.ts'
import { bytes } from './sizes.ts'
import { askTag } from './tag-choice.ts'
import type { Choice } from './ui.ts'

type Step =
  | { readonly do: 'pull' | 'copy' | 'copyDigest' }
  | { readonly do: 'platform'; readonly platform: string }

const browse = viewCommand({
  id: 'registries.browse',
  title: 'Browse Registry…',
  icon: 'library',
  views: ['images'],
  place: { group: '4_registries@0' },
  async run(deps) {
    const host = await askRegistry(deps)
    if (host === undefined) return
    const registry = deps.registry(host, await deps.credentials.find(credentialAddress(host)))
    const name = await askRepository(deps, host, registry)
    if (name === undefined) return
    const tag = await askTag(deps, registry, name, true)
    if (tag !== undefined) await show(deps, host, registry, name, tag)
  },
})

/** One that credentials are kept for, or another. */
async function askRegistry({ credentials, ui }: Deps): Promise<string | undefined> {
  const title = t('Browse a Registry')
  const known = new Set(['docker.io', ...(await credentials.registries()).map(hostName)])
  const other = ''
  const chosen = await ui.pick<string>(
    [
      ...[...known].map((host) => ({ label: plain(host, 200), icon: 'library', value: host })),
      { label: t('Another Registry…'), icon: 'add', value: other },
    ],
    { title },
  )
  if (chosen !== other) return chosen
  const typed = await ui.input({
    title,
    prompt: t('The host of the registry, with a port where it has one'),
    placeholder: 'registry.example.com:5000',
    validate: registryProblem,
  })
  return typed?.trim()
}

const hostName = (address: string): string =>
  shownRegistry(address)
    .replace(/^https?:\/\//, '')
    .replace(/\/.*$/, '')

/** From the registry's list; where it tells none, by its name. */
async function askRepository(deps: Deps, host: string, registry: Registry): Promise<string | undefined> {
  const { ui } = deps
  const title = t('Repositories of {0}', plain(host, 120))
  const ask = (): Promise<string | undefined> =>
    ui.input({
      title,
      prompt: t('The registry does not list its repositories: name one'),
      placeholder: host === 'docker.io' ? 'library/nginx' : 'team/app',
      validate: (value) => referenceProblem(value),
    })
  // Docker Hub lists them to nobody.
  if (host === 'docker.io') return repositoryIn(await ask())
  try {
    const names = await ui.progress(title, (_, signal) => registry.repositories(signal))
    if (names.length === 0) return void ui.info(t('{0} has no repositories.', plain(host, 120)))
    return await ui.pick(
      names.map((value) => ({ label: plain(value, 300), icon: 'versions', value })),
      { title },
    )
  } catch (fault) {
    if (isEngineError(fault, 'unauthorized')) {
      const login = t('Log In…')
      if ((await ui.error(fault, login)) !== login) return undefined
      if (!(await logIn(deps, await deps.engines.current(), host))) return undefined
      const auth = await deps.credentials.find(credentialAddress(host))
      return auth === undefined ? undefined : askRepository(deps, host, deps.registry(host, auth))
    }
    if (!isEngineError(fault, 'denied', 'notFound')) throw fault
    return repositoryIn(await ask())
  }
}

/** A name that was typed with its tag, which is chosen after it. */
const repositoryIn = (typed: string | undefined): string | undefined =>
  typed === undefined ? undefined : parseReference(typed.trim())?.repository

/** A tag with its digest and platforms, and what can be done with it. */
async function show(deps: Deps, host: string, registry: Registry, name: string, tag: string): Promise<void> {
  const { ui } = deps
  const reference = `${host === 'docker.io' ? '' : `${host}/`}${name}:${tag}`
  const image = await ui.progress(t('Reading {0}', plain(reference, 200)), (_, signal) =>
    registry.image(name, tag, signal),
  )
  const step = await ui.pick(choicesFor(image), {
    title: plain(reference, 200),
    placeholder: plain(image.digest, 200),
  })
  if (step === undefined) return
  switch (step.do) {
    case 'copy':
      return ui.copy(reference)
    case 'copyDigest':
      return ui.copy(`${reference.slice(0, -tag.length - 1)}@${image.digest}`)
    case 'pull':
      await pullInteractively(deps, await deps.engines.current(), reference)
      return
    case 'platform':
      await pullInteractively(deps, await deps.engines.current(), reference, step.platform)
  }
}

function choicesFor({ digest, platforms }: RemoteImage): readonly Choice<Step>[] {
  const [only] = platforms
  if (only === undefined) throw new EngineError('unsupported', t('This tag holds no image for any platform.'))
  return [
    { label: t('Pull'), icon: 'cloud-download', value: { do: 'pull' } },
    ...platforms.map(({ platform, digest: own, size }): Choice<Step> => ({
      label: t('Pull for {0}', plain(platform, 80)),
      description: [plain(own, 80).slice(0, 19), size === undefined ? '' : bytes(size)]
        .filter((part) => part !== '')
        .join(' · '),
      icon: 'cloud-download',
      value: { do: 'platform', platform },
    })),
    { label: t('Copy Full Name'), icon: 'copy', value: { do: 'copy' } },
    ...(digest === ''
      ? []
      : [
          {
            label: t('Copy Name with Digest'),
            description: plain(digest, 80).slice(0, 19),
            icon: 'copy',
            value: { do: 'copyDigest' } as const,
          },
        ]),
  ]
}

export const registryBrowseCommands: readonly Command[] = [browse]
