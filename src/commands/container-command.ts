import type { Engine, Raw } from '../engine/engine.ts'
import { commandLine } from '../shared/shell-words.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { object, string, strings } from './raw.ts'
import { maskWords } from './secrets.ts'
import { table } from './tables.ts'

/** The one command line that a container really runs, and where each part comes from. */
export async function explainCommand(engine: Engine, id: string, signal?: AbortSignal): Promise<string> {
  const raw = await engine.containers.inspect(id, signal)
  const config = object(raw, 'Config')
  const image = await engine.images.inspect(string(raw, 'Image'), signal).catch((): Raw => ({}))
  const known = 'Config' in image
  const words = [string(raw, 'Path'), ...strings(raw, 'Args')].filter((word) => word !== '')
  const origin = (key: 'Entrypoint' | 'Cmd' | 'User' | 'WorkingDir'): string => {
    const here = JSON.stringify(config[key] ?? null)
    if (here === 'null' || here === '""' || here === '[]') return ''
    if (!known) return t('the image, or set when the container was made')
    return here === JSON.stringify(object(image, 'Config')[key] ?? null)
      ? t('from the image')
      : t('set when the container was made')
  }
  const show = (list: readonly string[]): string =>
    list.length === 0 ? t('(none)') : commandLine(maskWords(list))
  const rows = [
    ['ENTRYPOINT', show(strings(config, 'Entrypoint')), origin('Entrypoint')],
    ['CMD', show(strings(config, 'Cmd')), origin('Cmd')],
    ['USER', string(config, 'User') || 'root', origin('User')],
    ['WORKDIR', string(config, 'WorkingDir') || '/', origin('WorkingDir')],
  ]
  const lines = [
    plain(show(words), 10_000),
    '',
    table(rows, 1000),
    '',
    t(
      'ENTRYPOINT and CMD together make the line; CMD is replaced by the command of docker run, ENTRYPOINT by --entrypoint.',
    ),
    ...(strings(config, 'Entrypoint')[0] === '/bin/sh' && strings(config, 'Entrypoint')[1] === '-c'
      ? [
          t(
            'The entrypoint is in shell form: a shell stands between, so CMD is not used and signals reach the shell only.',
          ),
        ]
      : []),
  ]
  return `${lines.join('\n')}\n`
}
