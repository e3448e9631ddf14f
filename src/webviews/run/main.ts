import type { RunFormOpening, ToRunForm } from '../../commands/run/form-messages.ts'
import { setTranslations } from '../../shared/l10n.ts'
import { RunForm } from './form.ts'
import { kept, post } from './tab.ts'
import './run.css'

const first = JSON.parse(document.querySelector('#data')?.textContent ?? '') as RunFormOpening
setTranslations(first.texts)
let form = open(first)

function open(opening: RunFormOpening): RunForm {
  const made = new RunForm(opening)
  // What is asked before this is not heard.
  post({ type: 'ready', opening: opening.id })
  const entered = kept()
  // A page that was made anew goes on with what was entered in it.
  made.fill(entered?.opening === opening.id ? entered.spec : opening.spec)
  scrollTo(0, 0)
  document.querySelector<HTMLInputElement>('#image')?.focus()
  return made
}

function receive(message: ToRunForm): void {
  switch (message.type) {
    case 'open':
      form.dispose()
      form = open(message.opening)
      return
    case 'away':
      return form.away(message.why)
    case 'choices':
      return form.choices(message.images, message.networks)
    case 'image':
      return form.image(message.name, message.facts)
    case 'profiles':
      return form.profiles(message.image, message.names)
    case 'profile':
      return form.profile(message.spec, message.said)
    case 'problems':
      return form.problems(message)
    case 'busy':
      return form.busy(message.busy)
    case 'step':
      return form.step(message.message, message.layers)
  }
}

window.addEventListener('message', (event: MessageEvent<ToRunForm>) => receive(event.data))
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.run(true)
})
document.addEventListener('input', () => form.touch())
document.addEventListener('click', ({ target }) => {
  if (target instanceof HTMLButtonElement) form.touch()
})
