import type { Endpoint } from '../../src/engine/endpoint.ts'
import type { Container } from '../../src/engine/model/container.ts'
import type { Image } from '../../src/engine/model/image.ts'
import type { Network } from '../../src/engine/model/network.ts'
import type { EngineInfo } from '../../src/engine/model/system.ts'
import type { Volume } from '../../src/engine/model/volume.ts'

export const noon = Date.UTC(2026, 0, 15, 12)
const url = 'unix:///var/run/docker.sock'

export function endpoint(over: Partial<Endpoint> = {}): Endpoint {
  return {
    id: url,
    name: 'default',
    description: '',
    url,
    address: { kind: 'unix', path: '/var/run/docker.sock' },
    origin: { from: 'default' },
    ...over,
  }
}

/** A running container; `name` is its id too unless another is given. */
export function container(name: string, over: Partial<Container> = {}): Container {
  return {
    kind: 'container',
    engine: url,
    id: name,
    name,
    image: 'busybox:latest',
    imageId: 'sha256:busybox',
    command: 'sleep 1000',
    created: noon,
    state: 'running',
    status: 'Up 2 seconds',
    ports: [],
    labels: {},
    mounts: [],
    attachments: [],
    networkMode: 'bridge',
    ...over,
  }
}

export function image(id: string, tags: readonly string[], over: Partial<Image> = {}): Image {
  return {
    kind: 'image',
    engine: url,
    id,
    tags,
    digests: [],
    parentId: '',
    created: noon,
    size: 4_300_000,
    labels: {},
    dangling: tags.length === 0,
    ...over,
  }
}

export function volume(name: string, over: Partial<Volume> = {}): Volume {
  return {
    kind: 'volume',
    engine: url,
    id: name,
    name,
    driver: 'local',
    mountpoint: `/var/lib/docker/volumes/${name}/_data`,
    scope: 'local',
    labels: {},
    options: {},
    anonymous: false,
    ...over,
  }
}

export function network(name: string, over: Partial<Network> = {}): Network {
  return {
    kind: 'network',
    engine: url,
    id: `net-${name}`,
    name,
    driver: 'bridge',
    scope: 'local',
    internal: false,
    attachable: false,
    ingress: false,
    ipv6: false,
    subnets: [{ subnet: '172.18.0.0/16', gateway: '172.18.0.1' }],
    labels: {},
    builtIn: false,
    ...over,
  }
}

export function engineInfo(over: Partial<EngineInfo> = {}): EngineInfo {
  return {
    id: 'engine-1',
    name: 'host',
    product: 'docker',
    version: '28.5.2',
    apiVersion: '1.51',
    minApiVersion: '1.24',
    maxApiVersion: '1.51',
    os: 'Debian GNU/Linux 12',
    osType: 'linux',
    architecture: 'x86_64',
    kernel: '6.1.0',
    cpus: 2,
    memory: 8_589_934_592,
    storageDriver: 'overlay2',
    loggingDriver: 'json-file',
    cgroupVersion: '2',
    rootDir: '/var/lib/docker',
    rootless: false,
    swarm: 'inactive',
    components: [
      { name: 'Engine', version: '28.5.2' },
      { name: 'containerd', version: '1.7.24' },
      { name: 'runc', version: '1.1.5' },
    ],
    warnings: [],
    containers: { running: 1, paused: 0, stopped: 0 },
    images: 1,
    ...over,
  }
}
