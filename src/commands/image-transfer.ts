import type { Engine, ProgressRecord } from '../engine/engine.ts'
import { isEngineError } from '../engine/errors.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { batch } from './batch.ts'
import { nodeCommand, viewCommand, type Command, type Deps } from './command.ts'
import { dockerLine } from './equivalents.ts'
import { credentialAddress, parseReference, referenceProblem } from './image-reference.ts'
import { LayerProgress } from './layer-progress.ts'
import { logIn } from './registries.ts'
import { askTag } from './tag-choice.ts'
import type { Report } from './ui.ts'

/** Shows the records as they come; resolves with the engine's last word. */
async function follow(records: AsyncIterable<ProgressRecord>, report: Report): Promise<string> {
  const progress = new LayerProgress()
  let shown = ''
  for await (const record of records) {
    const step = progress.push(record)
    if (step.message === shown) continue
    shown = step.message
    report(step)
  }
  return progress.last
}

/** Pulls an image with the CLI's credentials for its registry. Resolves with what the engine says at the end. */
export async function pullImage(
  { credentials, ui }: Deps,
  engine: Engine,
  reference: string,
  report: Report,
  signal: AbortSignal,
  platform?: string,
): Promise<string> {
  const auth = await credentials.find(credentialAddress(parseReference(reference)?.registry ?? ''), signal)
  const options = {
    ...(auth === undefined ? {} : { auth }),
    ...(platform === undefined ? {} : { platform }),
  }
  const last = await follow(engine.streams.pull(withTag(reference), options, signal), report)
  const flags = platform === undefined ? [] : ['--platform', platform]
  ui.equivalent(dockerLine(engine, ['pull', ...flags], [reference]))
  return last
}

/** Without a tag an engine pulls all tags; the CLI means `latest`. */
function withTag(reference: string): string {
  const parsed = parseReference(reference)
  return parsed !== undefined && parsed.tag === undefined && parsed.digest === undefined
    ? `${reference}:latest`
    : reference
}

/** Pulls with progress, offers a login where the registry wants one, and says what came. */
export async function pullInteractively(
  deps: Deps,
  engine: Engine,
  reference: string,
  platform?: string,
): Promise<boolean> {
  const { ui } = deps
  try {
    const last = await ui.progress(t('Pulling {0}', plain(reference, 120)), (report, signal) =>
      pullImage(deps, engine, reference, report, signal, platform),
    )
    const upToDate = /up to date/i.test(last)
    void ui.info(
      upToDate ? t('{0} is up to date.', plain(reference, 120)) : t('Pulled {0}.', plain(reference, 120)),
    )
    return true
  } catch (fault) {
    if (!isEngineError(fault, 'unauthorized', 'denied')) throw fault
    const login = t('Log In…')
    if ((await ui.error(fault, login)) !== login) return false
    const registry = parseReference(reference)?.registry ?? 'docker.io'
    return (await logIn(deps, engine, registry))
      ? pullInteractively(deps, engine, reference, platform)
      : false
  }
}

const pull = viewCommand({
  id: 'images.pull',
  title: 'Pull…',
  icon: 'cloud-download',
  views: ['images'],
  place: { group: 'navigation@1' },
  async run(deps) {
    const engine = await deps.engines.current()
    const reference = await deps.ui.input({
      title: t('Pull an Image'),
      prompt: t('Name of the image: repository, repository:tag or registry/repository:tag'),
      placeholder: 'nginx:alpine',
      validate: (value) => referenceProblem(value),
    })
    if (reference !== undefined) await pullInteractively(deps, engine, reference.trim())
  },
})

const pullPlatform = viewCommand({
  id: 'images.pullPlatform',
  title: 'Pull for Another Platform…',
  icon: 'cloud-download',
  views: ['images'],
  place: { group: '1_get@1' },
  async run(deps) {
    const engine = await deps.engines.current()
    const title = t('Pull for Another Platform')
    const reference = await deps.ui.input({
      title,
      prompt: t('Name of the image: repository, repository:tag or registry/repository:tag'),
      placeholder: 'nginx:alpine',
      validate: (value) => referenceProblem(value),
    })
    if (reference === undefined) return
    const platform = await deps.ui.input({
      title,
      prompt: t('Platform: system/architecture, with a variant where there is one'),
      placeholder: 'linux/arm64',
      validate: (value) =>
        /^[a-z0-9]+\/[a-z0-9_]+(?:\/[a-z0-9.]+)?$/.test(value.trim())
          ? undefined
          : t('A platform such as linux/amd64 or linux/arm/v7 is needed.'),
    })
    if (platform !== undefined) await pullInteractively(deps, engine, reference.trim(), platform.trim())
  },
})

