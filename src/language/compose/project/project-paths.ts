import { isAbsolute, isRemote, relativePath, resolvePath } from './paths.ts'
import { get, list, stringOf, text, type Item, type MapValue, type Value } from './value.ts'

interface Branch {
  path?: true
  readonly children: Map<string, Branch>
}

/** Where a canonical model has paths of the host. */
const places: Branch = { children: new Map() }
for (const place of [
  'services.*.build.context',
  'services.*.build.additional_contexts.*',
  'services.*.build.ssh.*',
  'services.*.credential_spec.file',
  'services.*.develop.watch.*.path',
  'services.*.env_file.*.path',
  'services.*.label_file.*',
  'services.*.volumes.*.source',
  'configs.*.file',
  'secrets.*.file',
]) {
  let branch = places
  for (const part of place.split('.')) {
    let child = branch.children.get(part)
    if (child === undefined) branch.children.set(part, (child = { children: new Map() }))
    branch = child
  }
  branch.path = true
}

/** The model with the paths of files in other folders as they read from the project's own; those of the project itself stay as they are written. */
export function fromProject(model: MapValue, home: string): MapValue {
  return visit(model, places, home) as MapValue
}

function visit(value: Value, branch: Branch, home: string): Value {
  if (branch.path === true) return moved(value, home)
  if (branch.children.size === 0 || value.kind === 'scalar') return value
  // Only a bind mount has a path for its source.
  if (branch.children.has('source') && stringOf(get(value, 'type')) !== 'bind') return value
  if (value.kind === 'list') {
    const inner = branch.children.get('*')
    return inner === undefined
      ? value
      : list(
          value.items.map((item) => visit(item, inner, home)),
          value.origin,
        )
  }
  const entries = new Map<string, Item>()
  for (const [key, item] of value.entries) {
    const inner = branch.children.get(key) ?? branch.children.get('*')
    entries.set(key, inner === undefined ? item : { ...item, value: visit(item.value, inner, home) })
  }
  return { ...value, entries }
}

function moved(value: Value, home: string): Value {
  const path = stringOf(value)
  const { folder } = value.origin.source
  if (!path || folder === home || isAbsolute(path) || isRemote(path) || /^[\w-]+:/.test(path)) return value
  const uri = resolvePath(folder, path)
  if (uri === undefined) return value
  const relative = uri === home ? '.' : relativePath(home, `${uri}/x`).replace(/\/x$/, '')
  return text(relative.startsWith('.') ? relative : `./${relative}`, value.origin)
}
