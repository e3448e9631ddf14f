import type { Scroller } from './scroller.ts'
import type { Selection } from './selection.ts'
import type { Toolbar } from './toolbar.ts'

export interface KeyboardParts {
  readonly pane: HTMLElement
  readonly scroller: Scroller
  readonly selection: Selection
  readonly toolbar: Toolbar
  toggle(seq: number): void
  copy(times: boolean): void
  step(direction: 1 | -1): void
}

/** Keys and clicks of the lines; and the keys that work everywhere on the page. */
export function keyboard(parts: KeyboardParts): void {
  const { pane, selection, toolbar } = parts
  pane.addEventListener('keydown', (event) => {
    if (onPane(event, parts)) event.preventDefault()
  })
  document.addEventListener('keydown', (event) => {
    const key = event.key.toLowerCase()
    const command = event.ctrlKey || event.metaKey
    if (command && key === 'f' && !event.shiftKey) {
      const selected = window.getSelection()?.toString() ?? ''
      if (selected !== '' && !selected.includes('\n')) {
        toolbar.find.input.value = selected.slice(0, 2000)
        toolbar.find.input.dispatchEvent(new Event('input'))
      }
      toolbar.find.input.focus()
      toolbar.find.input.select()
    } else if (event.key === 'F3') parts.step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Escape' && event.target instanceof HTMLInputElement) pane.focus()
    else return
    event.preventDefault()
  })
  document.addEventListener('copy', (event) => {
    if (document.activeElement !== pane || window.getSelection()?.isCollapsed === false) return
    if (selection.range === undefined) return
    event.preventDefault()
    parts.copy(false)
  })
  pane.addEventListener('mousedown', (event) => {
    if (!event.shiftKey || event.button !== 0) return
    const seq = seqOf(event.target)
    if (seq === undefined) return
    // Shift selects lines here, not letters.
    event.preventDefault()
    selection.set(seq, true)
    pane.focus()
  })
  pane.addEventListener('click', (event) => {
    const seq = seqOf(event.target)
    if (seq === undefined || event.shiftKey || window.getSelection()?.isCollapsed === false) return
    selection.set(seq)
  })
  pane.addEventListener('focus', () => {
    if (selection.current === undefined) selection.move(0, false)
  })
}

function onPane(event: KeyboardEvent, parts: KeyboardParts): boolean {
  const { scroller, selection, toolbar, pane } = parts
  const command = event.ctrlKey || event.metaKey
  if (event.target !== pane || event.altKey) return false
  switch (event.key) {
    case 'ArrowDown':
      if (command) scroller.scrollBy(scroller.lineHeight)
      else selection.move(1, event.shiftKey)
      return true
    case 'ArrowUp':
      if (command) scroller.scrollBy(-scroller.lineHeight)
      else selection.move(-1, event.shiftKey)
      return true
    case 'PageDown':
      scroller.scrollBy(pane.clientHeight - scroller.lineHeight)
      selection.move(scroller.fits - 1, event.shiftKey)
      return true
    case 'PageUp':
      scroller.scrollBy(scroller.lineHeight - pane.clientHeight)
      selection.move(1 - scroller.fits, event.shiftKey)
      return true
    case 'Home':
      scroller.jump(0)
      selection.set(undefined)
      return true
    case 'End':
      scroller.toEnd()
      selection.set(undefined)
      return true
    case 'ArrowLeft':
      pane.scrollBy({ left: -80 })
      return true
    case 'ArrowRight':
      pane.scrollBy({ left: 80 })
      return true
    case 'Enter':
      if (selection.current !== undefined) parts.toggle(selection.current)
      return true
  }
  if (command) {
    if (event.key.toLowerCase() === 'a') {
      selection.select(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)
      return true
    }
    if (event.key.toLowerCase() === 'c' && event.shiftKey) {
      parts.copy(true)
      return true
    }
    return false
  }
  switch (event.key) {
    case '/':
      toolbar.find.input.focus()
      return true
    case 'f':
      toolbar.include.input.focus()
      return true
    case 'n':
      parts.step(1)
      return true
    case 'N':
      parts.step(-1)
      return true
    case 'h': {
      const selected = window.getSelection()?.toString() ?? ''
      if (selected !== '') toolbar.highlights.add(selected)
      return true
    }
  }
  return false
}

/** The line that an element of the page belongs to; none for buttons and links in it. */
function seqOf(target: EventTarget | null): number | undefined {
  if (!(target instanceof Element) || target.closest('button, a') !== null) return undefined
  const row = target.closest('.row')
  return row === null ? undefined : Number(row.id.slice(4))
}
