import { t } from '../../../shared/l10n.ts'
import { markdown, markdownCode } from '../../../shared/sinks.ts'
import { imageFacts } from '../../dockerfile/hover-image.ts'
import type { Context } from '../../provider.ts'
import type { OpenProject } from '../open.ts'
import { isReadOnly, parseMount } from '../project/mounts.ts'
import { parsePort, printRange } from '../project/ports.ts'
import { portWords } from '../project/port-words.ts'
import { knownText } from './effective.ts'

/** What is known of an image, whose name may be made of variables. */
export async function imageNote(
  open: OpenProject,
  written: string,
  context: Context,
): Promise<string | undefined> {
  const name = knownText(open, written) ?? written
  if (name === '') return undefined
  const facts = name.includes('$') ? [] : await imageFacts(name, context)
  return [`**${markdown(name)}**`, ...facts].join('\n\n')
}

/** What the parts of a port in short form say. */
export function portNote(open: OpenProject, written: string): string | undefined {
  const port = parsePort(knownText(open, written) ?? written)
  if (typeof port !== 'string') {
    const published = port.published === undefined ? '' : printRange(port.published)
    return portSentence(printRange(port.target), port.protocol, published, port.hostIp)
  }
  const words = written.includes('$') ? portWords(written) : undefined
  // One variable alone can be all of it.
  if (words === undefined || (words.published === '' && words.target.startsWith('$'))) return undefined
  return portSentence(words.target, words.protocol, words.published, words.hostIp)
}

function portSentence(target: string, protocol: string, published: string, hostIp: string): string {
  const inside = markdownCode(`${target}/${protocol}`)
  if (published === '') return t('Port {0} of the container, on a free port of the host.', inside)
  return t(
    'Port {0} of the host, on {1}, leads to port {2} of the container.',
    markdownCode(published),
    hostIp === '' ? t('every interface') : markdownCode(hostIp),
    inside,
  )
}

/** What the parts of a volume in short form say. */
export function mountNote(open: OpenProject, written: string): string | undefined {
  const mount = parseMount(knownText(open, written) ?? written)
  if (typeof mount === 'string') return undefined
  const target = markdownCode(mount.target)
  const source = markdownCode(mount.source)
  const access = isReadOnly(mount) ? t('read-only') : t('read and write')
  if (mount.source === '') return t('A nameless volume at {0}.', target)
  // No name of a volume has a slash in it, whatever the variable before it stands for.
  if (mount.type === 'bind' || (mount.source.startsWith('$') && /[\\/][^{}]*$/.test(mount.source)))
    return t('The path {0} of the host, at {1} in the container ({2}).', source, target, access)
  return mount.source.startsWith('$')
    ? t(
        '{0}, a path of the host or the name of a volume, at {1} in the container ({2}).',
        source,
        target,
        access,
      )
    : t('The volume {0}, at {1} in the container ({2}).', source, target, access)
}
