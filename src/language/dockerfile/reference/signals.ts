import { t } from '../../../shared/l10n.ts'

export interface SignalReference {
  readonly name: string
  readonly number: number
  readonly about: () => string
}

/** The signals that people stop programs with, by their Linux numbers. */
export const signals: readonly SignalReference[] = [
  { name: 'SIGTERM', number: 15, about: () => t('Asks to end. The default.') },
  {
    name: 'SIGQUIT',
    number: 3,
    about: () => t('Asks to end; nginx and php-fpm finish what they are serving.'),
  },
  { name: 'SIGINT', number: 2, about: () => t('As Ctrl-C; PostgreSQL shuts down fast.') },
  {
    name: 'SIGHUP',
    number: 1,
    about: () => t('The terminal is gone; many servers read their configuration again.'),
  },
  { name: 'SIGUSR1', number: 10, about: () => t('Whatever the program makes of it.') },
  { name: 'SIGUSR2', number: 12, about: () => t('Whatever the program makes of it.') },
  {
    name: 'SIGWINCH',
    number: 28,
    about: () => t('The window has another size; Apache httpd ends gracefully.'),
  },
  { name: 'SIGKILL', number: 9, about: () => t('Ends at once; the program cannot tidy up.') },
  { name: 'SIGRTMIN+3', number: 37, about: () => t('systemd halts.') },
]

/** By name, with or without `SIG`, or by number. */
export function signalReference(text: string): SignalReference | undefined {
  const name = text.toUpperCase()
  return signals.find(
    (signal) => signal.name === name || signal.name === `SIG${name}` || String(signal.number) === text,
  )
}
