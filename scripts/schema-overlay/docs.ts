import { buildWords } from './build.ts'
import { deployWords } from './deploy.ts'
import { resourceWords } from './resources.ts'
import { rootWords } from './root.ts'
import { runtimeWords } from './service-runtime.ts'
import { serviceWords } from './service.ts'
import { under, type Words } from './words.ts'

export type { Words } from './words.ts'

/** By the way to a key: the definition it belongs to and the keys below it, joined by dots; `*` for a free name. */
export const docs: Readonly<Record<string, Words>> = Object.fromEntries([
  ...under('root', rootWords),
  ...under('service', serviceWords),
  ...under('service', runtimeWords),
  ...under('service.build', buildWords),
  ...deployWords,
  ...resourceWords,
])
