import { plainSpec, type PlainSpec } from '../../shared/docker-run/plain-spec.ts'
import { runProblemText } from '../../shared/docker-run/problem-text.ts'
import { parseRunLine } from '../../shared/docker-run/run-line.ts'
import type { ShellValues } from '../../shared/docker-run/shell-values.ts'
import { t } from '../../shared/l10n.ts'
import { element } from '../elements.ts'

/** The field into which a `docker run` line is pasted; `fill` gets what it says. */
export function pasteField(shell: ShellValues, fill: (spec: PlainSpec) => void): HTMLElement {
  const input = element('textarea', {
    id: 'paste',
    rows: '1',
    spellcheck: 'false',
    'aria-label': t('Paste a docker run line to fill in the form'),
    'aria-describedby': 'paste-said',
    placeholder: t('Paste a docker run line to fill in the form'),
  })
  const said = element('p', { id: 'paste-said', class: 'said', role: 'status' })
  const say = (text: string, wrong: boolean): void => {
    said.textContent = text
    said.classList.toggle('problem', wrong)
    input.setAttribute('aria-invalid', String(wrong))
  }
  const read = (complain: boolean): void => {
    if (input.value.trim() === '') return say('', false)
    const result = parseRunLine(input.value, shell)
    if ('problem' in result) return say(complain ? runProblemText(result.problem) : '', complain)
    fill(plainSpec(result.spec))
    input.value = ''
    const open = result.unexpanded
    say(
      open.length === 0
        ? t('Filled in from the line.')
        : t('Filled in from the line. No shell runs here: write what {0} stands for.', open.join(', ')),
      false,
    )
  }
  // Typing a line by hand is read once it is finished, a pasted one at once.
  input.addEventListener('paste', () => setTimeout(() => read(true)))
  input.addEventListener('change', () => read(true))
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    read(true)
  })
  return element('div', { class: 'paste' }, input, said)
}
