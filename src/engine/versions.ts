import { t } from '../shared/l10n.ts'
import { EngineError } from './errors.ts'

/** What Quayside speaks: Docker 20.10 and newer. The newest is the newest that the tests run against; newer engines still speak it. */
export const oldestApi = '1.41'
export const newestApi = '1.51'

/** From which API version on something can be asked for. */
const gates = {
  /** `ConsoleSize` of an exec. */
  execConsoleSize: '1.42',
  /** Plain volume prune takes anonymous volumes only; `all` takes the named too. */
  volumePruneAll: '1.42',
  /** Disk usage of one kind of object alone. */
  diskUsageType: '1.42',
  /** One platform of an image can be pushed. */
  pushPlatform: '1.46',
  /** Images list their platforms (`manifests`). */
  imageManifests: '1.47',
  /** One platform of an image can be saved, loaded and inspected. */
  imagePlatform: '1.48',
} as const

export type Gate = keyof typeof gates

export function compareVersions(a: string, b: string): number {
  const [a1 = 0, a2 = 0] = a.split('.').map(Number)
  const [b1 = 0, b2 = 0] = b.split('.').map(Number)
  return a1 - b1 || a2 - b2
}

export function supports(apiVersion: string, gate: Gate): boolean {
  return compareVersions(apiVersion, gates[gate]) >= 0
}

/** The version to speak with an engine that goes from `min` to `max`; rejects with `unsupported` where the ranges do not meet. */
export function negotiate(max: string, min: string | undefined): string {
  if (compareVersions(max, oldestApi) < 0)
    throw new EngineError(
      'unsupported',
      t('This engine speaks API {0} at most; Quayside needs {1}.', max, oldestApi),
      { nextStep: t('Update the engine to Docker 20.10 or newer.') },
    )
  if (min !== undefined && min !== '' && compareVersions(min, newestApi) > 0)
    throw new EngineError(
      'unsupported',
      t('This engine speaks API {0} and newer; Quayside knows {1} at most.', min, newestApi),
      { nextStep: t('Update Quayside.') },
    )
  return compareVersions(max, newestApi) < 0 ? max : newestApi
}
