import type { TextRange } from '../../../shared/text-range.ts'
import { t } from '../../../shared/l10n.ts'
import type { Completion } from '../../answers.ts'
import type { Instruction } from '../model.ts'
import { flagReference, flagsOf } from '../reference/flags.ts'
import { mountKey, mountType, mountTypes, type MountType } from '../reference/mounts.ts'

export function flagItems(instruction: Instruction, range: TextRange): Completion[] {
  return flagsOf(instruction.name)
    .filter(
      ({ name, repeats }) =>
        repeats === true ||
        !instruction.flags.some((flag) => flag.name === name && flag.range.end < range.start),
    )
    .map(({ name, value, about, since }, index) => ({
      label: `--${name}`,
      kind: 'flag',
      edit: { range, newText: value === undefined ? `--${name} ` : `--${name}=` },
      documentation: about(),
      ...(since !== undefined && { detail: t('since {0}', since) }),
      sort: `0${index.toString().padStart(2, '0')}`,
      ...(value !== undefined && { again: true }),
    }))
}

export function flagValueItems(instruction: Instruction, name: string, range: TextRange): Completion[] {
  return (flagReference(instruction.name, name)?.values ?? []).map((value, index) => ({
    label: value,
    kind: 'value',
    edit: { range, newText: value },
    sort: index.toString().padStart(2, '0'),
  }))
}

/** The part of `type=cache,target=/x,sha` that is being typed. */
export interface MountTyping {
  readonly type: MountType | undefined
  /** The keys that are there already. */
  readonly used: readonly string[]
  /** The key, once a `=` is typed. */
  readonly key: string | undefined
  readonly typed: string
}

export function mountTyping(value: string): MountTyping {
  const fields = value.split(',')
  const last = fields.at(-1) ?? ''
  const earlier = fields.slice(0, -1).map((field) => field.split('='))
  const equals = last.indexOf('=')
  return {
    type: mountType(earlier.find(([key]) => key === 'type')?.[1] ?? ''),
    used: earlier.map(([key]) => key ?? ''),
    key: equals < 0 ? undefined : last.slice(0, equals).toLowerCase(),
    typed: last.slice(equals + 1),
  }
}

export function mountItems({ type, used, key }: MountTyping, range: TextRange): Completion[] {
  if (key === 'type')
    return mountTypes.map(({ name, about }) => ({
      label: name,
      kind: 'value',
      edit: { range, newText: name },
      documentation: about(),
    }))
  if (key !== undefined) {
    if (key === 'target' && type?.name === 'cache')
      return cacheFolders.map((folder) => ({
        label: folder.path,
        kind: 'folder',
        edit: { range, newText: folder.path },
        detail: folder.tool,
      }))
    return (mountKey(type, key)?.values ?? []).map((value) => ({
      label: value,
      kind: 'value',
      edit: { range, newText: value },
    }))
  }
  if (used.length === 0)
    return [{ label: 'type=', kind: 'property', edit: { range, newText: 'type=' }, again: true }]
  const keys = type?.keys ?? mountTypes[0]!.keys
  return keys
    .filter(({ name, aliases }) => !used.includes(name) && !aliases.some((alias) => used.includes(alias)))
    .map(({ name, alone, about, values }) => ({
      label: alone === true ? name : `${name}=`,
      kind: 'property',
      edit: { range, newText: alone === true ? name : `${name}=` },
      documentation: about(),
      ...(values !== undefined || name === 'from' || name === 'target' ? { again: true } : {}),
    }))
}

/** Where tools keep what they download. */
const cacheFolders: readonly { readonly path: string; readonly tool: string }[] = [
  { path: '/root/.cache/pip', tool: 'pip' },
  { path: '/root/.cache/uv', tool: 'uv' },
  { path: '/root/.npm', tool: 'npm' },
  { path: '/usr/local/share/.cache/yarn', tool: 'yarn' },
  { path: '/root/.local/share/pnpm/store', tool: 'pnpm' },
  { path: '/var/cache/apt', tool: 'apt' },
  { path: '/var/lib/apt', tool: 'apt' },
  { path: '/etc/apk/cache', tool: 'apk' },
  { path: '/var/cache/dnf', tool: 'dnf' },
  { path: '/go/pkg/mod', tool: 'go' },
  { path: '/root/.cache/go-build', tool: 'go' },
  { path: '/usr/local/cargo/registry', tool: 'cargo' },
  { path: '/root/.m2', tool: 'maven' },
  { path: '/root/.gradle', tool: 'gradle' },
  { path: '/root/.nuget/packages', tool: 'dotnet' },
  { path: '/root/.composer/cache', tool: 'composer' },
  { path: '/usr/local/bundle/cache', tool: 'bundler' },
]
