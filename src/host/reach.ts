import { homedir } from 'node:os'
import { realConfigFiles, type Surroundings } from '../engine/config-files.ts'
import { createEngine } from '../engine/create.ts'
import type { Endpoint } from '../engine/endpoint.ts'
import { listEndpoints, type EndpointSettings, type EndpointList } from '../engine/endpoints.ts'
import type { Engine } from '../engine/engine.ts'
import type { Snapshot } from '../engine/live/state.ts'
import { connectionReport } from './connection-report.ts'

/** How engines are found and reached from this process. Loaded when they are first looked for: not all that activates Quayside wants one. */

export const around: Surroundings = {
  env: process.env,
  platform: process.platform,
  home: homedir(),
  files: realConfigFiles,
}

export async function findEngines(choice: EndpointSettings): Promise<EndpointList> {
  return await listEndpoints(around, choice)
}

export function openEngine(endpoint: Endpoint): Engine {
  return createEngine(endpoint, { env: around.env })
}

export function report(list: EndpointList, snapshot: Snapshot): string {
  return connectionReport(list, snapshot, around)
}
