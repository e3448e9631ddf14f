import { t } from '../l10n.ts'
import type { RunProblem } from './run-line.ts'

/** What is wrong with a line, in a sentence. */
export function runProblemText({ code, subject }: RunProblem): string {
  switch (code) {
    case 'unclosedQuote':
      return t('A quote is not closed: {0}', subject)
    case 'notDockerRun':
      return t('This is no docker run line; it begins with “docker run”.')
    case 'unknownFlag':
      return t('docker run has no option {0}.', subject)
    case 'missingValue':
      return t('{0} needs a value.', subject)
    case 'badValue':
      return t('This value cannot be read: {0}', subject)
    case 'noImage':
      return t('The line names no image.')
  }
}
