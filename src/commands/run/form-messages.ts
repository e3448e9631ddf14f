import type { Container } from '../../engine/model/container.ts'
import type { EngineId } from '../../engine/model/refs.ts'
import type { ShellValues } from '../../shared/docker-run/shell-values.ts'
import type { LayerStep } from '../ui.ts'
import { isPlainSpec, type PlainSpec } from '../../shared/docker-run/plain-spec.ts'

/** What an image brings along, shown in the form as what is so without an entry. */
export interface ImageFacts {
  readonly ports: readonly string[]
  readonly volumes: readonly string[]
  readonly env: readonly string[]
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly user: string
  readonly workingDir: string
  readonly healthcheck: readonly string[]
}

/** The container that the one of a form takes the place of: by its id, under the name it had when the form was opened. */
export type Replaced = Pick<Container, 'id' | 'name'>

export interface RunFormRequest {
  readonly engine: EngineId
  /** Filled in at first; without one an empty form. */
  readonly spec?: PlainSpec
  /** What is replaced once the user applies it. */
  readonly replaces?: Replaced
}

/** What a form keeps for the time when its window is loaded again; what looks like a secret is hidden in it. */
export interface SavedRunForm {
  readonly engine: EngineId
  readonly replaces?: Replaced
  readonly spec: PlainSpec
}

export function readSavedRunForm(value: unknown): SavedRunForm | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { engine, replaces, spec } = value as Record<string, unknown>
  if (typeof engine !== 'string' || !isPlainSpec(spec)) return undefined
  return { engine, spec, ...(isReplaced(replaces) ? { replaces } : {}) }
}

function isReplaced(value: unknown): value is Replaced {
  if (typeof value !== 'object' || value === null) return false
  const { id, name } = value as Record<string, unknown>
  return typeof id === 'string' && typeof name === 'string'
}

/** What the form is made of; it comes with the page, so that nothing is waited for. */
export interface RunFormOpening {
  /** Tells one form of a tab from the next. */
  readonly id: string
  readonly engine: string
  readonly spec: PlainSpec
  /** The name of the container that is replaced. */
  readonly replaces?: string
  readonly shell: ShellValues
  readonly saved: Omit<SavedRunForm, 'spec'>
  readonly texts: Readonly<Record<string, string>>
}

/** What the editor sends to the form. */
export type ToRunForm =
  /** The tab holds another form from now on. */
  | { readonly type: 'open'; readonly opening: RunFormOpening }
  /** Why nothing is known of the engine at the moment; empty when it is again. */
  | { readonly type: 'away'; readonly why: string }
  | { readonly type: 'choices'; readonly images: readonly string[]; readonly networks: readonly string[] }
  | { readonly type: 'image'; readonly name: string; readonly facts: ImageFacts | undefined }
  /** The names of the profiles of an image. */
  | { readonly type: 'profiles'; readonly image: string; readonly names: readonly string[] }
  /** A profile that was chosen; `said` is what there is to say of it. */
  | { readonly type: 'profile'; readonly spec: PlainSpec; readonly said: string }
  /**
   * By flag, or `image`; what could not be done as a whole is under the empty name. Hints do not keep from running. `asked` when
   * the user wanted to run it.
   */
  | {
      readonly type: 'problems'
      readonly problems: Readonly<Record<string, string>>
      readonly hints: Readonly<Record<string, string>>
      readonly asked?: boolean
    }
  | { readonly type: 'busy'; readonly busy: boolean }
  /** How far what runs has come. */
  | { readonly type: 'step'; readonly message: string; readonly layers: readonly LayerStep[] }

/** What the form asks of the editor. */
export type FromRunForm =
  | { readonly type: 'ready'; readonly opening: string }
  /** The user entered something, for the first time. */
  | { readonly type: 'touched' }
  | { readonly type: 'image'; readonly name: string }
  | { readonly type: 'check'; readonly spec: PlainSpec }
  | { readonly type: 'run'; readonly spec: PlainSpec; readonly start: boolean }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'saveCompose'; readonly text: string }
  | { readonly type: 'saveProfile'; readonly spec: PlainSpec }
  | { readonly type: 'profile' | 'deleteProfile'; readonly image: string; readonly name: string }

/** A message of the page, when it is one of ours; a page is believed no further than its shape. */
export function readFromRunForm(value: unknown): FromRunForm | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const message = value as Record<string, unknown>
  switch (message['type']) {
    case 'ready':
      return typeof message['opening'] === 'string'
        ? { type: 'ready', opening: message['opening'] }
        : undefined
    case 'touched':
      return { type: 'touched' }
    case 'image':
      return typeof message['name'] === 'string' ? { type: 'image', name: message['name'] } : undefined
    case 'check':
    case 'saveProfile':
      return isPlainSpec(message['spec']) ? { type: message['type'], spec: message['spec'] } : undefined
    case 'run':
      return isPlainSpec(message['spec'])
        ? { type: 'run', spec: message['spec'], start: message['start'] === true }
        : undefined
    case 'copy':
    case 'saveCompose':
      return typeof message['text'] === 'string'
        ? { type: message['type'], text: message['text'] }
        : undefined
    case 'profile':
    case 'deleteProfile':
      return typeof message['image'] === 'string' && typeof message['name'] === 'string'
        ? { type: message['type'], image: message['image'], name: message['name'] }
        : undefined
    default:
      return undefined
  }
}
