import type { LogRequest } from '../engine/logs/target.ts'
import { isArray, isInteger, isNullable, isObject, isText, type Checked } from './check.ts'
import { isViewState } from './messages.ts'

/** What a page keeps for the time when its window is loaded again. */
export const isSavedPage = isObject({
  /** The request, as JSON. */
  request: isText(1 << 20),
  view: isViewState,
  /** The line at the top; null at the end. */
  top: isNullable(isInteger()),
})
export type SavedPage = Checked<typeof isSavedPage>

const isName = isText(1000)
const isRequest = isObject(
  {
    title: isName,
    targets: isArray(
      isObject(
        { engine: isName, container: isText(128), name: isName },
        {
          compose: isObject({ project: isName, service: isName, number: isInteger() }),
          swarm: isObject({ service: isName, slot: isName }),
        },
      ),
      1000,
    ),
  },
  {
    project: isObject({ engine: isName, name: isName }),
    service: isObject({ engine: isName, name: isName }),
  },
)

/** A saved request; undefined for what is none. */
export function readRequest(json: string): LogRequest | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return isRequest(value) ? (value as LogRequest) : undefined
  } catch {
    return undefined
  }
}
