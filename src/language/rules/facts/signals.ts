/** The signals of Linux, without `SIG`. */
export const signals: readonly string[] = [
  'ABRT', 'ALRM', 'BUS', 'CHLD', 'CLD', 'CONT', 'FPE', 'HUP', 'ILL', 'INT', 'IO', 'IOT', 'KILL', 'PIPE', 'POLL', 'PROF', 'PWR',
  'QUIT', 'SEGV', 'STKFLT', 'STOP', 'SYS', 'TERM', 'TRAP', 'TSTP', 'TTIN', 'TTOU', 'URG', 'USR1', 'USR2', 'VTALRM', 'WINCH',
  'XCPU', 'XFSZ',
] // prettier-ignore

export function isSignal(text: string): boolean {
  if (/^\d+$/.test(text)) return Number(text) > 0 && Number(text) < 65_536
  const name = text.toUpperCase().replace(/^SIG/, '')
  return signals.includes(name) || /^RTMIN(\+([0-9]|1[0-5]))?$|^RTMAX(-([0-9]|1[0-4]))?$/.test(name)
}
