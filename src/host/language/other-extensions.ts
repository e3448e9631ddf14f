/** An extension that does part of what ours does in Dockerfiles and compose files. */
interface OtherExtension {
  readonly id: string
  readonly name: string
  /** Its setting that turns its help in compose files off. */
  readonly compose?: string
}

const known: readonly OtherExtension[] = [
  { id: 'docker.docker', name: 'Docker DX', compose: 'docker.extension.enableComposeLanguageServer' },
  {
    id: 'ms-azuretools.vscode-containers',
    name: 'Container Tools',
    compose: 'containers.enableComposeLanguageService',
  },
  { id: 'exiasr.hadolint', name: 'hadolint' },
]

export interface Overlap {
  /** "Docker DX, Container Tools". */
  readonly names: string
  /** Settings to turn off so that help in compose files comes from us alone; only such as are there and on. */
  readonly composeSettings: readonly string[]
}

/** What else is installed that does the same work. `isOn` tells the value of a setting, undefined where there is none of the name. */
export function overlapOf(
  isInstalled: (id: string) => boolean,
  isOn: (setting: string) => boolean | undefined,
): Overlap | undefined {
  const found = known.filter(({ id }) => isInstalled(id))
  if (found.length === 0) return undefined
  return {
    names: found.map(({ name }) => name).join(', '),
    composeSettings: found.flatMap(({ compose }) =>
      compose !== undefined && isOn(compose) === true ? [compose] : [],
    ),
  }
}
