import type { Engine, Raw } from '../engine/engine.ts'
import { commandLine } from '../shared/shell-words.ts'
import { t } from '../shared/l10n.ts'
import { plain } from '../shared/sinks.ts'
import { object, string, strings } from './raw.ts'
import { maskWords } from './secrets.ts'
import { table } from './tables.ts'

/** One part of what a container runs, and where it comes from; an empty value for a part that is not there. */
export interface CommandPart {
  readonly name: 'ENTRYPOINT' | 'CMD' | 'USER' | 'WORKDIR'
  readonly value: string
  readonly origin: string
}

export interface WhatRuns {
  /** The one command line, as the engine has put it together. */
  readonly line: string
  readonly parts: readonly CommandPart[]
}

/** What a container runs, of what its engine told of it and of its image; undefined for an image that is gone. Secrets are masked. */
export function whatRuns(raw: Raw, image: Raw | undefined): WhatRuns {
  const config = object(raw, 'Config')
  const origin = (key: 'Entrypoint' | 'Cmd' | 'User' | 'WorkingDir'): string => {
    const here = JSON.stringify(config[key] ?? null)
    if (here === 'null' || here === '""' || here === '[]') return ''
    if (image === undefined) return t('the image, or set when the container was made')
    return here === JSON.stringify(object(image, 'Config')[key] ?? null)
      ? t('from the image')
      : t('set when the container was made')
  }
  const line = (words: readonly string[]): string => commandLine(maskWords(words))
  return {
    line: line([string(raw, 'Path'), ...strings(raw, 'Args')].filter((word) => word !== '')),
    parts: [
      { name: 'ENTRYPOINT', value: line(strings(config, 'Entrypoint')), origin: origin('Entrypoint') },
      { name: 'CMD', value: line(strings(config, 'Cmd')), origin: origin('Cmd') },
      { name: 'USER', value: string(config, 'User'), origin: origin('User') },
      { name: 'WORKDIR', value: string(config, 'WorkingDir'), origin: origin('WorkingDir') },
    ],
  }
}

/** The image that a container was made of; undefined when it is gone. */
export const imageOf = (engine: Engine, raw: Raw, signal?: AbortSignal): Promise<Raw | undefined> =>
  engine.images.inspect(string(raw, 'Image'), signal).catch(() => undefined)

/** The one command line that a container really runs, and where each part comes from. */
export async function explainCommand(engine: Engine, id: string, signal?: AbortSignal): Promise<string> {
  const raw = await engine.containers.inspect(id, signal)
  const { line, parts } = whatRuns(raw, await imageOf(engine, raw, signal))
  const standard = { ENTRYPOINT: t('(none)'), CMD: t('(none)'), USER: 'root', WORKDIR: '/' }
  const entrypoint = strings(object(raw, 'Config'), 'Entrypoint')
  const lines = [
    plain(line === '' ? t('(none)') : line, 10_000),
    '',
    table(
      parts.map(({ name, value, origin }) => [name, value === '' ? standard[name] : value, origin]),
      1000,
    ),
    '',
    t(
      'ENTRYPOINT and CMD together make the line; CMD is replaced by the command of docker run, ENTRYPOINT by --entrypoint.',
    ),
    ...(entrypoint[0] === '/bin/sh' && entrypoint[1] === '-c'
      ? [
          t(
            'The entrypoint is in shell form: a shell stands between, so CMD is not used and signals reach the shell only.',
          ),
        ]
      : []),
  ]
  return `${lines.join('\n')}\n`
}
