import { t } from '../../shared/l10n.ts'
import { EngineError } from '../errors.ts'

/** Engines reject with an `EngineError` only; a fault in our own code is shown as one rather than lost. */
export function asEngineError(fault: unknown): EngineError {
  if (fault instanceof EngineError) return fault
  const said = fault instanceof Error ? fault.message : String(fault)
  return new EngineError('internal', t('Reading from the engine failed: {0}', said), { cause: fault })
}
