import { t } from '../../../shared/l10n.ts'
import type { TextRange } from '../../../shared/text-range.ts'
import type { Completion, CompletionList } from '../../answers.ts'
import type { Context } from '../../provider.ts'
import type { DockerfileDoc } from '../model.ts'
import { copiesFromContext, workdirAt } from '../paths.ts'
import { usualPorts } from '../reference/ports.ts'
import { signals } from '../reference/signals.ts'
import { flagItems, flagValueItems, mountItems, mountTyping } from './flags.ts'
import { imageItems, stageItems } from './images.ts'
import { directiveItems, keywordItems } from './keywords.ts'
import { labelItems } from './labels.ts'
import { pathItems } from './paths.ts'
import { placeAt, type ArgumentPlace } from './place.ts'
import { declarationItems, variableItems, variableTyped } from './variables.ts'
import { withWordEnd } from './word-end.ts'

const list = (items: readonly Completion[]): CompletionList => ({ items, incomplete: false })

export async function complete(
  doc: DockerfileDoc,
  uri: string,
  offset: number,
  context: Context,
  typedCharacter?: string,
): Promise<CompletionList> {
  const { items, incomplete } = await listAt(doc, uri, offset, context, typedCharacter)
  return { items: items.map((item) => withWordEnd(item, doc.text)), incomplete }
}

async function listAt(
  doc: DockerfileDoc,
  uri: string,
  offset: number,
  context: Context,
  typedCharacter: string | undefined,
): Promise<CompletionList> {
  const place = placeAt(doc, offset)
  if (place === undefined) return list([])
  if (place.kind === 'directive') return list(directiveItems(doc, place.typed, place.range))
  if (place.kind === 'keyword') return list(keywordItems(doc, place.range, place.inTrigger))
  const variable = variableTyped(place.typed)
  if (variable !== undefined) {
    const range = { start: offset - variable.name.length, end: offset }
    return list(variableItems(doc, place.instruction, range, variable.braced))
  }
  if (place.kind === 'body') return list([])
  // A list that opens by itself behind RUN would stand in the way of the command.
  if (typedCharacter === ' ' && ['RUN', 'CMD', 'ENTRYPOINT'].includes(place.instruction.name)) return list([])
  if (place.flagsAllowed && place.typed.startsWith('-')) return completeFlag(doc, uri, place, context)
  const items = await completeArgument(doc, uri, place, context)
  if (!place.flagsAllowed || place.typed !== '') return items
  return { ...items, items: [...flagItems(place.instruction, place.range), ...items.items] }
}

async function completeFlag(
  doc: DockerfileDoc,
  uri: string,
  place: ArgumentPlace,
  context: Context,
): Promise<CompletionList> {
  const { instruction, typed, range } = place
  const match = /^--([\w-]+)=(.*)$/s.exec(typed)
  if (match === null) return list(flagItems(instruction, range))
  const [, name, value] = match as unknown as [string, string, string]
  const valueRange = { start: range.end - value.length, end: range.end }
  if (instruction.name === 'COPY' && name === 'from')
    return completeSource(doc, place, value, valueRange, context)
  if (instruction.name !== 'RUN' || name !== 'mount')
    return list(flagValueItems(instruction, name, valueRange))
  const typing = mountTyping(value)
  const partRange = { start: range.end - typing.typed.length, end: range.end }
  if (typing.key === 'from') return completeSource(doc, place, typing.typed, partRange, context)
  const fromContext = !value.split(',').some((field) => field.startsWith('from='))
  if (
    (typing.key === 'source' || typing.key === 'src') &&
    (typing.type?.name ?? 'bind') === 'bind' &&
    fromContext
  )
    return list(await pathItems(doc, uri, typing.typed, partRange, context))
  return list(mountItems(typing, partRange))
}

/** A stage or an image to copy from. */
async function completeSource(
  doc: DockerfileDoc,
  { instruction }: ArgumentPlace,
  typed: string,
  range: TextRange,
  context: Context,
): Promise<CompletionList> {
  const stages = stageItems(doc, doc.stages[instruction.stage]?.from.range.start ?? 0, typed, range, true)
  const images = await imageItems(typed, range, context)
  // There is nothing to take from it.
  const full = images.items.filter(({ label }) => label !== 'scratch')
  return { items: [...stages, ...full], incomplete: images.incomplete }
}

