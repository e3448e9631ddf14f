import { t } from '../../../shared/l10n.ts'
import type { DockerfileDoc, Flag, Instruction } from '../../dockerfile/model.ts'
import { defineRule } from '../define-rule.ts'
import { fixOf, replace } from '../facts/edits.ts'
import { fitsMountKey, mountKeyKinds, mountKeyTypes, mountTypes } from '../facts/mounts.ts'
import { nearest } from '../facts/near.ts'
import { type MountKey, mountsOf, mountValue, rootImage, stageChain } from '../facts/stages.ts'
import type { Report } from '../rule.ts'

export default defineRule({
  id: 'mount-invalid',
  aliases: [],
  severity: 'error',
  fixable: 'suggestion',
  summary: '`RUN --mount` with a wrong type, key or value',
  why: 'The build stops. Which keys there are depends on the type of the mount.',
  references: ['https://docs.docker.com/reference/dockerfile/#run---mount'],
  examples: [
    {
      bad: 'FROM alpine:3\nRUN --mount=type=«cach»,target=/a b\n',
      good: 'FROM alpine:3\nRUN --mount=type=cache,target=/a b\n',
    },
    {
      bad: 'FROM alpine:3\nWORKDIR /w\nRUN --mount=«foo» --mount=type=cache,target=/a,«sharing=x»,«uid=x»,«mode=9» b\n',
      good: 'FROM alpine:3\nRUN --mount=target=/a --mount=type=cache,target=/a,sharing=locked,uid=1,mode=0755,ro b\n',
      fixed: false,
    },
    {
      bad: 'FROM alpine:3\nRUN --mount=target=/a,«mode=0600» --mount=type=secret,id=a,«source=b» --mount=«type=secret» --mount=type=tmpfs,target=«/» b\n',
      good: 'FROM alpine:3\nRUN --mount=type=secret,id=a,env=B,required --mount=type=ssh --mount=type=tmpfs,target=/a,size=10m b\n',
      fixed: false,
    },
    {
      bad: 'FROM alpine:3\nRUN --mount=target=«.» b\n',
      good: 'FROM alpine:3\nWORKDIR /w\nRUN --mount=target=. b\n',
      fixed: false,
    },
    {
      bad: 'FROM alpine:3\nRUN --mount=from=«$A»,target=/a b\n',
      good: 'FROM alpine:3\nRUN --mount=from=a,target=/a b\n',
      fixed: false,
    },
  ],
  *check(doc, context) {
    for (const instruction of context.named('RUN'))
      if (instruction.flags.length > 0) {
        const mounts = mountsOf(doc, instruction)
        const flags = instruction.flags.filter(({ name }) => name === 'mount')
        for (const [index, flag] of flags.entries())
          if (flag.valueRange) yield* checkMount(doc, flag, mounts[index]!, instruction)
      }
  },
})

/** Whether the working directory is surely `/`, so that a mount without a target would be there. */
function startsAtRoot(doc: DockerfileDoc, instruction: Instruction): boolean {
  const stage = doc.stages[instruction.stage]
  if (!stage) return false
  const root = /^(scratch|(library\/)?(alpine|debian|ubuntu|busybox)(:.*)?)$/.test(rootImage(doc, stage))
  return (
    root &&
    !stageChain(doc, stage).some(({ instructions }) => instructions.some(({ name }) => name === 'WORKDIR'))
  )
}

function* checkMount(
  doc: DockerfileDoc,
  flag: Flag,
  keys: readonly MountKey[],
  instruction: Instruction,
): Generator<Report> {
  const type = (mountValue(keys, 'type') ?? 'bind').toLowerCase()
  if (/[\r\n]/.test(doc.text.slice(flag.valueRange!.start, flag.valueRange!.end))) return
  if (flag.value === '') {
    yield { range: flag.range, message: t('`--mount` needs keys: `type=…,target=…`.') }
    return
  }
  for (const entry of keys) yield* checkKey(entry, type)
  const has = (...names: string[]): MountKey | undefined => keys.find(({ key }) => names.includes(key))
  if (type === 'secret') {
    const source = has('source', 'src')
    if (source && has('id'))
      yield { range: source.range, message: t('A secret has an `id` or a `source`, not both.') }
    if (!source && !has('id') && !has('target', 'dst', 'destination'))
      yield { range: flag.valueRange!, message: t('A secret needs an `id`.') }
  } else if (type !== 'ssh') {
    const target = has('target', 'dst', 'destination')
    if (!target && mountTypes.includes(type) && startsAtRoot(doc, instruction))
      yield { range: flag.range, message: t('The mount needs a `target`.') }
    const isRoot =
      target?.value === '/' || (/^\.\/?$/.test(target?.value ?? '') && startsAtRoot(doc, instruction))
    if (target?.valueRange && isRoot)
      yield { range: target.valueRange, message: t('Nothing can be mounted at `/`.') }
  }
}

function* checkKey({ key, value, keyRange, valueRange, range }: MountKey, type: string): Generator<Report> {
  const kind = Object.hasOwn(mountKeyKinds, key) ? mountKeyKinds[key]! : undefined
  if (kind === undefined) {
    const meant = nearest(key, Object.keys(mountKeyKinds))
    yield value === undefined
      ? { range, message: t('`{0}` is no key with a value.', key) }
      : {
          range: keyRange,
          message:
            meant === undefined
              ? t('A mount has no key `{0}`.', key)
              : t('A mount has no key `{0}`. Is `{1}` meant?', key, meant),
          ...(meant !== undefined && {
            suggestions: [fixOf(t('Change to `{0}`', meant), replace(keyRange, meant))],
          }),
        }
    return
  }
  const types = mountKeyTypes[key]
  if (types && mountTypes.includes(type) && !types.includes(type))
    yield { range, message: t('A mount of type `{0}` has no `{1}`.', type, key) }
  else if (value === undefined) {
    if (kind !== 'boolean') yield { range, message: t('`{0}` needs a value.', key) }
  } else if (key === 'from' && value.includes('$'))
    yield {
      range: valueRange!,
      message: t('`from` takes no variable; name the image in a `FROM` of its own.'),
    }
  else if (!fitsMountKey(kind, value)) {
    const meant = kind === 'type' ? nearest(value, mountTypes) : undefined
    yield {
      range: kind === 'type' ? valueRange! : range,
      message: t('`{0}` cannot be `{1}`.', key, value),
      ...(meant !== undefined && {
        suggestions: [fixOf(t('Change to `{0}`', meant), replace(valueRange!, meant))],
      }),
    }
  }
}
