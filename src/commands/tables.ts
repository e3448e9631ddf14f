import { plain } from '../shared/sinks.ts'

/** Rows in columns as wide as needed, for a text document; the first row is the head. Cells are made safe to show. */
export function table(rows: readonly (readonly string[])[], limit = 200): string {
  const cells = rows.map((row) => row.map((cell) => plain(cell, limit)))
  const widths: number[] = []
  for (const row of cells)
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, [...cell].length)))
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          column === row.length - 1 ? cell : cell + ' '.repeat(widths[column]! - [...cell].length + 3),
        )
        .join('')
        .trimEnd(),
    )
    .join('\n')
}

/** A point in time as ISO 8601 to the second, without the engine's time zone. */
export const timestamp = (milliseconds: number): string =>
  Number.isFinite(milliseconds) && milliseconds > 0
    ? `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')} UTC`
    : ''
