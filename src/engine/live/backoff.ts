const firstMs = 500
const localMs = 1_500
const localAttempts = 40
const longestMs = 30_000

/**
 * How long to wait before the next attempt, after `attempt` of them failed: 0.5 s, doubling up to 30 s, a fifth more or less by
 * chance so that windows do not knock in step. A socket of this machine costs nothing to try: for the first minute its wait stays
 * below two seconds, so that an engine that is restarted is seen again as soon as it is back.
 */
export function backoff(attempt: number, local: boolean, random: () => number): number {
  const doubled = firstMs * 2 ** Math.min(attempt - 1, 10)
  const longest = local && attempt <= localAttempts ? localMs : longestMs
  const jitter = 0.8 + 0.4 * random()
  return Math.min(longestMs, Math.max(firstMs, Math.round(Math.min(doubled, longest) * jitter)))
}
