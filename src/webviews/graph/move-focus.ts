const directions: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Moves the focus to the nearest service in the direction of an arrow key, or to the first or last one. Answers whether the key was one of these. */
export function moveFocus(frame: HTMLElement, key: string): boolean {
  const services = [...frame.querySelectorAll<SVGGElement>('[data-service]')]
  const current = services.find((service) => service === document.activeElement)
  const next =
    key === 'Home'
      ? services[0]
      : key === 'End'
        ? services.at(-1)
        : nearest(current, services, directions[key])
  if (next === undefined) return key in directions
  current?.setAttribute('tabindex', '-1')
  next.setAttribute('tabindex', '0')
  next.focus()
  return true
}

function nearest(
  from: SVGGElement | undefined,
  services: readonly SVGGElement[],
  direction: readonly [number, number] | undefined,
): SVGGElement | undefined {
  if (direction === undefined || from === undefined) return undefined
  const [dx, dy] = direction
  const here = middleOf(from)
  let best: { readonly service: SVGGElement; readonly cost: number } | undefined
  for (const service of services) {
    const there = middleOf(service)
    const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx)
    const cost = ahead + 2 * aside
    if (ahead > 1 && (best === undefined || cost < best.cost)) best = { service, cost }
  }
  return best?.service
}

function middleOf(element: SVGGElement): { readonly x: number; readonly y: number } {
  const { x, y, width, height } = element.getBoundingClientRect()
  return { x: x + width / 2, y: y + height / 2 }
}
