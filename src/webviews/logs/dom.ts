type Attributes = Readonly<Record<string, string | number | boolean | undefined>>

/** An element; `true` sets an attribute without a value, `false` and undefined leave it out. Text goes in as text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue
    made.setAttribute(name, value === true ? '' : String(value))
  }
  made.append(...children)
  return made
}

/** A button; `name` says what it does where its face is a sign. */
export function button(face: string, name: string, press: () => void, kind = ''): HTMLButtonElement {
  const made = element('button', { type: 'button', class: kind, title: name, 'aria-label': name }, face)
  made.addEventListener('click', press)
  return made
}

/** A button that is on or off. */
export function toggle(face: string, name: string, change: (on: boolean) => void, kind = ''): Toggle {
  const made = button(
    face,
    name,
    () => {
      set(made.getAttribute('aria-pressed') !== 'true')
      change(made.getAttribute('aria-pressed') === 'true')
    },
    `toggle ${kind}`,
  )
  const set = (on: boolean): void => made.setAttribute('aria-pressed', String(on))
  set(false)
  return { element: made, set }
}

export interface Toggle {
  readonly element: HTMLButtonElement
  set(on: boolean): void
}

/** A button that opens a small panel below it; Escape and a click elsewhere close it. */
export function dropDown(face: string, name: string, ...content: readonly Node[]): DropDown {
  const summary = element('summary', { title: name, 'aria-label': name, role: 'button' }, face)
  const panel = element('div', { class: 'pop' }, ...content)
  const details = element('details', { class: 'drop-down' }, summary, panel)
  const close = (): void => {
    details.open = false
  }
  details.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !details.open) return
    event.stopPropagation()
    close()
    summary.focus()
  })
  document.addEventListener('pointerdown', (event) => {
    if (!(event.target instanceof Node) || !details.contains(event.target)) close()
  })
  return {
    element: details,
    close,
    setFace: (text) => {
      summary.textContent = text
    },
  }
}

export interface DropDown {
  readonly element: HTMLElement
  close(): void
  setFace(text: string): void
}

export function listen<K extends keyof HTMLElementEventMap>(
  target: HTMLElement,
  type: K,
  call: (event: HTMLElementEventMap[K]) => void,
): void {
  target.addEventListener(type, call)
}