/** Paths of the build context in a string of the JSON form that is open at the cursor. */
async function pathsInJson(
  doc: DockerfileDoc,
  uri: string,
  { typed, range }: ArgumentPlace,
  context: Context,
): Promise<readonly Completion[]> {
  const inside = /^(?:\[|"[^"]*"|,)*"([^"\\]*)$/.exec(typed)?.[1]
  if (inside === undefined) return []
  return pathItems(doc, uri, inside, { start: range.end - inside.length, end: range.end }, context)
}

async function completeArgument(
  doc: DockerfileDoc,
  uri: string,
  place: ArgumentPlace,
  context: Context,
): Promise<CompletionList> {
  const { instruction, typed, range, index, before } = place
  const values = (texts: readonly { readonly label: string; readonly about?: string }[]): CompletionList =>
    list(
      texts.map(({ label, about }, at) => ({
        label,
        kind: 'value',
        edit: { range, newText: label },
        sort: at.toString().padStart(3, '0'),
        ...(about !== undefined && { detail: about }),
      })),
    )
  switch (instruction.name) {
    case 'FROM': {
      if (index === 1)
        return values([{ label: instruction.keyword === 'from' ? 'as' : 'AS', about: t('names the stage') }])
      if (index > 0) return list([])
      const images = await imageItems(typed, range, context)
      return {
        ...images,
        items: [...stageItems(doc, instruction.range.start, typed, range, false), ...images.items],
      }
    }
    case 'COPY':
    case 'ADD': {
      if (!copiesFromContext(instruction)) return list([])
      if (/^[[",]/.test(typed)) return list(await pathsInJson(doc, uri, place, context))
      const paths = await pathItems(doc, uri, typed, range, context)
      const workdir = workdirAt(doc, instruction)
      if (before.length === 0 || typed.includes('/') || workdir === undefined) return list(paths)
      const destinations = ['./', `${workdir.replace(/\/$/, '')}/`].map((path): Completion => ({
        label: path,
        kind: 'folder',
        edit: { range, newText: path },
        detail: t('destination'),
        sort: `0${path}`,
      }))
      return list([...destinations, ...paths.map((path) => ({ ...path, sort: `1${path.sort ?? ''}` }))])
    }
    case 'EXPOSE':
      if (typed.includes('/'))
        return list(
          ['tcp', 'udp', 'sctp'].map((protocol) => ({
            label: protocol,
            kind: 'value',
            edit: {
              range: { start: range.end - (typed.length - typed.indexOf('/') - 1), end: range.end },
              newText: protocol,
            },
          })),
        )
      return values([...usualPorts].map(([port, about]) => ({ label: String(port), about })))
    case 'STOPSIGNAL':
      return index > 0
        ? list([])
        : values(signals.map(({ name, about }) => ({ label: name, about: about() })))
    case 'HEALTHCHECK':
      return index > 0
        ? list([])
        : values([
            { label: 'CMD', about: t('the command to check with') },
            { label: 'NONE', about: t('no check, whatever the base image says') },
          ])
    case 'ARG':
      return typed.includes('=') ? list([]) : list(declarationItems(doc, instruction, range))
    case 'LABEL':
      return typed.includes('=') ? list([]) : list(labelItems(doc, instruction, range))
    case 'SHELL':
      return index > 0 || typed.length > 1
        ? list([])
        : values(
            ['["/bin/sh", "-c"]', '["/bin/bash", "-o", "pipefail", "-c"]', '["powershell", "-Command"]'].map(
              (label) => ({ label }),
            ),
          )
    case 'USER':
      return index > 0
        ? list([])
        : values([
            { label: 'nobody' },
            { label: '10001:10001', about: t('works without an entry in /etc/passwd') },
            { label: 'root' },
          ])
    default:
      return list([])
  }
}
