import type { Engine, Raw } from '../../engine/engine.ts'
import { isEngineError } from '../../engine/errors.ts'
import { logFacts } from '../../engine/logs/facts.ts'
import type { LogLine } from '../../engine/logs/line.ts'
import { PositionTracker } from '../../engine/logs/position.ts'
import { readHistory } from '../../engine/logs/read-log.ts'
import { millisOf, parseStamp } from '../../engine/logs/stamp.ts'
import type { EngineEvent } from '../../engine/model/system.ts'
import { plural, t } from '../../shared/l10n.ts'
import { plain } from '../../shared/sinks.ts'
import { array as list, number, object, string as text } from '../raw.ts'
import { maskInspection, maskWords } from '../secrets.ts'
import { exitCodeMeaning } from './exit-code.ts'

/** What is known of a container that stopped, for `whyItStopped` to put into words. */
export interface Evidence {
  /** `GET /containers/{id}/json`. */
  readonly container: Raw
  /** Its last lines of output, oldest first; or why they cannot be read. */
  readonly output: readonly string[] | { readonly unreadable: string }
  readonly events: readonly EngineEvent[]
}

const outputLines = 50
const checksShown = 5
/** Exit codes that are the engine's own: what it could not run has no other that means anything. */
const ofEngine: ReadonlySet<number> = new Set([125, 126, 127])

export async function gatherEvidence(engine: Engine, id: string, signal: AbortSignal): Promise<Evidence> {
  const container = await engine.containers.inspect(id, signal)
  const [output, events] = await Promise.all([
    lastOutput(engine, id, container, signal),
    eventTrail(engine, id, signal),
  ])
  return { container, output, events }
}

async function lastOutput(
  engine: Engine,
  id: string,
  container: Raw,
  signal: AbortSignal,
): Promise<Evidence['output']> {
  const lines: string[] = []
  const history = { tail: outputLines }
  try {
    for await (const batch of readHistory(
      engine,
      logFacts(id, container),
      history,
      new PositionTracker(),
      signal,
    ))
      for (const line of batch) lines.push(shown(line))
    return lines
  } catch (fault) {
    if (isEngineError(fault) && fault.code !== 'cancelled') return { unreadable: fault.message }
    throw fault
  }
}

const shown = ({ bytes }: LogLine): string => new TextDecoder().decode(bytes)

/** The events of the container that the engine still remembers. */
async function eventTrail(engine: Engine, id: string, signal: AbortSignal): Promise<readonly EngineEvent[]> {
  const events: EngineEvent[] = []
  // With its fraction: what ended it may be of this very second.
  const until = (Date.now() / 1000).toFixed(3)
  try {
    for await (const event of engine.streams.events({ since: '0', until, container: id }, signal))
      events.push(event)
  } catch (fault) {
    // The trail is an extra: without it the rest is still worth reading.
    if (isEngineError(fault, 'cancelled') || !isEngineError(fault)) throw fault
  }
  return events.filter((event) => event.type === 'container')
}

