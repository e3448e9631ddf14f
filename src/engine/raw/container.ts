import type {
  Attachment,
  ComposeClaim,
  Container,
  ContainerState,
  Health,
  Labels,
  Mount,
  Port,
} from '../model/container.ts'
import type { EngineId } from '../model/refs.ts'
import { type Fields, fields, items, number, text, textMap, texts } from './fields.ts'

const states: Readonly<Record<string, ContainerState>> = {
  created: 'created',
  running: 'running',
  paused: 'paused',
  restarting: 'restarting',
  removing: 'removing',
  exited: 'exited',
  dead: 'dead',
  // Podman's own words.
  configured: 'created',
  initialized: 'created',
  stopping: 'running',
  stopped: 'exited',
}

/** A row of `GET /containers/json`; undefined for one without an id. */
export function containerOf(engine: EngineId, row: Fields): Container | undefined {
  const id = text(row['Id'])
  if (id === '') return undefined
  const status = text(row['Status'])
  const state = stateOf(text(row['State']), status)
  const labels = textMap(row['Labels'])
  const health = healthOf(row, status)
  const exitCode = state === 'exited' || state === 'dead' ? exitCodeOf(status) : undefined
  const compose = composeClaim(labels)
  return {
    kind: 'container',
    engine,
    id,
    name: nameOf(texts(row['Names']), id),
    image: text(row['Image']),
    imageId: text(row['ImageID']),
    command: text(row['Command']),
    created: number(row['Created']) * 1000,
    state,
    status,
    ...(health === undefined ? {} : { health }),
    ...(exitCode === undefined ? {} : { exitCode }),
    ports: items(row['Ports']).map(portOf),
    labels,
    mounts: items(row['Mounts']).map(mountOf),
    attachments: attachmentsOf(fields(fields(row['NetworkSettings'])['Networks'])),
    networkMode: text(fields(row['HostConfig'])['NetworkMode']),
    ...(compose === undefined ? {} : { compose }),
  }
}

function stateOf(state: string, status: string): ContainerState {
  const known = Object.hasOwn(states, state.toLowerCase()) ? states[state.toLowerCase()] : undefined
  if (known !== undefined) return known
  return status.startsWith('Up') ? 'running' : status.startsWith('Created') ? 'created' : 'exited'
}

/** A container has a name for each link to it as well (`/other/alias`): its own is the one with a single slash. */
function nameOf(names: readonly string[], id: string): string {
  const own = names.find((name) => !name.includes('/', 1)) ?? names[0]
  if (own === undefined) return id.slice(0, 12)
  return own.startsWith('/') ? own.slice(1) : own
}

function healthOf(row: Fields, status: string): Health | undefined {
  const told = text(fields(row['Health'])['Status'])
  const found = told === '' ? /\((?:health: )?(starting|healthy|unhealthy)\)/.exec(status)?.[1] : told
  return found === 'starting' || found === 'healthy' || found === 'unhealthy' ? found : undefined
}

function exitCodeOf(status: string): number | undefined {
  const code = /^(?:Exited|Dead) \((-?\d+)\)/.exec(status)?.[1]
  return code === undefined ? undefined : Number(code)
}

function portOf(row: Fields): Port {
  const protocol = text(row['Type'])
  const hostIp = text(row['IP'])
  const hostPort = number(row['PublicPort'])
  return {
    containerPort: number(row['PrivatePort']),
    protocol: protocol === 'udp' || protocol === 'sctp' ? protocol : 'tcp',
    ...(hostPort === 0 ? {} : { hostPort, ...(hostIp === '' ? {} : { hostIp }) }),
  }
}

const mountTypes: readonly Mount['type'][] = ['bind', 'volume', 'tmpfs', 'npipe', 'cluster', 'image']

function mountOf(row: Fields): Mount {
  const name = text(row['Name'])
  return {
    type: mountTypes.find((type) => type === row['Type']) ?? 'bind',
    ...(name === '' ? {} : { name }),
    source: text(row['Source']),
    destination: text(row['Destination']),
    readOnly: row['RW'] === false,
  }
}

function attachmentsOf(networks: Fields): Attachment[] {
  return Object.entries(networks).map(([network, value]) => {
    const attachment = fields(value)
    return {
      network,
      networkId: text(attachment['NetworkID']),
      ipv4: text(attachment['IPAddress']),
      ipv6: text(attachment['GlobalIPv6Address']),
      aliases: texts(attachment['Aliases']),
    }
  })
}

function composeClaim(labels: Labels): ComposeClaim | undefined {
  const label = (name: string): string => labels[`com.docker.compose.${name}`] ?? ''
  const project = label('project')
  if (project === '') return undefined
  const files = label('project.config_files')
  const configHash = label('config-hash')
  return {
    project,
    service: label('service'),
    number: Number.parseInt(label('container-number'), 10) || 0,
    oneoff: label('oneoff').toLowerCase() === 'true',
    workingDir: label('project.working_dir'),
    configFiles: files === '' ? [] : files.split(','),
    ...(configHash === '' ? {} : { configHash }),
  }
}
