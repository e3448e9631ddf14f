import type { EngineInfo } from '../model/system.ts'
import { type Fields, fields, items, number, text, texts } from './fields.ts'

/** Whether the answer to `/version` is Podman's. */
export function isPodman(version: Fields): boolean {
  return items(version['Components']).some((component) => /podman/i.test(text(component['Name'])))
}

/** What an engine says of itself; `info` is empty where it does not let us ask. */
export function infoOf(version: Fields, info: Fields, apiVersion: string): EngineInfo {
  const components = items(version['Components']).map((component) => ({
    name: text(component['Name']),
    version: text(component['Version']),
  }))
  const podman = isPodman(version)
  const name = text(info['Name'])
  const rootDir = text(info['DockerRootDir'])
  return {
    // Podman makes a new id for each answer.
    id: podman ? `podman:${name}:${rootDir}` : text(info['ID']),
    name,
    product: podman ? 'podman' : 'docker',
    version: text(version['Version']),
    apiVersion,
    minApiVersion: text(version['MinAPIVersion']),
    maxApiVersion: text(version['ApiVersion']),
    os: text(info['OperatingSystem']),
    osType: (text(info['OSType']) || text(version['Os'])) === 'windows' ? 'windows' : 'linux',
    architecture: text(info['Architecture']) || text(version['Arch']),
    kernel: text(info['KernelVersion']) || text(version['KernelVersion']),
    cpus: number(info['NCPU']),
    memory: number(info['MemTotal']),
    storageDriver: text(info['Driver']),
    loggingDriver: text(info['LoggingDriver']),
    cgroupVersion: text(info['CgroupVersion']),
    rootDir,
    ...remappedOf(info),
    rootless: texts(info['SecurityOptions']).some((option) => /(^|name=)rootless/.test(option)),
    swarm: swarmOf(fields(info['Swarm'])),
    components,
    warnings: texts(info['Warnings']),
    containers: {
      running: number(info['ContainersRunning']),
      paused: number(info['ContainersPaused']),
      stopped: number(info['ContainersStopped']),
    },
    images: number(info['Images']),
  }
}

/** An engine that remaps ids keeps its data in a folder called by those of root. */
function remappedOf(info: Fields): Pick<EngineInfo, 'remapped'> {
  if (!texts(info['SecurityOptions']).some((option) => /(^|name=)userns/.test(option))) return {}
  const [, uid, gid] = /\/(\d+)\.(\d+)$/.exec(text(info['DockerRootDir'])) ?? []
  return uid === undefined ? {} : { remapped: { uid: Number(uid), gid: Number(gid) } }
}

function swarmOf(swarm: Fields): EngineInfo['swarm'] {
  if (text(swarm['LocalNodeState']) !== 'active') return 'inactive'
  return swarm['ControlAvailable'] === true ? 'manager' : 'worker'
}
