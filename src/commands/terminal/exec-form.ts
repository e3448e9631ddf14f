import { t } from '../../shared/l10n.ts'
import { commandLine, splitWords } from '../../shared/shell-words.ts'
import { maskVariable } from '../../shared/masking.ts'
import { plain } from '../../shared/sinks.ts'
import type { Choice, Ui } from '../ui.ts'
import type { ExecSettings } from './open-shell.ts'

/** What is run and how; an empty line is the container's best shell. */
export interface ExecForm extends ExecSettings {
  readonly line: string
  /** In a terminal, or to its end with its output as a document. */
  readonly terminal: boolean
}

type Field = 'run' | 'line' | 'user' | 'workingDir' | 'env' | 'privileged' | 'terminal'

/** A form for the keyboard alone: each field is a line of a list; choosing it changes it, the first line runs. */
export async function askExec(ui: Ui, title: string, initial: ExecForm): Promise<ExecForm | undefined> {
  let form = initial
  for (;;) {
    const field = await ui.pick(fields(form), { title, placeholder: t('Choose a line to change it') })
    if (field === undefined) return undefined
    if (field === 'run') return form
    form = (await changed(ui, title, form, field)) ?? form
  }
}

function fields(form: ExecForm): readonly Choice<Field>[] {
  const theImages = t('what the image says')
  return [
    {
      label: t('Run'),
      description: form.line === '' ? t('the shell') : plain(form.line, 100),
      icon: 'play',
      value: 'run',
    },
    {
      label: t('Command line'),
      description: form.line === '' ? t('the best shell of the container') : plain(form.line, 100),
      icon: 'terminal',
      value: 'line',
    },
    {
      label: t('User'),
      description: form.user === undefined ? theImages : plain(form.user, 60),
      icon: 'person',
      value: 'user',
    },
    {
      label: t('Working directory'),
      description: form.workingDir === undefined ? theImages : plain(form.workingDir, 100),
      icon: 'folder',
      value: 'workingDir',
    },
    {
      label: t('Environment'),
      description:
        form.env === undefined
          ? theImages
          : form.env.map((entry) => plain(maskVariable(entry), 40)).join(' '),
      icon: 'symbol-variable',
      value: 'env',
    },
    {
      label: t('Privileged'),
      description: form.privileged === true ? t('yes') : t('no'),
      icon: 'shield',
      value: 'privileged',
    },
    {
      label: t('Shown as'),
      description: form.terminal ? t('a terminal to type into') : t('its output and exit code'),
      icon: 'output',
      value: 'terminal',
    },
  ]
}

async function changed(ui: Ui, title: string, form: ExecForm, field: Field): Promise<ExecForm | undefined> {
  switch (field) {
    case 'line': {
      const line = await ui.input({
        title,
        prompt: t('Command line for the shell of the container; empty opens the shell itself'),
        value: form.line,
        placeholder: 'env',
      })
      if (line === undefined) return undefined
      return { ...form, line: line.trim(), terminal: line.trim() === '' ? true : form.terminal }
    }
    case 'user':
      return withText(form, 'user', await askUser(ui, title, form.user))
    case 'workingDir':
      return withText(form, 'workingDir', await askFolder(ui, title, form.workingDir))
    case 'env': {
      const { env: before, ...rest } = form
      const written = await ui.input({
        title,
        prompt: t('Variables as NAME=value, separated by blanks; quotes as in a shell. Empty: none'),
        value: commandLine(before ?? []),
        placeholder: 'DEBUG=1 GREETING="good day"',
        validate: (value) =>
          variables(value) === undefined ? t('NAME=value is needed, such as DEBUG=1.') : undefined,
      })
      const env = written === undefined ? undefined : variables(written)
      if (env === undefined) return undefined
      return env.length === 0 ? rest : { ...rest, env }
    }
    case 'privileged':
      return { ...form, privileged: form.privileged !== true }
    case 'terminal':
      return { ...form, terminal: !form.terminal || form.line === '' }
    case 'run':
      return form
  }
}

export async function askUser(ui: Ui, title: string, value = ''): Promise<string | undefined> {
  return ui.input({
    title,
    prompt: t('User, or user:group; empty takes the one of the image'),
    value,
    placeholder: 'root',
  })
}

export async function askFolder(ui: Ui, title: string, value = ''): Promise<string | undefined> {
  return ui.input({
    title,
    prompt: t('Folder in the container; empty takes the one of the image'),
    value,
    placeholder: '/app',
    validate: (path) =>
      path === '' || path.startsWith('/') || /^[a-z]:\\/i.test(path)
        ? undefined
        : t('An absolute path is needed, such as /app.'),
  })
}

function withText(
  form: ExecForm,
  field: 'user' | 'workingDir',
  value: string | undefined,
): ExecForm | undefined {
  if (value === undefined) return undefined
  const { [field]: _, ...rest } = form
  return value.trim() === '' ? rest : { ...rest, [field]: value.trim() }
}

/** Undefined where something is not a variable. */
function variables(written: string): readonly string[] | undefined {
  if (written.trim() === '') return []
  const read = splitWords(written)
  if (!('words' in read)) return undefined
  return read.words.every((word) => /^[^=\s]+=/.test(word)) ? read.words : undefined
}
