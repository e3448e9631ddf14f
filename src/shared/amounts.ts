const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB']

/** Bytes as `docker stats` shows them: `1.5 GiB`. */
export function amount(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${value >= 100 || unit === 0 ? value.toFixed(0) : value.toFixed(1)} ${units[unit]!}`
}

export function percent(value: number): string {
  return `${value.toFixed(value >= 100 ? 0 : 1)} %`
}
