import { t } from '../../shared/l10n.ts'
import { markdown, markdownCode } from '../../shared/sinks.ts'
import type { Context } from '../provider.ts'
import { formatSize } from '../units.ts'
import { join } from '../uri.ts'
import { contextFolder } from './build-context.ts'
import type { DockerfileDoc, Instruction } from './model.ts'
import { copiesFromContext, isRemote, resolvePath, workdirAt } from './paths.ts'
import { usualPorts } from './reference/ports.ts'
import { signalReference } from './reference/signals.ts'
import { scopesOf } from './scope.ts'

/** What is said of the argument with this index: a port, a signal, a path. */
export async function hoverWord(
  doc: DockerfileDoc,
  uri: string,
  instruction: Instruction,
  index: number,
  context: Context,
): Promise<string | undefined> {
  const word = instruction.words[index]!
  const isJson = instruction.json?.state === 'valid'
  const text = isJson ? word.text : (scopesOf(doc).expand(instruction, word.at, word.end) ?? word.text)
  switch (instruction.name) {
    case 'EXPOSE':
      return portText(text)
    case 'STOPSIGNAL': {
      const signal = signalReference(text)
      return signal && `**${signal.name}** (${signal.number})\n\n${signal.about()}`
    }
    case 'WORKDIR': {
      const path = resolvePath(
        workdirAt(doc, instruction) ?? '',
        text,
        workdirAt(doc, instruction) === undefined,
      )
      return path === undefined || path === text ? undefined : t('Here: {0}', markdownCode(path))
    }
    case 'COPY':
    case 'ADD':
      return index === instruction.words.length - 1 && index > 0
        ? destinationText(doc, instruction, text)
        : sourceText(doc, uri, instruction, text, context)
    default:
      return undefined
  }
}

function portText(text: string): string | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/i.exec(text)
  if (match === null) return undefined
  const usual = usualPorts.get(Number(match[1]))
  const protocol = (match[3] ?? 'tcp').toUpperCase()
  const ports = match[2] === undefined ? match[1]! : `${match[1]}–${match[2]}`
  const about = usual === undefined || match[2] !== undefined ? '' : `, ${t('usually {0}', usual)}`
  return `**${ports}** ${protocol}${about}\n\n${t('Reachable from outside when it is published: {0}', `\`docker run -p ${match[1]}:${match[1]}\``)}`
}

function destinationText(doc: DockerfileDoc, instruction: Instruction, text: string): string | undefined {
  const workdir = workdirAt(doc, instruction)
  const path = resolvePath(workdir ?? '', text, workdir === undefined)
  return path === undefined || path === text ? undefined : t('In the image: {0}', markdownCode(path))
}

async function sourceText(
  doc: DockerfileDoc,
  uri: string,
  instruction: Instruction,
  text: string,
  { host, signal }: Context,
): Promise<string | undefined> {
  if (!copiesFromContext(instruction) || isRemote(text) || /[*?[]|^\d*<</.test(text)) return undefined
  const target = join(await contextFolder(doc, uri, host, signal), text.replace(/^\/+/, ''))
  const stat = target === undefined ? undefined : await host.stat(target, signal)
  if (stat === undefined) return undefined
  const name = `**${markdown(text)}**`
  if (stat.kind === 'folder')
    return `${name}\n\n${t('A folder: what is in it is copied, not the folder itself.')}`
  return `${name}\n\n${formatSize(stat.size)}`
}