/** What the document says, in a few words: why a container stopped, or why it does not run at all. */
export function headingOf({ container }: Evidence): string {
  const state = object(container['State'])
  const name = plain(text(container['Name']).replace(/^\//, ''), 60)
  if (state['Running'] === true) return t('{0} is running', name)
  return neverRan(state) ? t('Why {0} does not run', name) : t('Why {0} stopped', name)
}

/** Engines leave one that could not be started as created, or as ended without a start. */
function neverRan(state: Raw): boolean {
  return text(state['Status']) === 'created' || text(state['StartedAt']).startsWith('0001-')
}

/**
 * The story in plain text: what happened, then what bears it out. Secrets are masked in all but the output, which is shown as the
 * log shows it.
 */
export function whyItStopped(evidence: Evidence): string {
  const { output, events } = evidence
  const container = maskInspection(evidence.container)
  const state = object(container['State'])
  const sections: (readonly [heading: string, lines: readonly string[]])[] = [
    [headingOf(evidence), summary(container, state)],
    [t('Health checks'), healthChecks(object(state['Health']))],
    [
      t('Last output'),
      Array.isArray(output)
        ? (output as readonly string[]).map((line) => plain(line, 2000))
        : [plain((output as { unreadable: string }).unreadable)],
    ],
    [t('What the engine remembers'), events.map(eventLine)],
  ]
  return sections
    .filter(([, lines], i) => i === 0 || lines.length > 0)
    .map(
      ([heading, lines]) => `${heading}\n${'─'.repeat(Math.min(heading.length, 60))}\n${lines.join('\n')}\n`,
    )
    .join('\n')
}

function summary(container: Raw, state: Raw): string[] {
  const lines: string[] = []
  const running = state['Running'] === true
  const code = number(state['ExitCode'])
  const never = neverRan(state)
  const error = text(state['Error'])
  if (error !== '') lines.push(t('The engine could not start it: {0}', plain(error, 1000)))
  if (!running && text(state['Status']) === 'created' && error === '')
    lines.push(t('It has never been started.'))
  else if (!running && (!never || ofEngine.has(code)))
    lines.push(t('Exit code {0}. {1}', code, exitCodeMeaning(code, state['OOMKilled'] === true)))
  const memory = number(object(container['HostConfig'])['Memory'])
  if (state['OOMKilled'] === true && memory > 0)
    lines.push(t('Its memory limit is {0} MiB.', Math.round(memory / 1024 ** 2)))
  const started = parseStamp(state['StartedAt'])
  const finished = parseStamp(state['FinishedAt'])
  if (started !== undefined && millisOf(started) > 0)
    lines.push(t('Started: {0}', new Date(millisOf(started)).toISOString()))
  if (!running && finished !== undefined && millisOf(finished) > 0) {
    lines.push(t('Ended: {0}', new Date(millisOf(finished)).toISOString()))
    if (started !== undefined && millisOf(finished) >= millisOf(started))
      lines.push(t('It ran for {0}.', duration(millisOf(finished) - millisOf(started))))
  }
  const restarts = number(container['RestartCount'])
  const policy = text(object(object(container['HostConfig'])['RestartPolicy'])['Name'])
  if (restarts > 0)
    lines.push(
      plural(restarts, 'The engine has restarted it once.', 'The engine has restarted it {0} times.'),
    )
  if (policy !== '' && policy !== 'no') lines.push(t('Its restart policy is {0}.', policy))
  const command = [text(container['Path']), ...list(container['Args']).map(String)].filter(
    (word) => word !== '',
  )
  const words = plain(command.join(' '), 1000)
  if (command.length > 0) lines.push(never ? t('What was to run: {0}', words) : t('What ran: {0}', words))
  return lines
}

/** `1.4 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(millis: number): string {
  const seconds = millis / 1000
  if (seconds < 60) return t('{0} s', Math.round(seconds * 10) / 10)
  if (seconds < 3600) return t('{0} min {1} s', Math.floor(seconds / 60), Math.floor(seconds % 60))
  return t('{0} h {1} min', Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60))
}

function healthChecks(health: Raw): string[] {
  const checks = list(health['Log']).map((check) => object(check))
  if (checks.length === 0) return []
  const failures = number(health['FailingStreak'])
  return [
    plural(
      failures,
      'Health: {0}; 1 failure in a row.',
      'Health: {0}; {1} failures in a row.',
      plain(text(health['Status'])),
      failures,
    ),
    ...checks
      .slice(-checksShown)
      .map((check) =>
        t(
          '{0}  exit code {1}  {2}',
          plain(text(check['Start'])).slice(0, 19),
          number(check['ExitCode']),
          plain(text(check['Output']).trim(), 500),
        ),
      ),
  ]
}

function eventLine({ action, attributes, timeNano }: EngineEvent): string {
  const time = new Date(Number(timeNano.slice(0, -6))).toISOString()
  const details = [
    attributes['exitCode'] === undefined ? '' : t('exit code {0}', plain(attributes['exitCode'], 20)),
    attributes['signal'] === undefined ? '' : t('signal {0}', plain(attributes['signal'], 20)),
  ]
  // Of an exec it has the whole command.
  const told = maskWords(action.split(' ')).join(' ')
  return [time, plain(told, 60), ...details.filter((detail) => detail !== '')].join('  ')
}
