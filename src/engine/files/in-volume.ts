import { EngineError } from '../errors.ts'
import { volumeRoot } from './stand-in.ts'

/** Not of a file or folder that is called so below another one. */
const root = new RegExp(`(^|[^\\w./-])/?${volumeRoot.slice(1)}(?![\\w-]|\\.\\S)/?`, 'g')

/** What engines and scripts say of a path in a stand-in, as the path in the volume that the user knows. */
const words = (text: string): string => text.replace(root, '$1/')

export function inVolume(fault: unknown): unknown {
  if (!(fault instanceof EngineError)) return fault
  const message = words(fault.message)
  const nextStep = fault.nextStep === undefined ? undefined : words(fault.nextStep)
  if (message === fault.message && nextStep === fault.nextStep) return fault
  return new EngineError(fault.code, message, {
    cause: fault,
    ...(nextStep === undefined ? {} : { nextStep }),
    ...(fault.status === undefined ? {} : { status: fault.status }),
  })
}
