import { t } from '../../shared/l10n.ts'

/** signal(7), the numbers of Linux on x86 and ARM. */
const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  10: 'SIGUSR1',
  11: 'SIGSEGV',
  12: 'SIGUSR2',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
}

/**
 * What an exit code says, in a sentence. Codes above 128 are 128 + the signal that ended the process (bash(1), EXIT STATUS);
 * 125–127 are the engine's (docker-run(1), Exit Status).
 */
export function exitCodeMeaning(code: number, oomKilled: boolean): string {
  if (oomKilled) return t('It used more memory than its limit allows, and the kernel killed it.')
  const signal = signals[code - 128]
  switch (code) {
    case 0:
      return t('Its main process had done its work and ended without an error.')
    case 1:
      return t(
        'Its main process ended with a general error of its own; its last lines of output most often tell which.',
      )
    case 2:
      return t('Its main process was called wrongly, or ended with an error of its own.')
    case 125:
      return t('The engine itself could not run it.')
    case 126:
      return t('Its command was found but could not be executed: is it a program, and may it be executed?')
    case 127:
      return t('Its command was not found in the image.')
    case 137:
      return t(
        'It was killed (SIGKILL): by docker kill, by a stop that it did not heed in time, or by a machine short of memory.',
      )
    case 139:
      return t('It crashed: it touched memory that is not its own (SIGSEGV).')
    case 143:
      return t('It was asked to end (SIGTERM), as docker stop does, and did.')
    default:
      return signal === undefined
        ? t('Its main process ended with an error code of its own.')
        : t('It was ended by the signal {0}.', signal)
  }
}
