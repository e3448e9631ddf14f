import type { Stamp } from '../engine/logs/stamp.ts'
import { compareStamps } from '../engine/logs/stamp.ts'
import type { LogTarget } from '../engine/logs/target.ts'
import { plain } from '../shared/sinks.ts'

/** One of the logs of a viewer. */
export interface LogSource {
  readonly id: number
  readonly target: LogTarget
  /** What its lines bear: the service where all are of one project, else the container's name. */
  readonly label: string
  /** The container that is read now. */
  container: string
  /** When it was started, each time that is known; ascending. */
  readonly starts: Stamp[]
  /** Its container has a terminal: standard output and standard error are one stream. */
  tty: boolean
  state: 'reading' | 'following' | 'ended'
  /** Read from the very beginning of what the engine holds. */
  whole: boolean
}

/** The label of a target among those shown with it: its place in a service of a swarm, its service in a project, else its container's name. */
export function labelOf(target: LogTarget, among: readonly LogTarget[], ofProject: boolean): string {
  const { compose, swarm } = target
  if (swarm !== undefined)
    return plain(/^\d+$/.test(swarm.slot) ? `${swarm.service}.${swarm.slot}` : swarm.service, 80)
  const services =
    compose !== undefined &&
    (ofProject || (among.length > 1 && among.every((other) => other.compose?.project === compose.project)))
  if (!services) return plain(target.name, 80)
  const several = among.some((other) => other !== target && other.compose?.service === compose.service)
  return plain(several ? `${compose.service}-${compose.number}` : compose.service, 80)
}

/** The start of the run that a line belongs to; of a line from before all known starts, the first of them. */
export function startOf({ starts }: LogSource, stamp: Stamp): Stamp | undefined {
  return starts.findLast((start) => compareStamps(start, stamp) <= 0) ?? starts[0]
}

export function addStart({ starts }: LogSource, start: Stamp): void {
  if (starts.some((known) => compareStamps(known, start) === 0)) return
  starts.push(start)
  starts.sort(compareStamps)
}