const pullAgain = nodeCommand({
  id: 'images.pullAgain',
  title: 'Pull Again',
  icon: 'cloud-download',
  on: ['image-dangling'],
  place: { group: '2_transfer@1' },
  async run(deps, nodes) {
    const named = nodes.filter((node) => node.tag !== undefined)
    const { done } = await batch(deps.ui, {
      title: t('Pulling'),
      failed: t('Could not pull'),
      items: named,
      nameOf: (node) => node.tag!,
      async task(node, signal, report) {
        await pullImage(deps, deps.engines.engine(node.image.engine), node.tag!, report, signal)
      },
    })
    if (done.length > 0)
      void deps.ui.info(t('Pulled {0}.', done.map((node) => plain(node.tag!, 120)).join(', ')))
  },
})

const push = nodeCommand({
  id: 'images.push',
  title: 'Push',
  icon: 'cloud-upload',
  on: ['image-dangling'],
  place: { group: '2_transfer@2' },
  async run(deps, nodes) {
    const named = nodes.filter((node) => node.tag !== undefined)
    const { done } = await batch(deps.ui, {
      title: t('Pushing'),
      failed: t('Could not push'),
      items: named,
      nameOf: (node) => node.tag!,
      async task(node, signal, report) {
        const engine = deps.engines.engine(node.image.engine)
        const registry = parseReference(node.tag!)?.registry ?? 'docker.io'
        const auth = await deps.credentials.find(credentialAddress(registry), signal)
        await follow(engine.streams.push(node.tag!, auth === undefined ? {} : { auth }, signal), report)
        deps.ui.equivalent(dockerLine(engine, ['push'], [node.tag!]))
      },
      mend({ item, error }) {
        if (error.code !== 'unauthorized' && error.code !== 'denied') return undefined
        const registry = parseReference(item.tag!)?.registry ?? 'docker.io'
        return {
          action: t('Log In…'),
          run: async (failures) => {
            const engine = deps.engines.engine(item.image.engine)
            if (await logIn(deps, engine, registry))
              await push.run(
                deps,
                failures.map((failure) => failure.item),
              )
          },
        }
      },
    })
    if (done.length > 0)
      void deps.ui.info(t('Pushed {0}.', done.map((node) => plain(node.tag!, 120)).join(', ')))
  },
})

const search = viewCommand({
  id: 'images.search',
  title: 'Search Docker Hub…',
  icon: 'search',
  views: ['images'],
  place: { group: '1_get@2' },
  async run(deps) {
    const { ui } = deps
    const engine = await deps.engines.current()
    const title = t('Search Docker Hub')
    const term = await ui.input({
      title,
      prompt: t('What to look for'),
      placeholder: 'postgres',
      validate: (value) => (value.trim() === '' ? t('A word is needed.') : undefined),
    })
    if (term === undefined) return
    const results = await ui.progress(t('Searching for {0}', plain(term, 80)), (_, signal) =>
      engine.images.search(term.trim(), 50, signal),
    )
    if (results.length === 0) return void ui.info(t('Nothing was found for {0}.', plain(term, 80)))
    const name = await ui.pick(
      results.map((result) => ({
        label: plain(result.name, 200),
        description: [result.official ? t('official') : '', `★ ${result.stars}`]
          .filter((part) => part !== '')
          .join(' · '),
        detail: plain(result.description, 300),
        ...(result.official ? { icon: 'verified' } : {}),
        value: result.name,
      })),
      { title, placeholder: t('The image to pull') },
    )
    if (name === undefined) return
    const auth = await deps.credentials.find(credentialAddress('docker.io'))
    const tag = await askTag(deps, deps.registry('docker.io', auth), name)
    if (tag !== undefined) await pullInteractively(deps, engine, `${name}:${tag}`)
  },
})

export const imageTransferCommands: readonly Command[] = [pull, pullPlatform, pullAgain, push, search]
