import type { Raw } from '../engine/engine.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { number, string } from './raw.ts'
import { bytes, parseBytes, sizeFlag } from './sizes.ts'
import type { Ui } from './ui.ts'

/** What is to change: the body of `POST /containers/{id}/update` and the same as flags of `docker update`. */
export interface Limits {
  readonly body: Raw
  readonly flags: readonly string[]
}

type Part = 'restart' | 'memory' | 'cpus' | 'pids'

/** Less than this and the engine refuses. */
const leastMemory = 6 * 1024 ** 2

/** Asks what is to change and to what; `present` is the inspection of the container, or of the first of several. */
export async function askLimits(ui: Ui, present: Raw): Promise<Limits | undefined> {
  const title = t('Change Limits and Restart Policy')
  const parts = await ui.pickMany<Part>(
    [
      { label: t('Restart policy'), description: describeRestart(present), value: 'restart' },
      { label: t('Memory'), description: describeMemory(present), value: 'memory' },
      { label: t('CPUs'), description: describeCpus(present), value: 'cpus' },
      { label: t('Processes'), description: describePids(present), value: 'pids' },
    ],
    { title, placeholder: t('What is to change; what it is now stands beside it') },
  )
  if (parts === undefined || parts.length === 0) return undefined
  let body: Raw = {}
  const flags: string[] = []
  for (const part of parts) {
    const change = await askPart(ui, title, part, present)
    if (change === undefined) return undefined
    body = { ...body, ...change.body }
    flags.push(...change.flags)
  }
  return { body, flags }
}

function askPart(ui: Ui, title: string, part: Part, present: Raw): Promise<Limits | undefined> {
  switch (part) {
    case 'restart':
      return askRestart(ui, title)
    case 'memory':
      return askMemory(ui, title, present)
    case 'cpus':
      return askCpus(ui, title)
    case 'pids':
      return askPids(ui, title)
  }
}

async function askRestart(ui: Ui, title: string): Promise<Limits | undefined> {
  const name = await ui.pick(
    [
      { label: 'no', description: t('Never started again by the engine'), value: 'no' },
      { label: 'on-failure', description: t('When it ends with an error'), value: 'on-failure' },
      { label: 'always', description: t('Always, also when the engine starts'), value: 'always' },
      {
        label: 'unless-stopped',
        description: t('Always, unless it was stopped by hand'),
        value: 'unless-stopped',
      },
    ],
    { title },
  )
  if (name === undefined) return undefined
  if (name !== 'on-failure') return { body: { RestartPolicy: { Name: name } }, flags: ['--restart', name] }
  const retries = await ui.input({
    title,
    prompt: t('How often it is tried at most; empty for ever'),
    validate: (value) =>
      /^\d{0,6}$/.test(value.trim()) ? undefined : t('A whole number is needed, or nothing.'),
  })
  if (retries === undefined) return undefined
  const count = Number(retries.trim())
  return {
    body: { RestartPolicy: { Name: name, MaximumRetryCount: count } },
    flags: ['--restart', count > 0 ? `${name}:${count}` : name],
  }
}

async function askMemory(ui: Ui, title: string, present: Raw): Promise<Limits | undefined> {
  const typed = await ui.input({
    title,
    prompt: t('Memory that it may use, such as 512m or 2g'),
    validate: (value) => {
      const size = parseBytes(value)
      if (size === undefined) return t('A size such as 512m or 2g is needed.')
      return size < leastMemory ? t('The least that an engine takes is 6m.') : undefined
    },
  })
  const memory = typed === undefined ? undefined : parseBytes(typed)
  if (memory === undefined) return undefined
  // The engine refuses a limit above that of memory and swap together: that one moves along, unless it is unlimited.
  const swap = number(present, 'HostConfig', 'MemorySwap') === -1 ? -1 : memory * 2
  return {
    body: { Memory: memory, MemorySwap: swap },
    flags: ['--memory', sizeFlag(memory), '--memory-swap', swap === -1 ? '-1' : sizeFlag(swap)],
  }
}

async function askCpus(ui: Ui, title: string): Promise<Limits | undefined> {
  const typed = await ui.input({
    title,
    prompt: t('CPUs that it may use, such as 1.5; 0 for no limit'),
    validate: (value) =>
      /^\d{1,4}(?:\.\d{1,9})?$/.test(value.trim()) ? undefined : t('A number such as 1.5 is needed.'),
  })
  if (typed === undefined) return undefined
  return { body: { NanoCpus: Math.round(Number(typed) * 1e9) }, flags: ['--cpus', typed.trim()] }
}

async function askPids(ui: Ui, title: string): Promise<Limits | undefined> {
  const typed = await ui.input({
    title,
    prompt: t('Processes and threads that it may have; -1 for no limit'),
    validate: (value) =>
      /^(?:-1|[1-9]\d{0,8})$/.test(value.trim()) ? undefined : t('A whole number or -1 is needed.'),
  })
  if (typed === undefined) return undefined
  return { body: { PidsLimit: Number(typed) }, flags: ['--pids-limit', typed.trim()] }
}

function describeRestart(present: Raw): string {
  const name = string(present, 'HostConfig', 'RestartPolicy', 'Name') || 'no'
  const retries = number(present, 'HostConfig', 'RestartPolicy', 'MaximumRetryCount')
  return plain(retries > 0 ? `${name}:${retries}` : name)
}

function describeMemory(present: Raw): string {
  const memory = number(present, 'HostConfig', 'Memory')
  return memory > 0 ? bytes(memory) : t('no limit')
}

function describeCpus(present: Raw): string {
  const cpus = number(present, 'HostConfig', 'NanoCpus') / 1e9
  return cpus > 0 ? String(cpus) : t('no limit')
}

function describePids(present: Raw): string {
  const pids = number(present, 'HostConfig', 'PidsLimit')
  return pids > 0 ? String(pids) : t('no limit')
}
