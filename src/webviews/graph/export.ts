const properties = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-style',
] as const

/** The picture as a document of its own: what the page's styles give, in the colours of the theme, becomes part of each element. */
export function exported(svg: SVGElement): string {
  const copy = svg.cloneNode(true) as SVGElement
  const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')]
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  copies.forEach((element, index) => {
    const original = originals[index]
    if (original === undefined || element.localName === 'title') return
    const style = getComputedStyle(original)
    for (const property of properties) {
      const value = style.getPropertyValue(property)
      if (value !== '' && value !== 'none' && value !== 'normal') element.setAttribute(property, value)
      else if (property === 'fill' && value === 'none') element.setAttribute('fill', 'none')
    }
    for (const name of ['class', 'tabindex', 'role']) element.removeAttribute(name)
  })
  const { width, height } = (svg as SVGSVGElement).viewBox.baseVal
  copy.setAttribute('width', String(width))
  copy.setAttribute('height', String(height))
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  ground.setAttribute('width', '100%')
  ground.setAttribute('height', '100%')
  ground.setAttribute('fill', getComputedStyle(document.body).backgroundColor)
  copy.prepend(ground)
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(copy)}\n`
}
