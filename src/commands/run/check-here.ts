import { stat } from 'node:fs/promises'
import type { Engine } from '../../engine/engine.ts'
import type { Container } from '../../engine/model/container.ts'
import type { RunSpec } from '../../shared/docker-run/run-line.ts'
import { t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import type { RunSurroundings } from './create-body.ts'
import { isPath, volumeParts } from './mounts.ts'
import { heldByProgram, isHere } from './port-holder.ts'
import { csvFields } from '../../shared/docker-run/csv-fields.ts'
import { publishedPorts } from './values.ts'

/**
 * What this machine says against a spec, by flag: ports that programs hold, paths that are not there. Hints, no refusals: the
 * engine may see it otherwise. Empty for an engine elsewhere.
 */
export async function checkHere(
  engine: Pick<Engine, 'endpoint'>,
  spec: RunSpec,
  containers: readonly Container[],
  { absolute }: Pick<RunSurroundings, 'absolute'>,
): Promise<Readonly<Record<string, string>>> {
  if (!isHere(engine)) return {}
  const list = (flag: string): readonly string[] => [spec.flags.get(flag) ?? []].flat()
  const missing = async (paths: readonly string[]): Promise<string | undefined> => {
    for (const path of paths)
      if (
        !(await stat(absolute(path)).then(
          () => true,
          () => false,
        ))
      )
        return path
    return undefined
  }
  const volumes = list('volume')
    .map((entry) => volumeParts(entry)?.source)
    .filter((source) => source !== undefined && isPath(source))
  const binds = list('mount')
    .map((entry) => csvFields(entry))
    .filter((fields) => fields.get('type') === 'bind')
    .flatMap((fields) => fields.get('source') ?? fields.get('src') ?? [])
  const [volume, mount, envFile, labelFile, publish] = await Promise.all([
    missing(volumes as readonly string[]),
    missing(binds),
    missing(list('env-file')),
    missing(list('label-file')),
    heldPort(engine, list('publish'), containers),
  ])
  const there = (path: string): string => t('There is no {0} on this machine.', plain(path, 120))
  return {
    ...(volume === undefined
      ? {}
      : { volume: t('There is no {0} yet; the engine makes an empty folder there.', plain(volume, 120)) }),
    ...(mount === undefined ? {} : { mount: there(mount) }),
    ...(envFile === undefined ? {} : { 'env-file': there(envFile) }),
    ...(labelFile === undefined ? {} : { 'label-file': there(labelFile) }),
    ...(publish === undefined ? {} : { publish }),
  }
}

async function heldPort(
  engine: Pick<Engine, 'endpoint'>,
  published: readonly string[],
  containers: readonly Container[],
): Promise<string | undefined> {
  // What a container publishes is held by the engine's own proxy: that is told elsewhere, by the container's name.
  const ofContainers = new Set(containers.flatMap(({ ports }) => ports.map(({ hostPort }) => hostPort)))
  for (const { hostPort, hostIp, protocol } of published.flatMap((entry) => publishedPorts(entry) ?? [])) {
    if (!/^\d+$/.test(hostPort) || ofContainers.has(Number(hostPort))) continue
    const held = await heldByProgram(engine, Number(hostPort), protocol, hostIp)
    if (held !== undefined) return held.message
  }
  return undefined
}
