/** An element with attributes and children; text goes in as text, never as markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...children)
  return made
}

export function button(
  text: string,
  press: () => void,
  kind = 'secondary',
  name?: string,
): HTMLButtonElement {
  const made = element(
    'button',
    { type: 'button', class: kind, ...(name === undefined ? {} : { 'aria-label': name, title: name }) },
    text,
  )
  made.addEventListener('click', press)
  return made
}
